import type { ProfileBody, ServiceBody } from '@plumbline/contracts/catalogue';
import type { Ctx } from '../../platform/ctx.ts';
import * as zones from '../zones/index.ts';
import { putCoverage } from './coverage.ts';
import { submitFor } from './moves.ts';
import { putProfile } from './profile.ts';
import { createFor } from './service.ts';

/** A sound service; tests change what they are about. */
export const aService = (changes: Partial<ServiceBody> = {}): ServiceBody => ({
  title: 'Leaking tap repaired',
  summary: 'A dripping tap made tight again.',
  description: 'We find the leak, change the washer or the cartridge and test the tap under pressure.',
  categoryId: 'plumbing',
  tags: ['tap', 'leak'],
  includes: ['Washers and seals'],
  priceKind: 'fixed',
  priceMinor: '8500',
  durationMinutes: 60,
  noticeMinutes: 120,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 15,
  onDemand: false,
  ...changes,
});

/** A sound profile with its base in the middle of Bristol. */
export const aProfile = (changes: Partial<ProfileBody> = {}): ProfileBody => ({
  displayName: 'Novak Plumbing',
  tagline: 'Taps, toilets and boilers since 2009',
  about: 'A family company from Bedminster.',
  base: { lat: 51.4405, lng: -2.601 },
  languages: ['en'],
  vatRegistered: true,
  vatNumber: 'GB123456789',
  foundedYear: 2009,
  ...changes,
});

/** Writes a profile and serves these zones, all of the region unless told. */
export async function openForBusiness(
  ctx: Ctx,
  organisationId: string,
  profile: Partial<ProfileBody> = {},
  zoneIds?: string[],
): Promise<void> {
  await putProfile(ctx, organisationId, aProfile(profile));
  const served = zoneIds ?? (await zones.zonesOf(ctx)).map(({ zoneId }) => zoneId);
  await putCoverage(
    ctx,
    organisationId,
    null,
    served.map((zoneId) => ({ zoneId, tier: 'primary' as const, capacity: null })),
  );
}

/** A published service of a company that is open for business. */
export async function publishedService(
  ctx: Ctx,
  organisationId: string,
  teamPersonIds: string[],
  changes: Partial<ServiceBody> = {},
): Promise<string> {
  const serviceId = await createFor(ctx, organisationId, aService(changes), teamPersonIds);
  await submitFor(ctx, serviceId);
  return serviceId;
}
