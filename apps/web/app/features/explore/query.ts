import type { SearchQuery } from '@plumbline/contracts/matching';
import type { Query } from '../../paths.ts';

/** The parts of a day that people think in. */
export const dayParts = {
  morning: ['08:00', '12:00'],
  afternoon: ['12:00', '17:00'],
  evening: ['17:00', '21:00'],
} as const;
export type DayPart = keyof typeof dayParts;

export const sortNames = ['best', 'price', 'rating', 'distance'] as const;

/** The search as it stands in the address. Everything is optional and everything survives a shared link. */
export interface Search {
  q?: string | undefined;
  category?: string | undefined;
  place?: string | undefined;
  date?: string | undefined;
  part?: DayPart | undefined;
  priceMax?: string | undefined;
  ratingMin?: string | undefined;
  insured?: string | undefined;
  onDemand?: string | undefined;
  bbox?: string | undefined;
  sort?: string | undefined;
  cursor?: string | undefined;
}

const names = [
  'q',
  'category',
  'place',
  'date',
  'priceMax',
  'ratingMin',
  'insured',
  'onDemand',
  'bbox',
  'sort',
  'cursor',
] as const;

/** What somebody asked for; whatever does not look like an answer to its question is left out. */
export function readSearch(params: URLSearchParams): Search {
  const search: Search = {};
  for (const name of names) {
    const value = params.get(name)?.trim();
    if (value && (patterns[name]?.test(value) ?? true)) search[name] = value;
  }
  const part = params.get('part');
  if (part && part in dayParts) search.part = part as DayPart;
  return search;
}

const patterns: Partial<Record<(typeof names)[number], RegExp>> = {
  category: /^[a-z]+$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  priceMax: /^\d{1,9}$/,
  ratingMin: /^[1-5](\.\d)?$/,
  insured: /^true$/,
  onDemand: /^true$/,
  bbox: /^-?[\d.]+,-?[\d.]+,-?[\d.]+,-?[\d.]+$/,
  sort: /^(best|price|rating|distance)$/,
};

/** The same for the API. A part of the day without a day means nothing to it. */
export function toQuery(search: Search): SearchQuery {
  const { part, priceMax, ratingMin, insured, onDemand, ...rest } = search;
  const hours = part && search.date ? dayParts[part] : undefined;
  const query: Record<string, unknown> = {
    ...rest,
    ...(hours && { timeFrom: hours[0], timeTo: hours[1] }),
    ...(priceMax && { priceMax: Number(priceMax) }),
    ...(ratingMin && { ratingMin: Number(ratingMin) }),
    ...(insured && { insured: true }),
    ...(onDemand && { onDemand: true }),
    limit: 20,
  };
  return query as SearchQuery;
}

/** The search with some of it changed: a new question begins at the first page. */
export function changed(search: Search, changes: Partial<Search>): Query {
  return { ...search, cursor: undefined, ...changes };
}

/** How many filters narrow the search, beside words and place. */
export function filterCount({ category, date, priceMax, ratingMin, insured, onDemand }: Search): number {
  return [category, date, priceMax, ratingMin, insured, onDemand].filter(Boolean).length;
}
