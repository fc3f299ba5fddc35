import { locales, prefixOf } from '@plumbline/i18n/languages';
import type { ReactNode } from 'react';
import { useHref, useLocation } from 'react-router';
import { useRoot } from '../lib/session.ts';

/** Pages that search engines may show: the same for everybody, and worth finding. */
const publicPage = /^\/(?:$|explore$|how-held-payment-works$|services\/[^/]+$|providers\/[^/]+$)/;

/**
 * Tells search engines the addresses of this page in each language (ADR 0009). The one without a language asks the
 * reader's browser, which is what `x-default` means.
 */
export function LanguageLinks(): ReactNode {
  const { pathname } = useLocation();
  const origin = useRoot()?.origin;
  const base = useHref('/').replace(/\/$/, '');
  if (origin === undefined || !publicPage.test(pathname)) return null;
  const end = pathname === '/' ? '' : pathname;
  return (
    <>
      {base !== '' && <link rel="canonical" href={origin + base + end} />}
      {locales.map((locale) => (
        <link key={locale} rel="alternate" hrefLang={prefixOf(locale)} href={`${origin}/${prefixOf(locale)}${end}`} />
      ))}
      <link rel="alternate" hrefLang="x-default" href={origin + pathname} />
    </>
  );
}
