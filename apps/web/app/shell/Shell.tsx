import { useEffect, useRef, type ReactNode } from 'react';
import { Outlet, useLocation } from 'react-router';
import { useT } from '../lib/i18n.tsx';
import { Dock } from './Dock.tsx';
import { Footer } from './Footer.tsx';
import { Header } from './Header.tsx';
import './messages.ts';

/** The frame of every page: header, content, footer, and on a phone the dock. */
export default function Shell(): ReactNode {
  const t = useT();
  const main = useRef<HTMLElement>(null);
  useFocusOnNavigation(main);
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:start-4 focus:top-3 focus:z-40 focus:rounded-control focus:bg-ink focus:px-4 focus:py-2.5 focus:text-on-ink"
      >
        {t('shell.skip')}
      </a>
      <Header />
      <main ref={main} id="content" tabIndex={-1} className="flex-1 pb-16 md:pb-24">
        <Outlet />
      </main>
      <Footer />
      <Dock />
    </div>
  );
}

/**
 * After a link, the new page's heading has the focus: keyboards and screen readers begin where the page begins. Where
 * only the query changed, the focus stays, unless what had it is gone.
 */
function useFocusOnNavigation(main: React.RefObject<HTMLElement | null>): void {
  const { pathname, key } = useLocation();
  const last = useRef({ pathname, key });
  useEffect(() => {
    const before = last.current;
    last.current = { pathname, key };
    if (before.key === key) return;
    if (before.pathname === pathname && document.activeElement !== document.body) return;
    const heading = main.current?.querySelector<HTMLElement>('h1');
    (heading ?? main.current)?.focus({ preventScroll: true });
  }, [pathname, key, main]);
}
