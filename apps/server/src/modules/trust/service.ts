import {
  endOf,
  isValid,
  kindsThatExpire,
  requiredToPublish,
  stateNow,
  verificationKinds,
  verificationMoves,
  type VerificationKind,
  type VerificationState,
} from '@plumbline/domain/verification';
import { audit } from '../../platform/audit.ts';
import { personOf, type Ctx } from '../../platform/ctx.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { setDeadline } from '../../platform/deadlines.ts';
import { refuse } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { emit } from '../../platform/outbox.ts';
import * as storage from '../../platform/storage.ts';
import * as identity from '../identity/index.ts';
import * as policy from './policy.ts';
import * as store from './store.ts';

export interface Submission {
  kind: VerificationKind;
  document: storage.NewFile | undefined;
  reference: string | undefined;
  /** Last day of validity, YYYY-MM-DD. */
  expiresOn: string | undefined;
}

export interface Proof {
  kind: VerificationKind;
  state: VerificationState;
  row: store.VerificationRow | undefined;
}

export interface Badges {
  organisationId: string;
  badges: { kind: VerificationKind; until: string | null }[];
}

/** Hands in a document. It takes the place of an earlier one of its kind; an approved one stays until it is judged. */
export async function submit(ctx: Ctx, organisationId: string, submission: Submission): Promise<Proof> {
  policy.requireSubmitter(personOf(ctx), organisationId);
  return submitFor(ctx, organisationId, personOf(ctx).personId, submission);
}

/** The same without the check of who asks; for seeds. */
export async function submitFor(
  ctx: Ctx,
  organisationId: string,
  personId: string,
  { kind, document, reference, expiresOn }: Submission,
): Promise<Proof> {
  if (!document || document.bytes.byteLength === 0) refuse('trust.document_missing');
  if (kindsThatExpire.includes(kind) && !expiresOn) refuse('trust.expiry_missing');
  if (expiresOn && endOf(expiresOn) <= ctx.clock.now()) refuse('trust.expired_already');
  return inTransaction(ctx, async (ctx) => {
    const fileId = await storage.save(ctx, document);
    const contentType = storage.sniff(document.bytes) ?? refuse('request.unsupported_media_type');
    const now = ctx.clock.now();
    await store.supersede.run(ctx, ctx.regionId, organisationId, kind, false, now);
    const id = newId();
    await store.insert.run(
      ctx,
      id,
      ctx.regionId,
      organisationId,
      kind,
      fileId,
      document.name,
      contentType,
      reference ?? null,
      expiresOn ?? null,
      personId,
      now,
    );
    await audit(ctx, { act: 'verification.submit', subject: `verification:${id}`, detail: { organisationId, kind } });
    await announce(ctx, organisationId);
    return proofOf(await store.byId.one(ctx, ctx.regionId, id), now);
  });
}

/** What an organisation has proved, every kind once; a newer paper that waits for its review goes before the old one. */
export async function proofsOf(ctx: Ctx, organisationId: string): Promise<Proof[]> {
  policy.requireSubmitter(personOf(ctx), organisationId);
  const rows = await store.currentOf.all(ctx, [organisationId]);
  return verificationKinds.map((kind) => {
    const ofKind = rows.filter((row) => row.kind === kind);
    const row = ofKind.find((row) => row.state !== 'approved') ?? ofKind[0];
    return row ? proofOf(row, ctx.clock.now()) : { kind, state: 'missing', row };
  });
}

/** Approves or rejects. Refuses `trust.not_allowed_now` when the paper was judged or replaced meanwhile. */
export async function decide(ctx: Ctx, verificationId: string, decision: 'approve' | 'reject', reason?: string) {
  if (decision === 'reject' && !reason?.trim()) refuse('trust.reason_missing');
  return inTransaction(ctx, async (ctx) => {
    const row = (await store.lockById.first(ctx, ctx.regionId, verificationId)) ?? refuse('access.not_found');
    const to = decision === 'approve' ? 'approved' : 'rejected';
    if (!verificationMoves[row.state].includes(to)) refuse('trust.not_allowed_now', { state: row.state });
    if (to === 'approved') {
      await store.supersede.run(ctx, ctx.regionId, row.organisation_id, row.kind, true, ctx.clock.now());
    }
    const reviewer = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
    await store.decide.run(ctx, ctx.regionId, row.id, to, reason ?? null, reviewer, ctx.clock.now());
    await audit(ctx, {
      act: `verification.${decision}`,
      subject: `verification:${row.id}`,
      detail: { organisationId: row.organisation_id, kind: row.kind, from: row.state, to },
      ...(reason ? { reason } : {}),
    });
    if (to === 'approved' && row.expires_on) {
      await setDeadline(ctx, { kind: 'trust.expiry', subjectId: row.id, at: endOf(row.expires_on) });
    }
    await announce(ctx, row.organisation_id);
    return withOrganisation(ctx, await store.byId.one(ctx, ctx.regionId, row.id));
  });
}

/** A paper has run out: whoever shows badges has to look again. */
export async function expire(ctx: Ctx, verificationId: string): Promise<void> {
  const row = await store.byId.first(ctx, ctx.regionId, verificationId);
  if (row) await announce(ctx, row.organisation_id);
}

/** One page of the reviewers' queue, oldest first. */
export async function reviews(
  ctx: Ctx,
  filter: 'open' | 'approved' | 'rejected',
  after: [Date, string] | undefined,
  limit: number,
) {
  const states = filter === 'open' ? (['submitted', 'in_review'] as const) : ([filter] as const);
  const rows = await store.queue.all(ctx, ctx.regionId, [...states], after?.[0] ?? null, after?.[1] ?? null, limit);
  const names = await namesOf(ctx, rows);
  return rows.map((row) => ({ row, organisationName: names.get(row.organisation_id) ?? '' }));
}

/** The document of a proof; who looked is recorded. */
export async function documentOf(ctx: Ctx, verificationId: string) {
  return inTransaction(ctx, async (ctx) => {
    const row = (await store.byId.first(ctx, ctx.regionId, verificationId)) ?? refuse('access.not_found');
    await audit(ctx, { act: 'verification.view_document', subject: `verification:${row.id}` });
    return storage.read(ctx, row.file_id);
  });
}

/** The valid badges of these organisations, at this moment of the business clock. */
export async function badgesOf(ctx: Ctx, organisationIds: string[]): Promise<Badges[]> {
  const rows = await store.currentOf.all(ctx, organisationIds);
  const now = ctx.clock.now();
  return organisationIds.map((organisationId) => ({
    organisationId,
    badges: rows
      .filter((row) => row.organisation_id === organisationId && isValid(proofOf(row, now).state))
      .map((row) => ({ kind: row.kind, until: row.expires_on })),
  }));
}

/** Whether an organisation's services may be shown, and what stands in the way. */
export async function gateOf(
  ctx: Ctx,
  organisationId: string,
): Promise<{ mayPublish: boolean; missing: VerificationKind[] }> {
  const [found] = await badgesOf(ctx, [organisationId]);
  const missing = requiredToPublish.filter((kind) => !found?.badges.some((badge) => badge.kind === kind));
  return { mayPublish: missing.length === 0, missing };
}

/** How many papers wait for a reviewer. */
export const openCount = async (ctx: Ctx): Promise<number> => (await store.openCount.one(ctx, ctx.regionId)).open;

const proofOf = (row: store.VerificationRow, now: Date): Proof => ({
  kind: row.kind,
  state: stateNow(row.state, row.expires_on, now),
  row,
});

const announce = (ctx: Ctx, organisationId: string) =>
  emit(ctx, {
    type: 'trust.badges_changed',
    key: organisationId,
    topics: [`organisation:${organisationId}`],
    data: { organisationId },
  });

async function withOrganisation(ctx: Ctx, row: store.VerificationRow) {
  const names = await namesOf(ctx, [row]);
  return { row, organisationName: names.get(row.organisation_id) ?? '' };
}

async function namesOf(ctx: Ctx, rows: store.VerificationRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.map((row) => row.organisation_id))];
  const organisations = await identity.organisationsByIds(ctx, ids);
  return new Map(organisations.map((organisation) => [organisation.id, organisation.name]));
}
