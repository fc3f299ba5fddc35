import type { Plot } from '../deals.ts';
import type { Wanted } from '../market.ts';

/** A plot in the order in which one tells it: who wants what when, what they write, and what was done in the end. */
export const told = (
  who: Plot['who'],
  booked: Date,
  wanted: Wanted & { hours?: number },
  when: { from: Date } | { until: Date },
  note: string,
  done?: string,
): Plot => ({ who, booked, note, ...wanted, ...when, ...(done !== undefined && { done }) });

const novak = { trade: 'plumbing', company: 'Novak Plumbing' } as const;

/** What the cast's company sells. */
export const novakSells = {
  tap: { ...novak, title: 'tap' },
  drain: { ...novak, title: 'blocked' },
  toilet: { ...novak, title: 'toilet replaced' },
  hours: (hours: number) => ({ ...novak, title: 'hour', hours }),
  quote: novak,
} as const;
