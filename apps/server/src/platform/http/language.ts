import { acceptedLocale, matchLocale, pseudoLocale, splitAddress } from '@plumbline/i18n/languages';
import type { FastifyRequest } from 'fastify';

export interface PageLanguage {
  locale: string;
  /** How the address begins when it names the language (`/de`); empty when the reader decides. */
  basename: string;
}

/**
 * The language of a page (ADR 0009): the one that the address names; else the reader's, who chose it on this device,
 * or for the account, or in the browser's settings.
 */
export function languageOf(request: FastifyRequest, demo: boolean): PageLanguage {
  const [pathname = ''] = request.url.split('?', 1);
  const named = splitAddress(pathname).locale;
  if (named !== undefined && (demo || named !== pseudoLocale)) {
    return { locale: named, basename: `/${pathname.split(/[/.?]/)[1] ?? ''}` };
  }
  const { actor } = request.ctx;
  const account = actor.kind === 'person' ? matchLocale(actor.locale) : undefined;
  const locale = chosen(request.headers.cookie, demo) ?? account ?? acceptedLocale(request.headers['accept-language']);
  return { locale: locale ?? 'en-GB', basename: '' };
}

function chosen(cookies: string | undefined, demo: boolean): string | undefined {
  const tag = cookies?.match(/(?:^|;\s*)lang=([\w-]+)/)?.[1] ?? '';
  return demo && tag === pseudoLocale ? pseudoLocale : matchLocale(tag);
}
