import { moveListing, type ListingAct } from '@plumbline/domain/listing';
import { audit } from '../../platform/audit.ts';
import { systemCtx, type Ctx } from '../../platform/ctx.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { refuse } from '../../platform/errors.ts';
import { findingsIn } from './content.ts';
import { serviceChanged } from './events.ts';
import { describe, lockOwn, own, type OwnService } from './service.ts';
import * as store from './store.ts';
import type { ServiceContent, ServiceRow } from './tables.ts';

type OwnerAct = 'submit' | 'withdraw' | 'pause' | 'resume' | 'archive';

/**
 * Submit, withdraw, pause, resume or archive. A submitted draft that lacks nothing is published at once, unless an
 * automatic look finds something for a reviewer. Refuses `catalogue.not_ready` with what is missing, and
 * `catalogue.not_allowed_now`.
 */
export async function move(ctx: Ctx, serviceId: string, act: OwnerAct): Promise<OwnService> {
  await inTransaction(ctx, async (ctx) => {
    const row = await lockOwn(ctx, serviceId);
    if (act === 'submit') await submit(ctx, row);
    else await changeState(ctx, row, act);
  });
  return own(ctx, serviceId);
}

/** Publishes without the check of who asks; for seeds and fixtures. */
export async function submitFor(ctx: Ctx, serviceId: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => submit(ctx, await store.lockService.one(ctx, serviceId)));
}

/** Publishes an older version again, as a new one; a paused service stays paused. */
export async function restore(ctx: Ctx, serviceId: string, version: number): Promise<OwnService> {
  await inTransaction(ctx, async (ctx) => {
    const row = await lockOwn(ctx, serviceId);
    const to = moveListing(row.state, 'restore', 'owner') ?? notNow(row, 'restore');
    const old = (await store.versionOf.first(ctx, serviceId, version)) ?? refuse('catalogue.version_unknown');
    await publish(ctx, { ...row, state: to }, old.content, 'restore');
  });
  return own(ctx, serviceId);
}

/** Versions that customers have seen, newest first. */
export async function versions(ctx: Ctx, serviceId: string) {
  const { row } = await own(ctx, serviceId);
  return { row, versions: await store.versionsOf.all(ctx, serviceId) };
}

/** Listings that wait for a reviewer, oldest first. */
export const toReview = (ctx: Ctx, after: [Date, string] | undefined, limit: number) =>
  store.toReview.all(ctx, ctx.regionId, after?.[0] ?? null, after?.[1] ?? null, limit);

/** Publishes or returns a listing. Refuses `catalogue.reason_missing` for a return without words. */
export async function decide(
  ctx: Ctx,
  serviceId: string,
  decision: 'publish' | 'return',
  reason?: string,
): Promise<ServiceRow> {
  if (decision === 'return' && !reason?.trim()) refuse('catalogue.reason_missing');
  return inTransaction(ctx, async (ctx) => {
    const row = (await store.lockService.first(ctx, serviceId)) ?? refuse('access.not_found');
    if (row.region_id !== ctx.regionId) refuse('access.not_found');
    const to = row.submitted_at ? moveListing(row.state, decision, 'reviewer') : undefined;
    if (!to) notNow(row, decision);
    if (decision === 'publish') await publish(ctx, row, row.draft, 'publish');
    else await store.setState.run(ctx, row.id, to, null, [], reason ?? null, ctx.clock.now());
    if (decision === 'return') await tell(ctx, row, 'return', to, reason);
    return store.lockService.one(ctx, serviceId);
  });
}

async function submit(ctx: Ctx, row: ServiceRow): Promise<void> {
  const to = moveListing(row.state, 'submit', 'owner') ?? notNow(row, 'submit');
  const { missing } = await describe(ctx, row);
  if (missing.length > 0) refuse('catalogue.not_ready', { missing });
  const findings = findingsIn(row.draft);
  const now = ctx.clock.now();
  await store.setState.run(ctx, row.id, to, now, findings, null, now);
  await tell(ctx, row, 'submit', to);
  if (findings.length === 0)
    await publish(systemCtx(ctx, 'listing review', row.region_id), { ...row, state: to }, row.draft, 'publish');
}

async function changeState(ctx: Ctx, row: ServiceRow, act: Exclude<OwnerAct, 'submit'>): Promise<void> {
  const to = moveListing(row.state, act, 'owner') ?? notNow(row, act);
  const isPending = act === 'pause' || act === 'resume' ? row.submitted_at : null;
  await store.setState.run(ctx, row.id, to, isPending, row.findings, row.review_note, ctx.clock.now());
  await tell(ctx, row, act, to);
}

async function publish(ctx: Ctx, row: ServiceRow, content: ServiceContent, act: 'publish' | 'restore'): Promise<void> {
  const to = act === 'restore' ? row.state : (moveListing(row.state, 'publish', 'system') ?? notNow(row, 'publish'));
  const version = (row.published_version ?? 0) + 1;
  const now = ctx.clock.now();
  const text = JSON.stringify(content);
  await store.publish.run(ctx, row.id, to, text, version, now);
  await store.keepVersion.run(ctx, row.region_id, row.id, version, text, now);
  await tell(ctx, row, act, to);
}

async function tell(ctx: Ctx, row: ServiceRow, act: ListingAct, to: string, reason?: string): Promise<void> {
  await audit(ctx, {
    act: `listing.${act}`,
    subject: `service:${row.id}`,
    detail: { from: row.state, to },
    ...(reason && { reason }),
  });
  await serviceChanged(ctx, row.id, row.organisation_id);
}

function notNow(row: ServiceRow, act: ListingAct): never {
  refuse('catalogue.not_allowed_now', { state: row.state, act });
}
