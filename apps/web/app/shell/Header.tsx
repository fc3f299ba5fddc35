import type { ReactNode } from 'react';
import { Form, Link, NavLink, useLocation, useNavigation } from 'react-router';
import { useT } from '../lib/i18n.tsx';
import { useMe, useRoot } from '../lib/session.ts';
import { paths } from '../paths.ts';
import { LinkButton } from '../ui/Button.tsx';
import { cx } from '../ui/cx.ts';
import { Icon } from '../ui/Icon.tsx';
import { Page } from '../ui/Layout.tsx';
import { Mark } from '../ui/Line.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { placesOf } from './navigation.ts';

export function Header(): ReactNode {
  const t = useT();
  const me = useMe();
  const demo = useRoot()?.demo ?? false;
  return (
    <header data-shell="chrome" className="sticky top-0 z-30 border-b border-line bg-paper">
      {demo && <p className="bg-ink px-4 py-1 text-center text-12 text-on-ink">{t('shell.demo')}</p>}
      <Page>
        <div className="flex min-h-16 flex-wrap items-center gap-x-3 lg:gap-x-6">
          <Logo />
          <HeaderSearch />
          <nav aria-label={t('shell.nav.label')} className="ms-auto hidden items-center gap-1 md:flex">
            {placesOf(me).map((place) => (
              <NavLink
                key={place.to}
                to={place.to}
                end={place.to === paths.work()}
                className={({ isActive }) =>
                  cx(
                    'relative flex min-h-touch items-center px-2.5 text-14 font-medium whitespace-nowrap hover:text-ink lg:px-3',
                    isActive
                      ? 'text-ink after:absolute after:inset-x-2.5 after:-bottom-2.5 after:h-0.5 after:bg-brass-deep'
                      : 'text-ink-muted',
                  )
                }
              >
                {t(place.label)}
              </NavLink>
            ))}
          </nav>
          {me ? <AccountMenu me={me} /> : <Visitor />}
        </div>
      </Page>
    </header>
  );
}

function Logo(): ReactNode {
  const t = useT();
  const { state } = useNavigation();
  return (
    <Link
      to={paths.home()}
      aria-label={t('shell.home')}
      className="-ms-1 flex shrink-0 items-start gap-1 self-stretch pe-1"
    >
      <Mark busy={state !== 'idle'} className="h-12 w-auto" />
      <span className="heading mt-[1.05rem] text-22 leading-none max-sm:text-18 max-sm:mt-5">Plumbline</span>
      <span role="status" className="sr-only">
        {state === 'loading' && t('shell.loading')}
      </span>
    </Link>
  );
}

/** The search goes with every page but those that have their own. */
function HeaderSearch(): ReactNode {
  const t = useT();
  const { pathname } = useLocation();
  const me = useMe();
  const staff = me !== null && placesOf(me).every((place) => place.to !== paths.explore());
  if (pathname === paths.home() || pathname === '/explore' || staff) return null;
  return (
    <Form action="/explore" role="search" className="relative hidden max-w-80 flex-1 lg:block">
      <label htmlFor="header-search" className="sr-only">
        {t('shell.search.label')}
      </label>
      <Icon
        name="search"
        size={18}
        className="pointer-events-none absolute start-3 top-1/2 -translate-y-1/2 text-ink-muted"
      />
      <input
        id="header-search"
        name="q"
        type="search"
        placeholder={t('shell.search.hint')}
        className="min-h-10 w-full rounded-full border border-line-strong bg-sheet ps-10 pe-4 text-14 placeholder:text-ink-faint"
      />
    </Form>
  );
}

function Visitor(): ReactNode {
  const t = useT();
  return (
    <div className="flex items-center gap-2 max-md:ms-auto">
      <Link
        to={paths.signUp({ as: 'provider' })}
        className="hidden px-2.5 text-14 font-medium text-ink-muted hover:text-ink lg:block"
      >
        {t('shell.offer')}
      </Link>
      <Link
        to={paths.signIn()}
        className="flex min-h-touch items-center px-2.5 text-14 font-medium text-ink-muted hover:text-ink"
      >
        {t('shell.sign_in')}
      </Link>
      <LinkButton to={paths.signUp()} size="small" tone="quiet">
        {t('shell.sign_up')}
      </LinkButton>
    </div>
  );
}
