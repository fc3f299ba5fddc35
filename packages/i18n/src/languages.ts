/** The languages that Plumbline speaks. Keys of messages exist in each of them; a test sees to it. */
export const locales = ['en-GB', 'fr', 'de', 'ar'] as const;
export type Locale = (typeof locales)[number];

/**
 * English with accents and longer words, made from the English messages: shows words that are not in a catalogue,
 * and places where longer ones do not fit. Only for demo markets and tests.
 */
export const pseudoLocale = 'en-XA';

/** Each language by its own name: somebody who cannot read the page must find it. */
export const languageNames: Record<Locale, string> = {
  'en-GB': 'English',
  fr: 'Français',
  de: 'Deutsch',
  ar: 'العربية',
};

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur']);

const languageOf = (tag: string): string => tag.split('-')[0]?.toLowerCase() ?? '';

export const directionOf = (locale: string): 'ltr' | 'rtl' => (rightToLeft.has(languageOf(locale)) ? 'rtl' : 'ltr');

/**
 * The locale by which Intl formats. Arabic keeps the digits 0–9: postcodes, card numbers and what people type into
 * fields stand beside the formatted figures, and one page should not count in two scripts.
 */
export const formattingLocale = (locale: string): string =>
  languageOf(locale) === 'ar' ? `${locale}-u-nu-latn` : locale;

/** The language of ours for a tag such as `de-AT`; undefined for one that we do not speak. */
export const matchLocale = (tag: string): Locale | undefined =>
  locales.find((locale) => languageOf(locale) === languageOf(tag));

/** The best of our languages for an `Accept-Language` header (RFC 9110, 12.5.4); undefined when none fits. */
export function acceptedLocale(header: string | undefined): Locale | undefined {
  const wishes = (header ?? '').split(',').map((wish) => {
    const [tag = '', ...parameters] = wish.split(';').map((part) => part.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    return { tag, weight: Number(weight) };
  });
  return wishes
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ tag }) => matchLocale(tag))
    .find((locale) => locale !== undefined);
}

/** How a language begins an address: `/de/explore`. English is `en`: one English for every market. */
export const prefixOf = (locale: string): string => (locale === 'en-GB' ? 'en' : locale);

const byPrefix = new Map([...locales, pseudoLocale].map((locale) => [prefixOf(locale), locale]));

/** `/de/explore` → German and `/explore`; an address without a language comes back as it is. */
export function splitAddress(pathname: string): { locale?: string; path: string } {
  const [, first = ''] = /^\/([A-Za-z-]+)(?=[/.?]|$)/.exec(pathname) ?? [];
  const locale = byPrefix.get(first);
  if (locale === undefined) return { path: pathname };
  const rest = pathname.slice(first.length + 1);
  return { locale, path: rest.startsWith('/') ? rest : `/${rest}` };
}
