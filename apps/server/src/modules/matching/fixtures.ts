import type { ProfileBody, ServiceBody } from '@plumbline/contracts/catalogue';
import type { VerificationKind } from '@plumbline/domain/verification';
import type { Ctx, PersonActor } from '../../platform/ctx.ts';
import { buildHours } from '../calendar/fixtures.ts';
import { openForBusiness, publishedService } from '../catalogue/fixtures.ts';
import { buildProvider } from '../identity/fixtures.ts';
import * as trust from '../trust/index.ts';
import { refreshCompany } from './refresh.ts';
import { addHabits, addReviews } from './signals.ts';

const paper = { bytes: Buffer.from('%PDF-1.4\n%%EOF\n'), name: 'paper.pdf', contentType: 'application/pdf' };

/** Approved papers of a company. */
export async function verify(
  ctx: Ctx,
  organisationId: string,
  personId: string,
  kinds: VerificationKind[] = ['identity', 'insurance'],
  expiresOn = '2099-01-31',
): Promise<void> {
  for (const kind of kinds) {
    const { row } = await trust.submitFor(ctx, organisationId, personId, {
      kind,
      document: paper,
      reference: undefined,
      expiresOn,
    });
    if (row) await trust.decide(ctx, row.id, 'approve');
  }
}

export interface Company {
  organisationId: string;
  owner: PersonActor;
}

/** A company that may be shown: profile, papers, hours, zones (all unless told). */
export async function buildCompany(
  ctx: Ctx,
  {
    name = 'Novak Plumbing',
    profile = {},
    zoneIds,
    hours = true,
    reviews = 0,
    stars = 5,
  }: {
    name?: string;
    profile?: Partial<ProfileBody>;
    zoneIds?: string[];
    hours?: boolean;
    reviews?: number;
    stars?: number;
  } = {},
): Promise<Company> {
  const { organisationId, owner } = await buildProvider(ctx, { name, owner: `Owner of ${name}` });
  await openForBusiness(ctx, organisationId, { displayName: name, ...profile }, zoneIds);
  await verify(ctx, organisationId, owner.personId);
  if (hours) await buildHours(ctx, owner.personId);
  if (reviews > 0) {
    await addReviews(
      ctx,
      organisationId,
      Array.from({ length: reviews }, () => ({ stars, ageDays: 30, isVerified: true })),
    );
    await addHabits(ctx, organisationId, { done: reviews });
  }
  return { organisationId, owner };
}

/** A listing of a company as customers find it; answers the service's id. */
export async function buildListing(
  ctx: Ctx,
  { organisationId, owner }: Company,
  changes: Partial<ServiceBody> = {},
): Promise<string> {
  const serviceId = await publishedService(ctx, organisationId, [owner.personId], changes);
  await refreshCompany(ctx, organisationId);
  return serviceId;
}
