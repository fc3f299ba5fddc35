import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useT } from '../../../lib/i18n.tsx';
import { may, useMe } from '../../../lib/session.ts';
import { paths } from '../../../paths.ts';
import { cx } from '../../../ui/cx.ts';
import { Page, PageHead } from '../../../ui/Layout.tsx';
import { Title } from '../../../ui/Title.tsx';

interface TowerPageProps {
  title: string;
  lead?: string;
  action?: ReactNode;
  children: ReactNode;
}

/** A page of the control tower: its places stand above, only those that the reader may open. */
export function TowerPage({ title, lead, action, children }: TowerPageProps): ReactNode {
  const t = useT();
  const me = useMe();
  const places = [
    { to: paths.admin(), label: t('admin.nav.overview'), shown: may(me, 'ops:view') },
    { to: paths.adminPart('documents'), label: t('admin.nav.documents'), shown: may(me, 'compliance.document:review') },
    { to: paths.adminPart('listings'), label: t('admin.nav.listings'), shown: may(me, 'listing:review') },
    { to: paths.adminPart('orders'), label: t('admin.nav.orders'), shown: may(me, 'ops:view') },
    { to: paths.adminPart('payouts'), label: t('admin.nav.payouts'), shown: may(me, 'ops:view') },
    { to: paths.adminPart('tasks'), label: t('admin.nav.tasks'), shown: may(me, 'ops:view') },
    { to: paths.adminPart('audit'), label: t('admin.nav.audit'), shown: may(me, 'audit:view') },
  ];
  return (
    <Page>
      <Title>{title}</Title>
      <nav aria-label={t('admin.nav')} className="-mx-4 mt-4 overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-0">
        <ul className="flex gap-1">
          {places
            .filter((place) => place.shown)
            .map((place) => (
              <li key={place.to}>
                <NavLink
                  to={place.to}
                  end
                  className={({ isActive }) =>
                    cx(
                      'inline-flex min-h-touch items-center border-b-2 px-3 text-16 font-medium whitespace-nowrap',
                      isActive ? 'border-brass-deep text-ink' : 'border-transparent text-ink-muted hover:text-ink',
                    )
                  }
                >
                  {place.label}
                </NavLink>
              </li>
            ))}
        </ul>
      </nav>
      <PageHead title={title} lead={lead} action={action} />
      {children}
    </Page>
  );
}
