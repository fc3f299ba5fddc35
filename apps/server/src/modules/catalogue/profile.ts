import type { ProfileBody } from '@plumbline/contracts/catalogue';
import { audit } from '../../platform/audit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { refuse } from '../../platform/errors.ts';
import * as identity from '../identity/index.ts';
import * as zones from '../zones/index.ts';
import { providerChanged } from './events.ts';
import * as policy from './policy.ts';
import * as store from './store.ts';
import type { ProfileRow } from './tables.ts';

export interface Profile {
  organisation: identity.OrganisationRow;
  row: ProfileRow | undefined;
  zone: zones.Zone | undefined;
}

/** A company's own profile, written or not. */
export async function profile(ctx: Ctx, organisationId: string): Promise<Profile> {
  policy.requireMember(ctx, organisationId, 'catalogue:view-own');
  return read(ctx, organisationId);
}

/** Writes a company's profile. */
export async function setProfile(ctx: Ctx, organisationId: string, body: ProfileBody): Promise<Profile> {
  policy.requireMember(ctx, organisationId, 'catalogue:edit');
  await putProfile(ctx, organisationId, body);
  return read(ctx, organisationId);
}

/** The same without the check of who asks; for seeds and fixtures. */
export async function putProfile(ctx: Ctx, organisationId: string, body: ProfileBody): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await store.putProfile.run(
      ctx,
      ctx.regionId,
      organisationId,
      body.displayName.trim(),
      body.tagline.trim(),
      body.about.trim(),
      body.base.lat,
      body.base.lng,
      body.languages,
      body.vatRegistered,
      body.vatNumber,
      body.foundedYear,
      ctx.clock.now(),
    );
    await audit(ctx, {
      act: 'catalogue.profile_written',
      subject: `organisation:${organisationId}`,
      detail: { vatRegistered: body.vatRegistered },
    });
    await providerChanged(ctx, organisationId);
  });
}

async function read(ctx: Ctx, organisationId: string): Promise<Profile> {
  const [organisation] = await identity.organisationsByIds(ctx, [organisationId]);
  if (!organisation || organisation.kind !== 'provider') refuse('access.not_found');
  const [row] = await store.profilesOf.all(ctx, [organisationId]);
  const [zone] = row ? await zones.at(ctx, { lat: row.base_lat, lng: row.base_lng }) : [];
  return { organisation, row, zone };
}
