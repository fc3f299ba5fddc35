import type { CategoryId } from '@plumbline/domain/categories';
import type { ListingState, PriceKind } from '@plumbline/domain/listing';
import type { Ctx } from '../../platform/ctx.ts';
import * as identity from '../identity/index.ts';
import * as zones from '../zones/index.ts';
import { effective } from './coverage.ts';
import * as store from './store.ts';
import type { CoverageRow, ProfileRow, ServiceContent, ServiceRow } from './tables.ts';

/** How many jobs are taken in a zone on one day: of the company, or of the service where it has zones of its own. */
export interface ZoneCapacity {
  zoneId: string;
  capacity: number;
  own: boolean;
}

/** What a booking needs to know of a service, as customers see it now. */
export interface ServiceForBooking {
  serviceId: string;
  regionId: string;
  organisationId: string;
  organisationName: string;
  categoryId: CategoryId;
  title: string;
  /** False for drafts, paused and archived services. */
  published: boolean;
  /** IANA time zone of the work. */
  zone: string;
  /** Gross; for an hour where the kind is hourly; null for a quote. */
  price: { kind: PriceKind; amountMinor: bigint | null; currency: string };
  /** 2000 is 20 %; 0 when the provider is not registered. */
  vatRateBp: number;
  durationMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  noticeMinutes: number;
  onDemand: boolean;
  /** People who do the work; the ids of their calendars are the same. */
  teamResourceIds: string[];
  /** Zones that count for it: its own, else the company's. */
  coveredZoneIds: string[];
  /** Of those that have a limit. */
  capacities: ZoneCapacity[];
  packages: { packageId: string; title: string; amountMinor: bigint; durationMinutes: number }[];
}

/** A service for a booking; undefined when there is none or it was never published. */
export async function serviceForBooking(ctx: Ctx, serviceId: string): Promise<ServiceForBooking | undefined> {
  return (await servicesForBooking(ctx, [serviceId]))[0];
}

/** The same for many, in any order; one statement, a second one only for companies without a profile. */
export async function servicesForBooking(ctx: Ctx, serviceIds: readonly string[]): Promise<ServiceForBooking[]> {
  const rows = (await store.forBooking.all(ctx, [...serviceIds])).filter((row) => row.published !== null);
  if (rows.length === 0) return [];
  const nameless = rows.filter((row) => row.display_name === null).map((row) => row.organisation_id);
  const names = nameless.length > 0 ? await identity.organisationsByIds(ctx, nameless) : [];
  const { vatBp } = await zones.numbers(ctx);
  const { timeZone } = await zones.region(ctx);
  return rows.flatMap((row) => {
    if (!row.published) return [];
    const organisationName = row.display_name ?? names.find(({ id }) => id === row.organisation_id)?.name ?? '';
    const around = {
      organisationName,
      teamResourceIds: row.team,
      coveredZoneIds: row.zone_ids,
      capacities: row.capacities,
      zone: timeZone,
      vatRateBp: row.vat_registered ? vatBp : 0,
    };
    return [{ ...forBooking(row, row.published), ...around }];
  });
}

type Around = 'organisationName' | 'teamResourceIds' | 'coveredZoneIds' | 'capacities' | 'zone' | 'vatRateBp';

function forBooking(row: ServiceRow, content: ServiceContent): Omit<ServiceForBooking, Around> {
  const { title, categoryId, priceKind, priceMinor, durationMinutes, noticeMinutes, onDemand } = content;
  return {
    serviceId: row.id,
    regionId: row.region_id,
    organisationId: row.organisation_id,
    categoryId,
    title,
    published: row.state === 'published',
    price: { kind: priceKind, amountMinor: priceMinor === null ? null : BigInt(priceMinor), currency: row.currency },
    durationMinutes,
    noticeMinutes,
    onDemand,
    bufferBeforeMinutes: content.bufferBeforeMinutes,
    bufferAfterMinutes: content.bufferAfterMinutes,
    packages: content.packages.map((item) => ({
      packageId: item.packageId,
      title: item.name,
      amountMinor: BigInt(item.amountMinor),
      durationMinutes: item.durationMinutes,
    })),
  };
}

/** Whether work in one of these zones is covered, by a service or by a company as a whole. */
export async function covers(
  ctx: Ctx,
  of: { serviceId: string } | { organisationId: string },
  zoneIds: readonly string[],
): Promise<boolean> {
  if (zoneIds.length === 0) return false;
  if ('organisationId' in of) {
    const rows = await store.coverageOf.all(ctx, [of.organisationId], []);
    return rows.some((row) => zoneIds.includes(row.zone_id));
  }
  const row = await store.serviceById.first(ctx, of.serviceId);
  if (!row) return false;
  const { rows } = effective(
    await store.coverageOf.all(ctx, [row.organisation_id], [row.id]),
    row.organisation_id,
    row.id,
  );
  return rows.some((covered) => zoneIds.includes(covered.zone_id));
}

/** Everything that a listing shown to customers is made of. */
export interface ListingSource {
  serviceId: string;
  regionId: string;
  organisationId: string;
  slug: string;
  state: ListingState;
  currency: string;
  /** Null while it was never published. */
  content: ServiceContent | null;
  updatedAt: Date;
  profile: ProfileRow | undefined;
  organisation: { name: string; slug: string };
  teamPersonIds: string[];
  coverage: CoverageRow[];
}

/** Sources of these services, in any order; five statements for any number. */
export async function listingSources(ctx: Ctx, serviceIds: readonly string[]): Promise<ListingSource[]> {
  const rows = await store.servicesByIds.all(ctx, [...serviceIds]);
  const ids = rows.map(({ id }) => id);
  const organisationIds = [...new Set(rows.map((row) => row.organisation_id))];
  const teams = await store.teamsOf.all(ctx, ids);
  const profiles = new Map((await store.profilesOf.all(ctx, organisationIds)).map((row) => [row.organisation_id, row]));
  const organisations = new Map((await identity.organisationsByIds(ctx, organisationIds)).map((row) => [row.id, row]));
  const coverage = await store.coverageOf.all(ctx, organisationIds, ids);
  return rows.map((row) => ({
    serviceId: row.id,
    regionId: row.region_id,
    organisationId: row.organisation_id,
    slug: row.slug,
    state: row.state,
    currency: row.currency,
    content: row.published,
    updatedAt: row.updated_at,
    profile: profiles.get(row.organisation_id),
    organisation: {
      name: organisations.get(row.organisation_id)?.name ?? '',
      slug: organisations.get(row.organisation_id)?.slug ?? '',
    },
    teamPersonIds: teams.filter(({ service_id }) => service_id === row.id).map(({ person_id }) => person_id),
    coverage: effective(coverage, row.organisation_id, row.id).rows,
  }));
}

/** Services by id as they stand, without who may see them: for modules that show names beside their own rows. */
export async function servicesByIds(ctx: Ctx, serviceIds: readonly string[]) {
  const rows = await store.servicesByIds.all(ctx, [...serviceIds]);
  return rows.map((row) => {
    const { title, categoryId } = row.published ?? row.draft;
    return { serviceId: row.id, organisationId: row.organisation_id, title, categoryId, state: row.state };
  });
}

export interface Provider {
  organisationId: string;
  name: string;
  slug: string;
  vatRegistered: boolean;
  base: { lat: number; lng: number } | undefined;
}

/** Companies as customers know them. */
export async function providersByOrganisations(ctx: Ctx, organisationIds: readonly string[]): Promise<Provider[]> {
  const organisations = await identity.organisationsByIds(ctx, [...organisationIds]);
  const profiles = new Map(
    (await store.profilesOf.all(ctx, [...organisationIds])).map((row) => [row.organisation_id, row]),
  );
  return organisations.map(({ id, name, slug }) => {
    const profile = profiles.get(id);
    return {
      organisationId: id,
      name: profile?.display_name ?? name,
      slug,
      vatRegistered: profile?.vat_registered ?? false,
      base: profile && { lat: profile.base_lat, lng: profile.base_lng },
    };
  });
}

/** Ids of all services of these companies. */
export const serviceIdsOf = async (ctx: Ctx, organisationIds: readonly string[]): Promise<string[]> =>
  (await store.serviceIdsOf.all(ctx, [...organisationIds])).map(({ id }) => id);

/** Ids of the services whose team this person is in. */
export const serviceIdsWithPerson = async (ctx: Ctx, personId: string): Promise<string[]> =>
  (await store.serviceIdsWithPerson.all(ctx, personId)).map(({ service_id }) => service_id);

/** Ids of the region's services in order, after one of them; for building a read model again. */
export const serviceIdsAfter = async (ctx: Ctx, after: string | null, limit: number): Promise<string[]> =>
  (await store.allServiceIds.all(ctx, ctx.regionId, after, limit)).map(({ id }) => id);
