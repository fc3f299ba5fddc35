import type { ReactNode } from 'react';
import { Form, Link, useLocation } from 'react-router';
import { useT } from '../lib/i18n.tsx';
import type { Me } from '../lib/session.ts';
import { companyOf, useRoot } from '../lib/session.ts';
import { paths } from '../paths.ts';
import { cx } from '../ui/cx.ts';
import { Icon } from '../ui/Icon.tsx';
import { initials, Monogram } from '../ui/Monogram.tsx';
import { placesOf } from './navigation.ts';
import { LanguageChoice } from './LanguageChoice.tsx';
import { SchemeChoice } from './SchemeChoice.tsx';

const menuId = 'account-menu';

/** A native popover: opens, closes and gives the focus back without a script. */
export function AccountMenu({ me }: { me: Me }): ReactNode {
  const t = useT();
  const { key } = useLocation();
  const demo = useRoot()?.demo ?? false;
  return (
    <>
      <button
        type="button"
        popoverTarget={menuId}
        aria-label={`${initials(me.name)}, ${t('shell.nav.account')}`}
        className="flex shrink-0 items-center gap-1.5 rounded-full p-0.5 hover:bg-sunk max-md:ms-auto"
      >
        <Monogram name={me.name} seed={me.personId} size="small" className="rounded-full" />
        <Icon name="chevron-down" size={16} className="me-1 text-ink-muted" />
      </button>
      {/* A new key closes the menu when a link in it was followed. */}
      <div
        key={key}
        id={menuId}
        popover="auto"
        className={cx(
          'rise fixed inset-auto end-4 w-72 max-w-[calc(100vw-2rem)] rounded-card border border-line bg-sheet p-2 text-ink shadow-float',
          'lg:end-[max(2rem,calc((100vw-75rem)/2+2rem))]',
          demo ? 'top-21' : 'top-15',
        )}
      >
        <div className="px-3 pt-2 pb-3">
          <p className="text-12 text-ink-muted">{t('shell.account.signed_in_as')}</p>
          <p className="font-strong">{me.name}</p>
          {companyOf(me) && <p className="text-14 text-ink-muted">{companyOf(me)?.organisationName}</p>}
        </div>
        <MenuItems me={me} />
      </div>
    </>
  );
}

function MenuItems({ me }: { me: Me }): ReactNode {
  const t = useT();
  return (
    <>
      <ul className="border-t border-line py-1.5">
        {placesOf(me).map((place) => (
          <li key={place.to}>
            <Link to={place.to} className="flex min-h-10 items-center gap-3 rounded-control px-3 hover:bg-sunk">
              <Icon name={place.icon} className="text-ink-muted" />
              {t(place.label)}
            </Link>
          </li>
        ))}
      </ul>
      <div className="border-t border-line py-1.5">
        <Link to={paths.account()} className="flex min-h-10 items-center gap-3 rounded-control px-3 hover:bg-sunk">
          <Icon name="user" className="text-ink-muted" />
          {t('shell.nav.account')}
        </Link>
      </div>
      <div className="grid gap-3 border-t border-line px-3 py-3">
        <LanguageChoice />
        <SchemeChoice />
      </div>
      <Form method="post" action={paths.signOut()} className="border-t border-line pt-1.5">
        <button
          type="submit"
          className="flex min-h-10 w-full items-center gap-3 rounded-control px-3 text-start hover:bg-sunk"
        >
          <Icon name="out" className="text-ink-muted rtl:-scale-x-100" />
          {t('shell.sign_out')}
        </button>
      </Form>
    </>
  );
}
