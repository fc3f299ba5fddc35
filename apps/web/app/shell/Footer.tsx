import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useT } from '../lib/i18n.tsx';
import { useMe } from '../lib/session.ts';
import { paths } from '../paths.ts';
import { Page } from '../ui/Layout.tsx';
import { Mark } from '../ui/Line.tsx';
import { LanguageChoice } from './LanguageChoice.tsx';
import { SchemeChoice } from './SchemeChoice.tsx';

export function Footer(): ReactNode {
  const t = useT();
  const me = useMe();
  return (
    <footer data-shell="chrome" className="border-t border-line bg-sunk">
      <Page>
        <div className="grid grid-cols-2 gap-x-8 gap-y-6 pb-10 lg:grid-cols-[2fr_1fr_1fr_1fr] lg:gap-y-8">
          <div className="max-lg:col-span-2">
            <Mark className="mb-3 h-14 w-auto" />
            <p className="heading max-w-72 text-18">{t('shell.footer.about')}</p>
            {!me && (
              <div className="mt-5 grid max-w-64 gap-4">
                <LanguageChoice />
                <SchemeChoice />
              </div>
            )}
          </div>
          <FooterLinks
            title={t('shell.footer.customers')}
            links={[
              { to: paths.explore(), label: t('shell.nav.explore') },
              { to: paths.heldPayment(), label: t('shell.footer.held') },
              { to: paths.bookings(), label: t('shell.nav.bookings') },
            ]}
          />
          <FooterLinks
            title={t('shell.footer.trades')}
            links={[
              { to: paths.signUp({ as: 'provider' }), label: t('shell.offer') },
              { to: `${paths.heldPayment()}#trades`, label: t('shell.footer.commission') },
            ]}
          />
          <FooterLinks
            title={t('shell.footer.plumbline')}
            links={[{ to: '/docs-api', label: t('shell.footer.api'), plain: true }]}
          />
        </div>
        <p className="max-w-prose border-t border-line py-6 text-12 text-ink-muted">{t('shell.footer.money')}</p>
      </Page>
    </footer>
  );
}

function FooterLinks({
  title,
  links,
}: {
  title: string;
  links: { to: string; label: string; plain?: boolean }[];
}): ReactNode {
  return (
    <div className="pt-4 lg:pt-10">
      <h2 className="text-14 font-strong">{title}</h2>
      <ul className="mt-3 grid gap-1">
        {links.map(({ to, label, plain }) => (
          <li key={to + label}>
            <Link
              to={to}
              reloadDocument={plain === true}
              className="inline-flex min-h-8 items-center text-14 text-ink-muted hover:text-ink hover:underline"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
