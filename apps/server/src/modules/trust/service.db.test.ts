import { describe, expect, it } from 'vitest';
import { dbTest } from '../../platform/testing.ts';
import { isRefusal } from '../../platform/errors.ts';
import { buildAdmin, buildProvider, buildUser } from '../identity/fixtures.ts';
import * as trust from './service.ts';

const t = dbTest();
const pdf = { bytes: Buffer.from('%PDF-1.4\n%%EOF\n'), name: 'policy.pdf', contentType: 'application/pdf' };

const refusal = async (act: Promise<unknown>) => {
  const error: unknown = await act.then(
    () => undefined,
    (error: unknown) => error,
  );
  return isRefusal(error) ? error.code : error;
};

async function market() {
  const { organisationId, owner } = await buildProvider(t.ctx());
  const reviewer = await buildAdmin(t.ctx(), ['compliance']);
  const hand = (kind: 'identity' | 'insurance', expiresOn?: string) =>
    trust.submit(t.ctx(owner), organisationId, { kind, document: pdf, reference: undefined, expiresOn });
  const idOf = async (kind: string) =>
    (await trust.proofsOf(t.ctx(owner), organisationId)).find((proof) => proof.kind === kind)?.row?.id ?? '';
  const badges = async () =>
    (await trust.badgesOf(t.ctx(), [organisationId])).flatMap((one) => one.badges.map((badge) => badge.kind));
  return { organisationId, owner, reviewer, hand, idOf, badges };
}

describe('a provider proves who they are', () => {
  it('earns the gate when identity and insurance are approved, not before', async () => {
    const { organisationId, reviewer, hand, idOf, badges } = await market();
    await hand('identity');
    await hand('insurance', '2099-01-31');
    expect(await badges()).toEqual([]);
    await trust.decide(t.ctx(reviewer), await idOf('identity'), 'approve');
    expect(await trust.gateOf(t.ctx(), organisationId)).toEqual({ mayPublish: false, missing: ['insurance'] });
    await trust.decide(t.ctx(reviewer), await idOf('insurance'), 'approve');
    expect(await trust.gateOf(t.ctx(), organisationId)).toEqual({ mayPublish: true, missing: [] });
  });

  it('loses the badge at once when the insurance runs out', async () => {
    const { reviewer, hand, idOf, badges } = await market();
    t.clock.set(new Date('2026-11-24T12:00:00Z'));
    await hand('insurance', '2026-12-01');
    await trust.decide(t.ctx(reviewer), await idOf('insurance'), 'approve');
    expect(await badges()).toEqual(['insurance']);
    t.clock.set(new Date('2026-12-02T00:00:00Z'));
    expect(await badges()).toEqual([]);
  });

  it('keeps the badge while a renewal waits for its review', async () => {
    const { reviewer, hand, idOf, badges } = await market();
    await hand('insurance', '2099-01-31');
    await trust.decide(t.ctx(reviewer), await idOf('insurance'), 'approve');
    await hand('insurance', '2100-01-31');
    expect(await badges()).toEqual(['insurance']);
    await trust.decide(t.ctx(reviewer), await idOf('insurance'), 'approve');
    expect((await trust.badgesOf(t.ctx(), [(await market()).organisationId]))[0]?.badges).toEqual([]);
    expect(await badges()).toEqual(['insurance']);
  });

  it('refuses papers without a document, without an end, or ended', async () => {
    const { organisationId, owner, hand } = await market();
    const empty = { kind: 'identity' as const, document: undefined, reference: undefined, expiresOn: undefined };
    expect(await refusal(trust.submit(t.ctx(owner), organisationId, empty))).toBe('trust.document_missing');
    expect(await refusal(hand('insurance'))).toBe('trust.expiry_missing');
    expect(await refusal(hand('insurance', '2020-01-01'))).toBe('trust.expired_already');
  });
});

describe('a review', () => {
  it('is made once, and a rejection says why', async () => {
    const { reviewer, hand, idOf } = await market();
    await hand('identity');
    const id = await idOf('identity');
    expect(await refusal(trust.decide(t.ctx(reviewer), id, 'reject'))).toBe('trust.reason_missing');
    await trust.decide(t.ctx(reviewer), id, 'reject', 'The photograph cannot be read.');
    expect(await refusal(trust.decide(t.ctx(reviewer), id, 'approve'))).toBe('trust.not_allowed_now');
  });

  it('is queued oldest first', async () => {
    const { hand, reviewer } = await market();
    await hand('insurance', '2099-01-31');
    t.clock.advance({ hours: 1 });
    await hand('identity');
    const queue = await trust.reviews(t.ctx(reviewer), 'open', undefined, 10);
    expect(queue.map(({ row }) => row.kind)).toEqual(['insurance', 'identity']);
  });

  it('shows a stranger nothing', async () => {
    const { organisationId } = await market();
    const stranger = await buildUser(t.ctx());
    expect(await refusal(trust.proofsOf(t.ctx(stranger), organisationId))).toBe('access.not_found');
  });
});
