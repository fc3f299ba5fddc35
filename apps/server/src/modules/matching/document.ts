import type { PriceView } from '@plumbline/contracts/catalogue';
import { categories } from '@plumbline/domain/categories';
import { fromPrice } from '@plumbline/domain/price';
import {
  completionOf,
  fewestReviews,
  lowerStars,
  priceFitOf,
  qualityOf,
  responseOf,
  scoreOf,
  type RankInputs,
} from '@plumbline/domain/ranking';
import { fieldWeights } from '@plumbline/domain/relevance';
import { endOf } from '@plumbline/domain/verification';
import type { ListingSource } from '../catalogue/index.ts';
import type { Zone } from '../zones/index.ts';
import { facetOf } from './facets.ts';
import { encodeRecord, termsOf } from './record.ts';
import type { SignalRow, StoredCard, StoredFront, StoredPage } from './tables.ts';
import { plainWords } from './words.ts';
import type { FreeStarts } from './window.ts';

/** Everything a listing's row is made of; nothing here asks the database. */
export interface Ingredients {
  source: ListingSource & {
    content: NonNullable<ListingSource['content']>;
    profile: NonNullable<ListingSource['profile']>;
  };
  badges: { kind: StoredCard['badges'][number]['kind']; until: string | null }[];
  zones: Zone[];
  baseZone: Zone | undefined;
  /** Base in metres of the region's frame. */
  base: [x: number, y: number];
  signal: SignalRow | undefined;
  /** Mean stars of the market. */
  meanStars: number;
  /** Usual price of its kind of work in minor units. */
  usualPrice: number | null;
  free: FreeStarts;
  starts: readonly Date[];
  /** Lexemes of its words. */
  lexemes: ReadonlyMap<string, string[]>;
  marketArea: number;
  now: Date;
}

export interface Document {
  ord: number;
  price: number | null;
  stars: number;
  rating: number;
  facet: number;
  x: number;
  y: number;
  record: Buffer;
  firstDay: number;
  starts: bigint[];
  length: number;
  lexemes: string[];
  /** A word for each lexeme, for people. */
  samples: string[];
  areas: number[];
  card: StoredCard;
  page: StoredPage;
  front: StoredFront;
}

const penaltyDays = 90;
const dayMs = 86_400_000;
const minuteMs = 60_000;
/** Half-hour starts of three working days of ten hours: so many free ones count as "all free". */
const startsInThreeDays = 60;
/** Shares are shown from so many cases on. */
const fewestCases = 5;
/** Next free starts that a card remembers. */
const startsRemembered = 12;
/** Degrees of about 500 m: nobody learns more exactly where a company's vans stand. */
const roughly = 0.005;

/** The words of a listing by field, in the order of their weight. */
export function fieldsOf({ content, profile }: Ingredients['source']): [text: string, weight: number][] {
  const category = categories.find(({ id }) => id === content.categoryId)?.name ?? '';
  return [
    [content.title, fieldWeights.title],
    [[category, profile.display_name, ...content.tags].join(' '), fieldWeights.tags],
    [
      [content.summary, content.description, ...content.includes, ...content.packages.map(({ name }) => name)].join(
        ' ',
      ),
      fieldWeights.body,
    ],
  ];
}

/** All words of these listings, each once. */
export const wordsOf = (sources: readonly Ingredients['source'][]): string[] => [
  ...new Set(sources.flatMap((source) => fieldsOf(source).flatMap(([text]) => plainWords(text)))),
];

/** A listing as the read model keeps it. */
export function buildDocument(number: number, ingredients: Ingredients): Document {
  const { source, base, free, badges, now } = ingredients;
  const { content } = source;
  const price = priceOf(source);
  const { frequencies, samples } = frequenciesOf(ingredients);
  const length = [...frequencies.values()].reduce((sum, frequency) => sum + frequency, 0);
  const reviews = reviewsOf(ingredients);
  const inputs = staticInputs(ingredients, price);
  const insured = badges.some(({ kind }) => kind === 'insurance');
  const facet = facetOf(
    { categoryId: content.categoryId, price, stars: reviews.shown, insured, onDemand: content.onDemand },
    source.currency,
  );
  const [x, y] = base.map(Math.round) as [number, number];
  const record = encodeRecord({
    ...inputs,
    no: number,
    x,
    y,
    price,
    length,
    free: inputs.availability,
    isNew: reviews.shown === 0,
    rating: reviews.lower,
    serviceId: source.serviceId,
    terms: termsOf(frequencies),
  });
  return {
    ord: scoreOf(inputs, 1),
    price,
    stars: reviews.shown,
    rating: reviews.lower,
    facet,
    x,
    y,
    record,
    length,
    firstDay: free.firstDay,
    starts: free.days,
    lexemes: [...frequencies.keys()],
    samples: [...frequencies.keys()].map((lexeme) => samples.get(lexeme) ?? lexeme),
    areas: [ingredients.marketArea, ...new Set(ingredients.zones.map(({ number: area }) => area))],
    card: cardOf(ingredients, price, now),
    page: pageOf(ingredients),
    front: frontOf(ingredients),
  };
}

function priceOf({ content }: Ingredients['source']): number | null {
  const amountMinor = content.priceMinor === null ? null : BigInt(content.priceMinor);
  const least = fromPrice(
    { kind: content.priceKind, amountMinor },
    content.packages.map((item) => BigInt(item.amountMinor)),
  );
  return least === null ? null : Number(least);
}

function frequenciesOf({ source, lexemes }: Ingredients): {
  frequencies: Map<string, number>;
  samples: Map<string, string>;
} {
  const frequencies = new Map<string, number>();
  const samples = new Map<string, string>();
  const uses = fieldsOf(source).flatMap(([text, weight]) =>
    plainWords(text).flatMap((word) => (lexemes.get(word) ?? []).map((lexeme) => ({ lexeme, word, weight }))),
  );
  for (const { lexeme, word, weight } of uses) {
    frequencies.set(lexeme, (frequencies.get(lexeme) ?? 0) + weight);
    if (!samples.has(lexeme)) samples.set(lexeme, word);
  }
  return { frequencies, samples };
}

/** Mean × 10 as it is shown, and the lower bound of the order by rating; both 0 while there are too few. */
function reviewsOf({ signal, meanStars }: Ingredients): { shown: number; lower: number } {
  if (!signal || signal.reviews < fewestReviews) return { shown: 0, lower: 0 };
  const lower = lowerStars({ weight: signal.weight, stars: signal.weighted, squares: signal.squares }, meanStars);
  return { shown: Math.round((signal.stars / signal.reviews) * 10), lower: Math.fround(lower) };
}

/** A company of which nothing is known yet. */
const unknown: Pick<
  SignalRow,
  'weight' | 'weighted' | 'squares' | 'asked' | 'answered_fast' | 'done' | 'failed' | 'penalties' | 'risk'
> = {
  weight: 0,
  weighted: 0,
  squares: 0,
  asked: 0,
  answered_fast: 0,
  done: 0,
  failed: 0,
  penalties: [],
  risk: 'clear',
};

/** What does not depend on the question. */
function staticInputs({ signal, meanStars, usualPrice, starts, now }: Ingredients, price: number | null): RankInputs {
  const known = signal ?? unknown;
  const within = (from: number, to: number) => (at: Date) => at.getTime() > from && at.getTime() < to;
  const soon = starts.filter(within(0, now.getTime() + 3 * dayMs)).length;
  return {
    relevance: 0,
    metres: null,
    quality: qualityOf({ weight: known.weight, stars: known.weighted, squares: known.squares }, meanStars),
    availability: Math.min(1, soon / startsInThreeDays),
    response: responseOf(known.answered_fast, known.asked),
    priceFit: priceFitOf(price, usualPrice),
    completion: completionOf(known.done, known.failed),
    bookings: known.done + known.failed,
    penalties: known.penalties.filter(within(now.getTime() - penaltyDays * dayMs, Infinity)).length,
    risk: known.risk,
  };
}

const habitsOf = (signal: SignalRow | undefined): Pick<StoredCard, 'answersWithinHour' | 'finishesWork'> => {
  const { asked, answered_fast: fast, done, failed } = signal ?? unknown;
  return { answersWithinHour: percentOf(fast, asked), finishesWork: percentOf(done, done + failed) };
};

const percentOf = (part: number, all: number): number | null =>
  all < fewestCases ? null : Math.round((part / all) * 100);

const ratingOf = (signal: SignalRow | undefined): StoredCard['rating'] =>
  signal && signal.reviews >= fewestReviews
    ? { average: Math.round((signal.stars / signal.reviews) * 10) / 10, count: signal.reviews }
    : null;

const roughPoint = ({ base_lat, base_lng }: Ingredients['source']['profile']): StoredCard['point'] => {
  const round = (degrees: number) => Number((Math.round(degrees / roughly) * roughly).toFixed(3));
  return { lat: round(base_lat), lng: round(base_lng) };
};

const storedBadges = (badges: Ingredients['badges']): StoredCard['badges'] =>
  badges.map(({ kind, until }) => ({ kind, until, ends: until === null ? null : endOf(until).getTime() }));

const named = (zone: Zone | undefined): StoredCard['baseZone'] =>
  zone ? { zoneId: zone.zoneId, name: zone.name } : null;

function cardOf(
  { source, badges, baseZone, signal, starts }: Ingredients,
  price: number | null,
  now: Date,
): StoredCard {
  const { content, profile, organisation } = source;
  return {
    serviceId: source.serviceId,
    title: content.title,
    summary: content.summary,
    categoryId: content.categoryId,
    provider: { organisationId: source.organisationId, slug: organisation.slug, name: profile.display_name },
    price: priceView(source, price),
    rating: ratingOf(signal),
    badges: storedBadges(badges),
    point: roughPoint(profile),
    baseZone: named(baseZone),
    durationMinutes: content.durationMinutes,
    onDemand: content.onDemand,
    soon: starts
      .filter((start) => start > now)
      .slice(0, startsRemembered)
      .map((start) => start.getTime() / minuteMs),
    noticeMinutes: content.noticeMinutes,
    ...habitsOf(signal),
  };
}

const priceView = ({ content, currency }: Ingredients['source'], price: number | null): PriceView => ({
  kind: content.priceKind,
  amount: price === null ? null : { minor: String(price), currency },
  per: content.priceKind === 'hourly' ? 'hour' : 'job',
});

function pageOf({ source, zones }: Ingredients): StoredPage {
  const { content, profile, currency } = source;
  return {
    slug: source.slug,
    description: content.description,
    tags: content.tags,
    includes: content.includes,
    vatIncluded: profile.vat_registered,
    packages: content.packages.map(({ amountMinor, ...item }) => ({
      ...item,
      amount: { minor: amountMinor, currency },
    })),
    noticeMinutes: content.noticeMinutes,
    zones: zones.map(({ zoneId, slug, name }) => ({ zoneId, slug, name })),
    teamSize: source.teamPersonIds.length,
    provider: { tagline: profile.tagline, foundedYear: profile.founded_year, languages: profile.languages },
  };
}

function frontOf({ source, badges, zones, baseZone, signal }: Ingredients): StoredFront {
  const { profile, organisation } = source;
  return {
    organisationId: source.organisationId,
    regionId: source.regionId,
    slug: organisation.slug,
    name: profile.display_name,
    tagline: profile.tagline,
    about: profile.about,
    foundedYear: profile.founded_year,
    languages: profile.languages,
    rating: ratingOf(signal),
    badges: storedBadges(badges),
    zones: zones.map(({ zoneId, slug, name }) => ({ zoneId, slug, name })),
    point: roughPoint(profile),
    baseZone: named(baseZone),
    ...habitsOf(signal),
    teamSize: source.teamPersonIds.length,
  };
}
