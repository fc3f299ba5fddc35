import { Type, type Static } from 'typebox';
import { categoryIds } from '@plumbline/domain/categories';
import { coverageTiers, listingStates, priceKinds } from '@plumbline/domain/listing';
import { closed, Id, Instant, Money, nullable, oneOf, Point, RegionId, Slug } from './common.ts';

export const CategoryId = oneOf(categoryIds);

/** The name of a category is a string of the interface: `category.<id>`; `name` is its British English word. */
export const CategoryView = closed({ categoryId: CategoryId, name: Type.String(), position: Type.Integer() });
export type CategoryView = Static<typeof CategoryView>;

/** What is asked for the work. `amount` is gross, VAT included; null when a price is only given on request. */
export const PriceView = closed({
  kind: oneOf(priceKinds),
  amount: nullable(Money),
  /** `job`: for all of it; `hour`: for each hour booked. */
  per: oneOf(['job', 'hour']),
});
export type PriceView = Static<typeof PriceView>;

export const PackageView = closed({
  packageId: Id,
  name: Type.String(),
  description: Type.String(),
  amount: Money,
  durationMinutes: Type.Integer(),
});
export type PackageView = Static<typeof PackageView>;

/** What stands between a draft and its publication; each is a string of the interface. */
export const readinessCodes = [
  'profile_missing',
  'title_short',
  'description_short',
  'price_missing',
  'coverage_missing',
  'team_missing',
] as const;

export const Text = (minLength: number, maxLength: number) => Type.String({ minLength, maxLength });
export const AmountMinor = Type.String({
  pattern: '^[0-9]{1,12}$',
  description: 'Minor units of the region’s currency, gross',
});

export const serviceFields = {
  title: Text(1, 90),
  /** One or two sentences for cards. */
  summary: Text(0, 240),
  description: Text(0, 4000),
  categoryId: CategoryId,
  /** Further words by which customers look for it. */
  tags: Type.Array(Type.String({ minLength: 2, maxLength: 30, pattern: '\\S' }), { maxItems: 12, uniqueItems: true }),
  /** What the price includes, one line each. */
  includes: Type.Array(Text(2, 120), { maxItems: 12 }),
  priceKind: oneOf(priceKinds),
  /** Null for `quote`. */
  priceMinor: nullable(AmountMinor),
  durationMinutes: Type.Integer({ minimum: 15, maximum: 1440, multipleOf: 15 }),
  noticeMinutes: Type.Integer({ minimum: 0, maximum: 43200 }),
  bufferBeforeMinutes: Type.Integer({ minimum: 0, maximum: 240, multipleOf: 5 }),
  bufferAfterMinutes: Type.Integer({ minimum: 0, maximum: 240, multipleOf: 5 }),
  /** Crews answer calls for help within minutes. */
  onDemand: Type.Boolean(),
};

export const ServiceBody = closed(serviceFields);
export type ServiceBody = Static<typeof ServiceBody>;

export const ServicePatch = Type.Partial(closed(serviceFields), { additionalProperties: false, minProperties: 1 });
export type ServicePatch = Static<typeof ServicePatch>;

export const CoverageItem = closed({
  zoneId: Id,
  tier: oneOf(coverageTiers),
  /** How many pieces of work a day in that zone; null = as the calendar allows. */
  capacity: nullable(Type.Integer({ minimum: 1, maximum: 200 })),
});
export type CoverageItem = Static<typeof CoverageItem>;

export const CoverageView = closed({
  items: Type.Array(closed({ ...CoverageItem.properties, name: Type.String(), slug: Slug })),
  /** True when a service has no coverage of its own and takes the company's. */
  inherited: Type.Boolean(),
});
export type CoverageView = Static<typeof CoverageView>;

/** A service as its own side sees it. */
export const OwnServiceView = closed({
  serviceId: Id,
  organisationId: Id,
  regionId: RegionId,
  slug: Slug,
  state: oneOf(listingStates),
  /** Rises with every edit; send it with a change to notice somebody else's. */
  version: Type.Integer(),
  /** True while a reviewer has to look at it. */
  waitsForReview: Type.Boolean(),
  /** The version that customers see now, null when none. */
  publishedVersion: nullable(Type.Integer()),
  ...serviceFields,
  price: PriceView,
  packages: Type.Array(PackageView),
  /** True when the draft differs from what customers see. */
  unpublishedChanges: Type.Boolean(),
  teamPersonIds: Type.Array(Id),
  coverage: CoverageView,
  /** What is missing before it can be published. */
  missing: Type.Array(oneOf(readinessCodes)),
  /** Words of the reviewer when it was returned. */
  reviewNote: nullable(Type.String()),
  updatedAt: Instant,
  can: closed({
    edit: Type.Boolean(),
    submit: Type.Boolean(),
    withdraw: Type.Boolean(),
    pause: Type.Boolean(),
    resume: Type.Boolean(),
    archive: Type.Boolean(),
    restore: Type.Boolean(),
  }),
});
export type OwnServiceView = Static<typeof OwnServiceView>;

export const OwnServiceRow = closed({
  serviceId: Id,
  title: Type.String(),
  categoryId: CategoryId,
  state: oneOf(listingStates),
  price: PriceView,
  durationMinutes: Type.Integer(),
  missing: Type.Array(oneOf(readinessCodes)),
  updatedAt: Instant,
});
export type OwnServiceRow = Static<typeof OwnServiceRow>;

const profileFields = {
  displayName: Type.String({ minLength: 2, maxLength: 80, pattern: '\\S' }),
  tagline: Text(0, 120),
  about: Text(0, 2000),
  /** Where the company starts its journeys; shown to nobody more exactly than the zone. */
  base: Point,
  languages: Type.Array(Type.String({ pattern: '^[a-z]{2,3}(-[A-Z]{2})?$' }), {
    minItems: 1,
    maxItems: 8,
    uniqueItems: true,
  }),
  vatRegistered: Type.Boolean(),
  vatNumber: nullable(Type.String({ minLength: 4, maxLength: 20, pattern: '^[A-Z0-9 ]+$' })),
  foundedYear: nullable(Type.Integer({ minimum: 1800, maximum: 2100 })),
};

export const ProfileBody = closed(profileFields);
export type ProfileBody = Static<typeof ProfileBody>;

export const ProfileView = closed({
  organisationId: Id,
  slug: Slug,
  ...profileFields,
  /** Null until the profile is written for the first time. */
  base: nullable(Point),
  zone: nullable(closed({ zoneId: Id, name: Type.String() })),
  updatedAt: nullable(Instant),
  can: closed({ edit: Type.Boolean() }),
});
export type ProfileView = Static<typeof ProfileView>;

export const VersionRow = closed({
  version: Type.Integer(),
  title: Type.String(),
  publishedAt: Instant,
  current: Type.Boolean(),
});

export const ReviewRow = closed({
  serviceId: Id,
  organisationId: Id,
  providerName: Type.String(),
  title: Type.String(),
  categoryId: CategoryId,
  description: Type.String(),
  price: PriceView,
  submittedAt: Instant,
  /** Why it was not published at once. */
  findings: Type.Array(oneOf(['contact_in_text', 'link_in_text'])),
});
