import { IntlMessageFormat } from 'intl-messageformat';
import { formatMoney, numberFormat, type MoneyValue, type MoneyOptions } from './money.ts';
import { dateParts, type ZonedMoment } from './dates.ts';
import { formattingLocale } from './languages.ts';
import type { MessageKey } from './keys.ts';

/** A message as written (ICU text) or parsed ahead of time. */
export type Message = ConstructorParameters<typeof IntlMessageFormat>[0];

export type Value = string | number | bigint | boolean | Date | null | undefined;

export interface ZonedWindow {
  from: string;
  to: string;
  zone: string;
}

export interface Translator {
  readonly locale: string;
  /** The message with its values. Throws on a key that the catalogue does not have. */
  (key: MessageKey, values?: Record<string, Value>): string;
  /** The same with `<tags>` and nodes of a view library as values. */
  rich<Node>(
    key: MessageKey,
    values: Record<string, Value | Node | ((chunks: (string | Node)[]) => Node)>,
  ): (string | Node)[];
  has(key: string): key is MessageKey;
  money(amount: MoneyValue, options?: MoneyOptions): string;
  number(value: number, options?: Intl.NumberFormatOptions): string;
  list(items: string[], kind?: 'conjunction' | 'disjunction'): string;
  /** In the order of the language's alphabet; figures within by their worth. */
  sorted<Item>(items: readonly Item[], textOf: (item: Item) => string): Item[];
  /** The name of a language: `pl` → "Polish". */
  language(code: string): string;
  /** "Tue 3 Dec", with the year when it is not that of `now`. */
  day(moment: ZonedMoment, options?: { now?: string | undefined; long?: boolean }): string;
  /** "09:00" on the clock of the moment's zone. */
  time(moment: ZonedMoment): string;
  /** "Tue 3 Dec, 09:00, London time" */
  moment(moment: ZonedMoment, options?: { zone?: boolean; now?: string | undefined }): string;
  /** "Tue 3 Dec, 09:00–11:00, London time" */
  window(window: ZonedWindow, options?: { zone?: boolean; now?: string | undefined }): string;
  /** "London time" */
  zone(zone: string): string;
}

/** Builds the translate function of a locale over a look-up of its messages. */
export function makeTranslator(locale: string, lookup: (key: string) => Message | undefined): Translator {
  const compiled = new Map<string, IntlMessageFormat>();
  const formats = formattingLocale(locale);

  function message(key: string): IntlMessageFormat {
    const known = compiled.get(key);
    if (known) return known;
    const source = lookup(key);
    if (source === undefined) throw new Error(`no message '${key}' in ${locale}`);
    const made = new IntlMessageFormat(source, formats, undefined, { ignoreTag: false });
    compiled.set(key, made);
    return made;
  }

  const translate = (key: MessageKey, values?: Record<string, Value>): string => {
    const source = lookup(key);
    // Most messages have nothing to fill in: parsed or not, they are already the answer.
    if (typeof source === 'string' && !/[{<']/.test(source)) return source;
    return String(message(key).format(values));
  };

  const own = translate as Translator;
  return Object.assign(translate, { locale }, formatters(formats, own), {
    has: (key: string): key is MessageKey => lookup(key) !== undefined,
    rich<Node>(key: MessageKey, values: Record<string, unknown>): (string | Node)[] {
      const result: unknown = message(key).format(values as Record<string, Value>);
      return (Array.isArray(result) ? result : [result]) as (string | Node)[];
    },
  });
}

function formatters(locale: string, t: Translator): Omit<Translator, 'locale' | 'rich' | 'has'> {
  const day: Translator['day'] = (moment, { now, long } = {}) => {
    const parts = dateParts(moment, locale, long ? 'long' : 'short');
    const sameYear = now === undefined || dateParts({ at: now, zone: moment.zone }, locale).year === parts.year;
    return t(sameYear ? 'common.date.day' : 'common.date.day_year', { ...parts });
  };
  const time: Translator['time'] = (moment) => dateParts(moment, locale).clock;
  const zone: Translator['zone'] = (id) => t('common.date.zone', { city: zoneCity(id) });
  const withZone = (text: string, id: string, show = true): string =>
    show ? t('common.date.with_zone', { when: text, zone: zone(id) }) : text;

  return {
    money: (amount, options) => formatMoney(amount, locale, options),
    number: (value, options) => numberFormat(locale, options).format(value),
    list: (items, kind = 'conjunction') => new Intl.ListFormat(locale, { type: kind }).format(items),
    sorted: (items, textOf) => {
      const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
      return items.toSorted((one, other) => compare(textOf(one), textOf(other)));
    },
    language: (code) => new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code,
    day,
    time,
    zone,
    moment(moment, options = {}) {
      const when = t('common.date.moment', { day: day(moment, options), time: time(moment) });
      return withZone(when, moment.zone, options.zone);
    },
    window({ from, to, zone: id }, options = {}) {
      const start = { at: from, zone: id };
      const end = { at: to, zone: id };
      const sameDay = dateParts(start, locale).key === dateParts(end, locale).key;
      const values = { day: day(start, options), from: time(start), until: day(end, options), to: time(end) };
      return withZone(t(sameDay ? 'common.date.window' : 'common.date.window_days', values), id, options.zone);
    },
  } as Omit<Translator, 'locale' | 'rich' | 'has'>;
}

/** `Europe/London` → `London`: the name by which people know the zone. */
export const zoneCity = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
