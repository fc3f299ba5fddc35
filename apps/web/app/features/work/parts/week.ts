import { dateOf, dayInterval, epochDayOf, momentOf } from '@plumbline/domain/slots';

export interface Week {
  /** Monday, YYYY-MM-DD. */
  monday: string;
  days: string[];
  /** Moments of its two ends in the zone, ISO 8601. */
  from: string;
  to: string;
  earlier: string;
  later: string;
}

/** The week in which a local date lies, by the zone's own days: those of a clock change are longer or shorter. */
export function weekOf(date: string, zone: string): Week {
  const day = epochDayOf(date);
  // Day 0 of the epoch was a Thursday; ISO weeks begin on Monday.
  const monday = day - ((((day + 3) % 7) + 7) % 7);
  const { from, to } = dayInterval(zone, dateOf(monday), 7);
  return {
    monday: dateOf(monday),
    days: Array.from({ length: 7 }, (_, index) => dateOf(monday + index)),
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    earlier: dateOf(monday - 7),
    later: dateOf(monday + 7),
  };
}

/** The moment of a wall time on a local date; undefined when either is not one or the clocks skip it. */
export function momentAt(zone: string, date: string, time: string): string | undefined {
  if (!isDate(date) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return undefined;
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const { at, exists } = momentOf(zone, epochDayOf(date), hours * 60 + minutes);
  return exists ? new Date(at).toISOString() : undefined;
}

export const isDate = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
