import { categories, categoryNumber, type CategoryId } from '@plumbline/domain/categories';
import type { Count, Facets } from '@plumbline/contracts/matching';

/**
 * One number per kind of listing, for counting: category << 16 | price band << 8 | rating band << 4 | insured << 1 |
 * on demand. A search adds two flags: whether price and stars pass what was asked.
 */
export const priceFlag = 1 << 24;
export const starsFlag = 1 << 25;

/** Steps of the price filter in minor units. */
const priceSteps: Record<string, readonly number[]> = {
  GBP: [5000, 10_000, 20_000, 50_000],
  EUR: [5000, 10_000, 20_000, 50_000],
  AED: [20_000, 40_000, 80_000, 200_000],
};

export const priceStepsOf = (currency: string): readonly number[] =>
  priceSteps[currency] ?? [5000, 10_000, 20_000, 50_000];

/** Steps of the rating filter. */
export const ratingSteps: readonly number[] = [3.5, 4, 4.5];

/** Band of a price on request: above every step. */
const onRequest = 15;

export interface Countable {
  categoryId: CategoryId;
  /** Minor units; null on request. */
  price: number | null;
  /** Mean × 10, 0 while there are too few reviews. */
  stars: number;
  insured: boolean;
  onDemand: boolean;
}

export function facetOf({ categoryId, price, stars, insured, onDemand }: Countable, currency: string): number {
  const steps = priceStepsOf(currency);
  const within = price === null ? -1 : steps.findIndex((step) => price <= step);
  const priceBand = price === null ? onRequest : within === -1 ? steps.length : within;
  const ratingBand = stars === 0 ? 0 : 1 + ratingSteps.filter((step) => stars >= step * 10).length;
  return (
    (categoryNumber(categoryId) << 16) |
    (priceBand << 8) |
    (ratingBand << 4) |
    (Number(insured) << 1) |
    Number(onDemand)
  );
}

const categoryIn = (facet: number) => (facet >> 16) & 0xff;
const priceBandIn = (facet: number) => (facet >> 8) & 0xf;
const ratingBandIn = (facet: number) => (facet >> 4) & 0xf;
const isInsured = (facet: number) => (facet & 2) !== 0;

/** How many listings of one kind there are. */
export interface Cell {
  facet: number;
  n: number;
}

/** `65538:12,65540:3` as the search statement writes it. */
export function cellsIn(text: string | null): Cell[] {
  if (text === null || text === '') return [];
  return text.split(',').map((cell) => {
    const colon = cell.indexOf(':');
    return { facet: Number(cell.slice(0, colon)), n: Number(cell.slice(colon + 1)) };
  });
}

/** What was asked for, as far as facets are about it. */
export interface FacetFilters {
  category: number | null;
  insured: boolean;
}

/** The contract shows exact numbers up to a thousand. */
const shownAtMost = 1000;

export const countOf = (n: number): Count => ({ n: Math.min(n, shownAtMost), more: n > shownAtMost });

/**
 * The total and the count of each choice. A group is counted as if its own filter were not set, so a reader sees what
 * changing that one filter would give.
 */
export function countFacets(
  cells: readonly Cell[],
  filters: FacetFilters,
  currency: string,
): { total: number; facets: Facets } {
  const passes = (except: 'category' | 'price' | 'stars' | 'insured' | 'none') => (facet: number) =>
    (except === 'category' || filters.category === null || categoryIn(facet) === filters.category) &&
    (except === 'price' || (facet & priceFlag) !== 0) &&
    (except === 'stars' || (facet & starsFlag) !== 0) &&
    (except === 'insured' || !filters.insured || isInsured(facet));
  const sum = (test: (facet: number) => boolean, and: (facet: number) => boolean = () => true) => {
    let total = 0;
    for (const { facet, n } of cells) if (test(facet) && and(facet)) total += n;
    return total;
  };
  const facets: Facets = {
    categories: categories.map(({ id, number }) => ({
      categoryId: id,
      count: countOf(sum(passes('category'), (facet) => categoryIn(facet) === number)),
    })),
    prices: priceStepsOf(currency).map((step, band) => ({
      max: { minor: String(step), currency },
      count: countOf(sum(passes('price'), (facet) => priceBandIn(facet) <= band)),
    })),
    ratings: ratingSteps.map((min, index) => ({
      min,
      count: countOf(sum(passes('stars'), (facet) => ratingBandIn(facet) >= index + 2)),
    })),
    insured: countOf(sum(passes('insured'), isInsured)),
  };
  return { total: sum(passes('none')), facets };
}
