/** A moment (ISO 8601, UTC) with the IANA zone in which it is to be read. */
export interface ZonedMoment {
  at: string;
  zone: string;
}

export interface DateParts {
  weekday: string;
  day: string;
  month: string;
  year: string;
  clock: string;
  /** The local date, YYYY-MM-DD. */
  key: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${locale} ${zone} ${JSON.stringify(options)}`;
  let made = formats.get(name);
  if (!made) {
    made = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
    formats.set(name, made);
  }
  return made;
}

/**
 * The words and figures of a moment on the clock of its zone. They are joined by messages, not by Intl, because the
 * punctuation that Intl chooses differs between versions of its data: server and browser must agree to the letter.
 */
export function dateParts({ at, zone }: ZonedMoment, locale: string, width: 'short' | 'long' = 'short'): DateParts {
  const date = new Date(at);
  const words = format(locale, zone, { weekday: width, day: 'numeric', month: width, year: 'numeric' });
  const clock = format(locale, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const part = Object.fromEntries(
    [...words.formatToParts(date), ...clock.formatToParts(date)].map((p) => [p.type, p.value]),
  );
  return {
    weekday: part['weekday'] ?? '',
    day: part['day'] ?? '',
    month: part['month'] ?? '',
    year: part['year'] ?? '',
    clock: `${part['hour']}:${part['minute']}`,
    key: localDate(date, zone),
  };
}

/** YYYY-MM-DD on the calendar of a zone. */
export function localDate(date: Date, zone: string): string {
  const parts = format('en-GB', zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(date);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}`;
}
