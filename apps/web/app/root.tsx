import type { ReactNode } from 'react';
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLocation,
  type ShouldRevalidateFunctionArgs,
} from 'react-router';
import type { Route } from './+types/root';
import css from './app.css?url';
import { apiContext, pageContext } from './lib/context.ts';
import { directionOf, LocaleProvider } from './lib/i18n.tsx';
import { unless } from './lib/load.ts';
import { chosenOf, themeOf } from './lib/look.ts';
import { useNonce } from './lib/nonce.tsx';
import { useRoot } from './lib/session.ts';
import { LanguageLinks } from './shell/LanguageLinks.tsx';
import { ThemeLinks } from './shell/ThemeLinks.tsx';
import { TroublePage } from './shell/TroublePage.tsx';

export async function loader({ context, request }: Route.LoaderArgs) {
  const { locale, demo, regionId, now, origin } = context.get(pageContext);
  const me =
    (await unless(['access.sign_in_required', 'access.forbidden'], context.get(apiContext).identity.me())) ?? null;
  return { me, locale, demo, regionId, now, origin, look: chosenOf(request.headers.get('cookie')) };
}

/** Who is signed in changes only by a form; other navigations keep what is known. */
export function shouldRevalidate({ formMethod }: ShouldRevalidateFunctionArgs): boolean {
  return formMethod !== undefined && formMethod !== 'GET';
}

export const links: Route.LinksFunction = () => [
  { rel: 'stylesheet', href: css },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
];

export function Layout({ children }: { children: ReactNode }): ReactNode {
  const root = useRoot();
  const nonce = useNonce();
  const locale = root?.locale ?? 'en-GB';
  const { pathname } = useLocation();
  const look = root?.look ?? {};
  const theme = themeOf(look, pathname);
  return (
    <html
      lang={locale}
      dir={directionOf(locale)}
      data-theme={theme}
      data-scheme={look.scheme}
      data-contrast={look.contrast}
      data-density={look.density}
      suppressHydrationWarning
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <Meta />
        <Links />
        <LanguageLinks />
        <ThemeLinks theme={theme} locale={locale} />
      </head>
      <body>
        <LocaleProvider locale={locale}>{children}</LocaleProvider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function Root(): ReactNode {
  return <Outlet />;
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps): ReactNode {
  return <TroublePage error={error} />;
}
