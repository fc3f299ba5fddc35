import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useT } from '../lib/i18n.tsx';
import { useMe } from '../lib/session.ts';
import { paths } from '../paths.ts';
import { cx } from '../ui/cx.ts';
import { Icon } from '../ui/Icon.tsx';
import { placesOf } from './navigation.ts';

/** The sections under the thumb. It steps back where a page has an action bar of its own. */
export function Dock(): ReactNode {
  const t = useT();
  const me = useMe();
  if (!me) return null;
  return (
    <nav
      data-shell="chrome"
      aria-label={t('shell.nav.dock')}
      className="sticky bottom-0 z-20 border-t border-line bg-sheet pb-[env(safe-area-inset-bottom)] md:hidden [:has([data-action-bar])>&]:hidden"
    >
      <ul className="flex">
        {placesOf(me)
          .slice(0, 5)
          .map((place) => (
            <li key={place.to} className="flex-1">
              <NavLink
                to={place.to}
                end={place.to === paths.work()}
                className={({ isActive }) =>
                  cx(
                    'relative flex min-h-14 flex-col items-center justify-center gap-0.5 text-12',
                    isActive
                      ? 'font-strong text-ink before:absolute before:-top-px before:h-0.5 before:w-8 before:bg-brass-deep'
                      : 'text-ink-muted',
                  )
                }
              >
                <Icon name={place.icon} />
                {t(place.label)}
              </NavLink>
            </li>
          ))}
      </ul>
    </nav>
  );
}
