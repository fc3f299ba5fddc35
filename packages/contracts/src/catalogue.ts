import { Type, type Static } from 'typebox';
import { categoryIds } from '@plumbline/domain/categories';
import { coverageTiers, listingStates, priceKinds } from '@plumbline/domain/listing';
import { closed, Cursor, Id, Instant, Limit, Money, nullable, oneOf, Page, Point, RegionId, Slug } from './common.ts';
import { route } from './route.ts';

export const catalogueRefusals = {
  'catalogue.not_ready': 409,
  'catalogue.not_allowed_now': 409,
  'catalogue.changed_meanwhile': 409,
  'catalogue.zone_unknown': 422,
  'catalogue.team_invalid': 422,
  'catalogue.price_invalid': 422,
  'catalogue.version_unknown': 404,
  'catalogue.reason_missing': 422,
} as const satisfies Record<string, number>;

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

const Text = (minLength: number, maxLength: number) => Type.String({ minLength, maxLength });
const AmountMinor = Type.String({ pattern: '^[0-9]{1,12}$', description: 'Minor units of the region’s currency, gross' });

const serviceFields = {
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

const CoverageView = closed({
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
  languages: Type.Array(Type.String({ pattern: '^[a-z]{2,3}(-[A-Z]{2})?$' }), { minItems: 1, maxItems: 8, uniqueItems: true }),
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

const VersionRow = closed({
  version: Type.Integer(),
  title: Type.String(),
  publishedAt: Instant,
  current: Type.Boolean(),
});

const ReviewRow = closed({
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

const serviceParams = closed({ serviceId: Id });
const organisationParams = closed({ organisationId: Id });

const onOwnService = {
  permission: 'catalogue:edit',
  params: serviceParams,
  reply: OwnServiceView,
} as const;

export const catalogueRoutes = {
  categories: route({
    name: 'catalogue.categories',
    method: 'GET',
    path: '/v1/markets/:regionId/categories',
    permission: 'public',
    summary: 'Categories of a market, in the order in which they are shown',
    params: closed({ regionId: RegionId }),
    reply: closed({ items: Type.Array(CategoryView) }),
    refusals: ['region.unknown'],
  }),
  profile: route({
    name: 'catalogue.profile',
    method: 'GET',
    path: '/v1/organisations/:organisationId/profile',
    permission: 'catalogue:view-own',
    summary: 'A company’s own profile',
    params: organisationParams,
    reply: ProfileView,
    refusals: ['access.not_found'],
  }),
  setProfile: route({
    name: 'catalogue.setProfile',
    method: 'PUT',
    path: '/v1/organisations/:organisationId/profile',
    permission: 'catalogue:edit',
    summary: 'Write a company’s profile',
    params: organisationParams,
    body: ProfileBody,
    reply: ProfileView,
    refusals: ['access.not_found', 'access.forbidden'],
  }),
  coverage: route({
    name: 'catalogue.coverage',
    method: 'GET',
    path: '/v1/organisations/:organisationId/coverage',
    permission: 'catalogue:view-own',
    summary: 'Zones that a company serves',
    params: organisationParams,
    reply: CoverageView,
    refusals: ['access.not_found'],
  }),
  setCoverage: route({
    name: 'catalogue.setCoverage',
    method: 'PUT',
    path: '/v1/organisations/:organisationId/coverage',
    permission: 'catalogue:edit',
    summary: 'Set the zones that a company serves',
    params: organisationParams,
    body: closed({ items: Type.Array(CoverageItem, { maxItems: 500 }) }),
    reply: CoverageView,
    refusals: ['access.not_found', 'access.forbidden', 'catalogue.zone_unknown'],
  }),
  services: route({
    name: 'catalogue.services',
    method: 'GET',
    path: '/v1/organisations/:organisationId/services',
    permission: 'catalogue:view-own',
    summary: 'A company’s services, published or not',
    params: organisationParams,
    query: closed({
      state: Type.Optional(oneOf(listingStates)),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(Limit),
    }),
    reply: Page(OwnServiceRow),
    refusals: ['access.not_found'],
  }),
  createService: route({
    name: 'catalogue.createService',
    method: 'POST',
    path: '/v1/organisations/:organisationId/services',
    permission: 'catalogue:edit',
    summary: 'Begin a service as a draft',
    params: organisationParams,
    body: ServiceBody,
    reply: OwnServiceView,
    status: 201,
    refusals: ['access.not_found', 'access.forbidden', 'catalogue.price_invalid'],
  }),
  service: route({
    name: 'catalogue.service',
    method: 'GET',
    path: '/v1/services/:serviceId',
    permission: 'catalogue:view-own',
    summary: 'One of one’s own services',
    params: serviceParams,
    reply: OwnServiceView,
    refusals: ['access.not_found'],
  }),
  editService: route({
    ...onOwnService,
    name: 'catalogue.editService',
    method: 'PATCH',
    path: '/v1/services/:serviceId',
    summary: 'Change a service; customers see the change when it is published again',
    body: closed({ version: Type.Optional(Type.Integer({ minimum: 1 })), changes: ServicePatch }),
    refusals: ['access.not_found', 'access.forbidden', 'catalogue.price_invalid', 'catalogue.changed_meanwhile', 'catalogue.not_allowed_now'],
  }),
  setPackages: route({
    ...onOwnService,
    name: 'catalogue.setPackages',
    method: 'PUT',
    path: '/v1/services/:serviceId/packages',
    summary: 'Set the packages of a service',
    body: closed({
      items: Type.Array(
        closed({
          packageId: Type.Optional(Id),
          name: Text(2, 60),
          description: Text(0, 400),
          amountMinor: AmountMinor,
          durationMinutes: serviceFields.durationMinutes,
        }),
        { maxItems: 8 },
      ),
    }),
    refusals: ['access.not_found', 'access.forbidden', 'catalogue.price_invalid', 'catalogue.not_allowed_now'],
  }),
  setTeam: route({
    ...onOwnService,
    name: 'catalogue.setTeam',
    method: 'PUT',
    path: '/v1/services/:serviceId/team',
    summary: 'Set who does the work: members of the company',
    body: closed({ personIds: Type.Array(Id, { minItems: 1, maxItems: 50, uniqueItems: true }) }),
    refusals: ['access.not_found', 'access.forbidden', 'catalogue.team_invalid', 'catalogue.not_allowed_now'],
  }),
  setServiceCoverage: route({
    ...onOwnService,
    name: 'catalogue.setServiceCoverage',
    method: 'PUT',
    path: '/v1/services/:serviceId/coverage',
    summary: 'Give a service zones of its own; an empty list takes the company’s again',
    body: closed({ items: Type.Array(CoverageItem, { maxItems: 500 }) }),
    refusals: ['access.not_found', 'access.forbidden', 'catalogue.zone_unknown', 'catalogue.not_allowed_now'],
  }),
  moveService: route({
    ...onOwnService,
    name: 'catalogue.moveService',
    method: 'POST',
    path: '/v1/services/:serviceId/moves',
    summary: 'Submit, withdraw, pause, resume or archive a service',
    body: closed({ act: oneOf(['submit', 'withdraw', 'pause', 'resume', 'archive']) }),
    refusals: ['access.not_found', 'access.forbidden', 'catalogue.not_ready', 'catalogue.not_allowed_now'],
  }),
  versions: route({
    name: 'catalogue.versions',
    method: 'GET',
    path: '/v1/services/:serviceId/versions',
    permission: 'catalogue:view-own',
    summary: 'Versions that were published, newest first',
    params: serviceParams,
    reply: closed({ items: Type.Array(VersionRow) }),
    refusals: ['access.not_found'],
  }),
  restoreVersion: route({
    ...onOwnService,
    name: 'catalogue.restoreVersion',
    method: 'POST',
    path: '/v1/services/:serviceId/restorations',
    summary: 'Publish an older version again',
    body: closed({ version: Type.Integer({ minimum: 1 }) }),
    refusals: ['access.not_found', 'access.forbidden', 'catalogue.version_unknown', 'catalogue.not_allowed_now', 'catalogue.not_ready'],
  }),
  reviews: route({
    name: 'catalogue.reviews',
    method: 'GET',
    path: '/v1/admin/listings',
    permission: 'listing:review',
    summary: 'Listings that wait for a reviewer, oldest first',
    query: closed({ cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) }),
    reply: Page(ReviewRow),
  }),
  decideReview: route({
    name: 'catalogue.decideReview',
    method: 'POST',
    path: '/v1/admin/listings/:serviceId/decision',
    permission: 'listing:review',
    summary: 'Publish a listing or return it with a reason',
    params: serviceParams,
    body: closed({
      decision: oneOf(['publish', 'return']),
      reason: Type.Optional(Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' })),
    }),
    reply: closed({ serviceId: Id, state: oneOf(listingStates) }),
    refusals: ['access.not_found', 'catalogue.not_allowed_now', 'catalogue.not_ready', 'catalogue.reason_missing'],
  }),
} as const;
