import { categoryNumber, isCategoryId } from '@plumbline/domain/categories';
import type { LatLng } from '@plumbline/domain/geo';
import type { Ctx } from '../../platform/ctx.ts';
import * as calendar from '../calendar/index.ts';
import * as catalogue from '../catalogue/index.ts';
import * as zones from '../zones/index.ts';
import { find } from './find.ts';
import { rank, type Ranked } from './rank.ts';
import * as store from './store.ts';

export interface CrewQuestion {
  categoryId: string;
  point: LatLng;
  /** When the work should be done. */
  window: { from: Date; to: Date };
  limit: number;
}

/** Somebody who could come, with what a booking of them needs. */
export interface RankedCrew {
  resourceId: string;
  organisationId: string;
  organisationName: string;
  serviceId: string;
  title: string;
  /** Gross; for an hour where the service is hourly. */
  priceMinor: bigint;
  priceKind: 'fixed' | 'hourly';
  currency: string;
  vatRateBp: number;
  durationMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  /** From the company's base to the point. */
  distanceMetres: number | null;
  score: number;
}

/** Listings looked at, so that enough of their people are free. */
const listingsLooked = 60;
const minuteMs = 60_000;

/**
 * People who offer this kind of work on demand in the zone of the point and are free for it in the window, best first;
 * by the same formula as the search. Each person once, with the best of their services.
 */
export async function rankCrews(ctx: Ctx, { categoryId, point, window, limit }: CrewQuestion): Promise<RankedCrew[]> {
  const [zone] = await zones.at(ctx, point);
  if (!zone || !isCategoryId(categoryId)) return [];
  const ranked = await listings(ctx, categoryNumber(categoryId), zone.number, await zones.inMetres(ctx, point));
  const services = await catalogue.servicesForBooking(
    ctx,
    ranked.map(({ serviceId }) => serviceId),
  );
  const byId = new Map(services.map((service) => [service.serviceId, service]));
  const resourceIds = [...new Set(services.flatMap(({ teamResourceIds }) => teamResourceIds))];
  const free = await calendar.freeIn(ctx, resourceIds, window);
  const crews: RankedCrew[] = [];
  const taken = new Set<string>();
  for (const listing of ranked) {
    const service = byId.get(listing.serviceId);
    const crew = service && crewsOf(service, listing, free, window).filter(({ resourceId }) => !taken.has(resourceId));
    for (const one of crew ?? []) {
      taken.add(one.resourceId);
      crews.push(one);
    }
    if (crews.length >= limit) break;
  }
  return crews.slice(0, limit);
}

async function listings(ctx: Ctx, category: number, area: number, from: [number, number]): Promise<Ranked[]> {
  const { bookings } = await store.marketOf.one(ctx, ctx.regionId);
  const filter = {
    words: undefined,
    anyOf: undefined,
    area,
    category,
    priceMax: null,
    starsMin: null,
    insured: false,
    onDemand: true,
    window: undefined,
    box: undefined,
  };
  const { records } = await find(ctx, filter, {
    sort: 'best',
    from,
    after: undefined,
    limit: listingsLooked,
    cards: false,
  });
  const question = { words: [], meanLength: 1, from, window: undefined, marketBookings: Number(bookings), salt: 0 };
  return rank(records, question, 'best');
}

type Free = Awaited<ReturnType<typeof calendar.freeIn>>;

/** The people of a service's team who are free for it, first those with the most time. */
function crewsOf(
  service: catalogue.ServiceForBooking,
  { score, inputs }: Ranked,
  free: Free,
  window: CrewQuestion['window'],
): RankedCrew[] {
  const { kind, amountMinor, currency } = service.price;
  if (kind === 'quote' || amountMinor === null) return [];
  const wanted = Math.min(service.durationMinutes * minuteMs, window.to.getTime() - window.from.getTime());
  return service.teamResourceIds
    .map((resourceId) => ({ resourceId, longest: longestIn(free.get(resourceId) ?? [], window) }))
    .filter(({ longest }) => longest >= wanted)
    .toSorted((a, b) => b.longest - a.longest || (a.resourceId < b.resourceId ? -1 : 1))
    .map(({ resourceId }) => ({
      resourceId,
      score,
      currency,
      priceKind: kind,
      priceMinor: amountMinor,
      title: service.title,
      distanceMetres: inputs.metres === null ? null : Math.round(inputs.metres),
      organisationId: service.organisationId,
      organisationName: service.organisationName,
      serviceId: service.serviceId,
      vatRateBp: service.vatRateBp,
      durationMinutes: service.durationMinutes,
      bufferBeforeMinutes: service.bufferBeforeMinutes,
      bufferAfterMinutes: service.bufferAfterMinutes,
    }));
}

function longestIn(stretches: readonly { from: Date; to: Date }[], window: CrewQuestion['window']): number {
  const inside = stretches.map(
    ({ from, to }) => Math.min(to.getTime(), window.to.getTime()) - Math.max(from.getTime(), window.from.getTime()),
  );
  return Math.max(0, ...inside);
}
