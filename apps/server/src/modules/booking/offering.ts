import type { Address } from '@plumbline/contracts/booking';
import { grossPrice, minutesOf } from '@plumbline/domain/price';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/errors.ts';
import * as catalogue from '../catalogue/index.ts';
import * as trust from '../trust/index.ts';
import * as zones from '../zones/index.ts';

/** What a customer chose of a service. */
export interface Choice {
  serviceId: string;
  packageId?: string | undefined;
  hours?: number | undefined;
}

/** A service as it is sold: the booking keeps a copy. */
export interface Offering {
  service: catalogue.ServiceForBooking;
  packageId: string | null;
  packageTitle: string | null;
  hours: number | null;
  /** Gross; undefined for a price on request. */
  priceMinor: bigint | undefined;
  durationMinutes: number;
}

/**
 * What was chosen, at today's price. Refuses `access.not_found` for a service that customers cannot see (also one of
 * another market) or a package that it does not have, `booking.hours_invalid` for hourly work without hours.
 */
export async function chosen(ctx: Ctx, choice: Choice): Promise<Offering> {
  const service = await catalogue.serviceForBooking(ctx, choice.serviceId);
  if (!service?.published || service.regionId !== ctx.regionId) return refuse('access.not_found');
  const bundle = service.packages.find((one) => one.packageId === choice.packageId);
  if (choice.packageId && !bundle) return refuse('access.not_found');
  if (bundle) return offeringOf(service, { packageMinor: bundle.amountMinor }, bundle);
  if (service.price.kind !== 'hourly') return offeringOf(service, {});
  return choice.hours === undefined ? refuse('booking.hours_invalid') : offeringOf(service, { hours: choice.hours });
}

type Bundle = catalogue.ServiceForBooking['packages'][number];

function offeringOf(
  service: catalogue.ServiceForBooking,
  terms: { hours?: number; packageMinor?: bigint },
  bundle?: Bundle,
): Offering {
  const minutes = { ...terms, ...(bundle && { packageMinutes: bundle.durationMinutes }) };
  return {
    service,
    packageId: bundle?.packageId ?? null,
    packageTitle: bundle?.title ?? null,
    hours: terms.hours ?? null,
    priceMinor: grossPrice(service.price, terms),
    durationMinutes: minutesOf(service.price.kind, service.durationMinutes, minutes),
  };
}

export interface LatLng {
  lat: number;
  lng: number;
}

/** Where the work is and for whom it is bought. */
export interface Place {
  address: Address;
  point: LatLng;
  note?: string | undefined;
  buyerOrganisationId?: string | undefined;
}

/**
 * The zone of the work, decided by the point and by nothing that people typed. Refuses `booking.outside_coverage` when
 * the service does not go there.
 */
export async function zoneServed(ctx: Ctx, service: catalogue.ServiceForBooking, point: LatLng): Promise<zones.Zone> {
  const found = await zones.at(ctx, point);
  return found.find((one) => service.coveredZoneIds.includes(one.zoneId)) ?? refuse('booking.outside_coverage');
}

/** Refuses `booking.provider_unavailable` while the provider's proofs do not allow them to be booked. */
export async function requireProven(ctx: Ctx, organisationId: string): Promise<void> {
  const { mayPublish } = await trust.gateOf(ctx, organisationId);
  if (!mayPublish) refuse('booking.provider_unavailable');
}
