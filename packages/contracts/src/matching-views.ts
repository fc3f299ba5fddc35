import { Type, type Static } from 'typebox';
import { sorts } from '@plumbline/domain/ranking';
import { verificationKinds } from '@plumbline/domain/verification';
import { CategoryId, PackageView, PriceView } from './catalogue-views.ts';
import {
  closed,
  Cursor,
  Id,
  Instant,
  LocalDate,
  Money,
  nullable,
  oneOf,
  Point,
  RegionId,
  Slug,
  WallTime,
  ZonedInstant,
} from './common.ts';
import { PlaceView } from './zones.ts';

/** `more` is true when there are more than `n`; then `n` is 1,000 and reads "1,000+". Exact otherwise. */
export const Count = closed({ n: Type.Integer({ minimum: 0, maximum: 1000 }), more: Type.Boolean() });
export type Count = Static<typeof Count>;

export const RatingView = closed({
  /** Mean of the stars, one decimal: 4.8. */
  average: Type.Number({ minimum: 1, maximum: 5 }),
  count: Type.Integer({ minimum: 3 }),
});

/** Why a result stands where it stands. Each is a sentence of the interface, with this data in it. */
export const Reason = Type.Union([
  closed({ code: Type.Literal('near'), metres: Type.Integer() }),
  closed({ code: Type.Literal('well_rated'), average: Type.Number(), count: Type.Integer() }),
  closed({ code: Type.Literal('matches_words'), words: Type.Array(Type.String()) }),
  closed({ code: Type.Literal('free_when_asked'), from: ZonedInstant }),
  closed({ code: Type.Literal('free_soon'), from: ZonedInstant }),
  closed({ code: Type.Literal('answers_fast'), percent: Type.Integer() }),
  closed({ code: Type.Literal('finishes_work'), percent: Type.Integer() }),
  closed({ code: Type.Literal('fair_price'), percentBelowUsual: Type.Integer() }),
  closed({ code: Type.Literal('new_here') }),
]);
export type Reason = Static<typeof Reason>;

const CardProvider = closed({
  organisationId: Id,
  slug: Slug,
  name: Type.String(),
});

/** Badges that are valid now. */
const Badges = Type.Array(closed({ kind: oneOf(verificationKinds), until: nullable(LocalDate) }));

export const ListingCard = closed({
  serviceId: Id,
  title: Type.String(),
  summary: Type.String(),
  categoryId: CategoryId,
  provider: CardProvider,
  /** The lowest price at which it can be booked. */
  price: PriceView,
  /** Null while there are fewer than three reviews: "new". */
  rating: nullable(RatingView),
  badges: Badges,
  /** From the place that was asked for to the company's base, as the crow flies; null without a place. */
  metres: nullable(Type.Integer()),
  /** The company's base, rounded to about 500 m, for the map. */
  point: Point,
  baseZone: nullable(closed({ zoneId: Id, name: Type.String() })),
  /** The next free start that we know of, null when none within three weeks. */
  nextFree: nullable(ZonedInstant),
  durationMinutes: Type.Integer(),
  onDemand: Type.Boolean(),
  /** Two or three, strongest first; fewer where nothing stands out. */
  why: Type.Array(Reason, { maxItems: 3 }),
});
export type ListingCard = Static<typeof ListingCard>;

export const Facets = closed({
  /** All categories, also those with none. Each group is counted as if its own filter were not set. */
  categories: Type.Array(closed({ categoryId: CategoryId, count: Count })),
  /** Up to so much; the bands of the market. */
  prices: Type.Array(closed({ max: Money, count: Count })),
  ratings: Type.Array(closed({ min: Type.Number(), count: Count })),
  insured: Count,
});
export type Facets = Static<typeof Facets>;

export const SearchReply = closed({
  items: Type.Array(ListingCard),
  next: Type.Optional(Type.String()),
  total: Count,
  facets: Facets,
  /** What was understood. */
  understood: closed({
    /** Words after correction, when a word was corrected: "plumber" for "plummer". */
    corrected: nullable(Type.String()),
    place: nullable(PlaceView),
    point: nullable(Point),
    zone: nullable(closed({ zoneId: Id, slug: Slug, name: Type.String() })),
    /** True when no listing has all the words and those with most of them are shown. */
    someWords: Type.Boolean(),
    timeZone: Type.String(),
  }),
  /** Only when nothing was found: the nearest zone that has some for the same question. */
  nearestWithResults: nullable(
    closed({ zoneId: Id, slug: Slug, name: Type.String(), centre: Point, metres: Type.Integer(), count: Count }),
  ),
  /** Under this id the answer can be replayed for 30 days. */
  searchId: Id,
  /** Only the best 500 are ranked; further ones are reached by narrower filters. */
  rankedAtMost: Type.Integer(),
});
export type SearchReply = Static<typeof SearchReply>;

const Degrees = { lat: Type.Number({ minimum: -90, maximum: 90 }), lng: Type.Number({ minimum: -180, maximum: 180 }) };

export const SearchQuery = closed({
  q: Type.Optional(Type.String({ maxLength: 200 })),
  category: Type.Optional(CategoryId),
  /** A `placeId`, an outcode or a place name. */
  place: Type.Optional(Type.String({ maxLength: 80 })),
  /** Instead of a place; both or none. */
  lat: Type.Optional(Degrees.lat),
  lng: Type.Optional(Degrees.lng),
  /** Free on that day, in the market's zone. */
  date: Type.Optional(LocalDate),
  timeFrom: Type.Optional(WallTime),
  timeTo: Type.Optional(WallTime),
  /** Minor units. */
  priceMax: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
  ratingMin: Type.Optional(Type.Number({ minimum: 1, maximum: 5 })),
  insured: Type.Optional(Type.Boolean()),
  onDemand: Type.Optional(Type.Boolean()),
  /** `west,south,east,north`: only companies whose base lies on that piece of the map. */
  bbox: Type.Optional(Type.String({ maxLength: 80, pattern: '^-?[0-9.]+,-?[0-9.]+,-?[0-9.]+,-?[0-9.]+$' })),
  sort: Type.Optional(oneOf(sorts)),
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 20 })),
});
export type SearchQuery = Static<typeof SearchQuery>;

/** A published service as customers see it. */
export const ServicePage = closed({
  serviceId: Id,
  regionId: RegionId,
  slug: Slug,
  title: Type.String(),
  summary: Type.String(),
  description: Type.String(),
  categoryId: CategoryId,
  tags: Type.Array(Type.String()),
  includes: Type.Array(Type.String()),
  price: PriceView,
  vatIncluded: Type.Boolean(),
  packages: Type.Array(PackageView),
  durationMinutes: Type.Integer(),
  noticeMinutes: Type.Integer(),
  onDemand: Type.Boolean(),
  provider: closed({
    ...CardProvider.properties,
    tagline: Type.String(),
    foundedYear: nullable(Type.Integer()),
    languages: Type.Array(Type.String()),
  }),
  rating: nullable(RatingView),
  badges: Badges,
  zones: Type.Array(closed({ zoneId: Id, slug: Slug, name: Type.String() })),
  point: Point,
  baseZone: nullable(closed({ zoneId: Id, name: Type.String() })),
  nextFree: nullable(ZonedInstant),
  teamSize: Type.Integer(),
  timeZone: Type.String(),
  /** Shares in percent over the last 90 days; null before there is enough to tell. */
  answersWithinHour: nullable(Type.Integer()),
  finishesWork: nullable(Type.Integer()),
  can: closed({ book: Type.Boolean(), askQuote: Type.Boolean(), edit: Type.Boolean() }),
});
export type ServicePage = Static<typeof ServicePage>;

export const ProviderFront = closed({
  organisationId: Id,
  regionId: RegionId,
  slug: Slug,
  name: Type.String(),
  tagline: Type.String(),
  about: Type.String(),
  foundedYear: nullable(Type.Integer()),
  languages: Type.Array(Type.String()),
  rating: nullable(RatingView),
  badges: Badges,
  zones: Type.Array(closed({ zoneId: Id, slug: Slug, name: Type.String() })),
  point: Point,
  baseZone: nullable(closed({ zoneId: Id, name: Type.String() })),
  answersWithinHour: nullable(Type.Integer()),
  finishesWork: nullable(Type.Integer()),
  teamSize: Type.Integer(),
  timeZone: Type.String(),
  /** Its published services, best first; `metres` is null and `why` empty here. */
  services: Type.Array(ListingCard),
  can: closed({ edit: Type.Boolean() }),
});
export type ProviderFront = Static<typeof ProviderFront>;

/** What keeps a service out of a search, and what would change it. Each is a sentence of the interface. */
export const hiddenCodes = [
  'not_published',
  'verification_missing',
  'insurance_lapsed',
  'no_coverage',
  'no_hours',
  'profile_missing',
  'account_held',
  'zone_not_covered',
  'category_differs',
  'words_differ',
  'price_above',
  'rating_below',
  'rating_too_few',
  'not_insured',
  'not_free_then',
  'not_on_demand',
  'off_the_map',
  'ranked_below',
] as const;

export const Visibility = closed({
  serviceId: Id,
  /** True when the search shows it. */
  shown: Type.Boolean(),
  /** Its place among the results, from 1; null when it is not among them. */
  rank: nullable(Type.Integer()),
  total: Count,
  reasons: Type.Array(
    closed({
      code: oneOf(hiddenCodes),
      /** What the reason is about: kinds of proof that are missing, words, zones… */
      about: Type.Array(Type.String()),
      /** What would change it. */
      remedy: oneOf([
        'publish',
        'verify',
        'renew_insurance',
        'add_coverage',
        'set_hours',
        'write_profile',
        'ask_support',
        'add_words',
        'lower_price',
        'earn_ratings',
        'free_time',
        'offer_on_demand',
        'none',
      ]),
      /** `ranked_below`: what would lift it, largest first. */
      gains: Type.Array(closed({ part: Type.String(), points: Type.Number() })),
    }),
  ),
});
export type Visibility = Static<typeof Visibility>;

const Replayed = closed({
  serviceId: Id,
  recordedScore: Type.Number(),
  replayedScore: Type.Number(),
  parts: Type.Record(Type.String(), Type.Number()),
});

export const Replay = closed({
  searchId: Id,
  at: Instant,
  weightsVersion: Type.Integer(),
  query: Type.Record(Type.String(), Type.Unknown()),
  /** True when today's code gives the recorded order again. */
  same: Type.Boolean(),
  items: Type.Array(Replayed),
});
export type Replay = Static<typeof Replay>;
