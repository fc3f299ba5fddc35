import { describe, expect, it } from 'vitest';
import type { Ctx } from '../../../platform/ctx.ts';
import { query } from '../../../platform/db/statement.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { isRefusal, pgCode } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { dbTest } from '../../../platform/testing.ts';
import { buildProvider, buildServiceman } from '../../identity/fixtures.ts';
import { addCrewFor, addTool } from '../plan/service.ts';
import { claim, claimAny, free, move, reclaim, take, type Range } from './service.ts';
import * as store from './store.ts';

const t = dbTest();
const range = (from: string, to: string): Range => ({
  from: new Date(`2026-10-25T${from}Z`),
  to: new Date(`2026-10-25T${to}Z`),
});
const subject = { kind: 'booking', id: newId() };
const wish = (resourceId: string, during: Range, over: { holdUntil?: Date } = {}) => ({
  resourceId,
  during,
  subject,
  label: 'Boiler service',
  ...over,
});
const expectTaken = async (act: Promise<unknown>) =>
  expect(await act.catch((error: unknown) => isRefusal(error, 'calendar.slot_taken'))).toBe(true);
const stateOf = async (ctx: Ctx, claimId: string) =>
  (await store.byId.all(ctx, ctx.regionId, claimId)).map((row) => row.state);

async function team() {
  const { organisationId, owner } = await buildProvider(t.ctx());
  const tom = await buildServiceman(t.ctx(), organisationId);
  const crew = await addCrewFor(t.ctx(), organisationId, {
    name: 'Van one',
    memberIds: [owner.personId, tom.personId],
    leadPersonId: tom.personId,
    zone: 'Europe/London',
  });
  return { organisationId, owner: owner.personId, tom: tom.personId, crew: crew.id };
}

describe('a claim', () => {
  it('is half-open: the next one may begin where it ends', async () => {
    const tom = newId();
    await claim(t.ctx(), wish(tom, range('09:00', '10:00')));
    await claim(t.ctx(), wish(tom, range('10:00', '11:00')));
    await expectTaken(claim(t.ctx(), wish(tom, range('09:59', '10:01'))));
    await claim(t.ctx(), wish(newId(), range('09:59', '10:01')));
  });

  it('leaves the caller’s transaction usable when the time is taken', async () => {
    const tom = newId();
    await claim(t.ctx(), wish(tom, range('09:00', '10:00')));
    await inTransaction(t.ctx(), async (ctx) => {
      await expectTaken(claim(ctx, wish(tom, range('09:30', '10:30'))));
      await claim(ctx, wish(tom, range('10:00', '10:30')));
    });
    expect(await store.overlaps(t.ctx())).toEqual([{ pairs: 0 }]);
  });

  it('of a crew takes its members, and the time of a member blocks the crew, wholly or not at all', async () => {
    const { crew, tom, owner } = await team();
    const claimId = await claim(t.ctx(), wish(crew, range('09:00', '10:00')));
    await expectTaken(claim(t.ctx(), wish(tom, range('09:30', '11:00'))));
    await claim(t.ctx(), wish(owner, range('10:00', '11:00')));
    await expectTaken(claim(t.ctx(), wish(crew, range('10:30', '11:30'))));
    await claim(t.ctx(), wish(tom, range('10:30', '11:30')));
    await free(t.ctx(), claimId);
    await claim(t.ctx(), wish(tom, range('09:00', '10:00')));
  });

  it('of a tool of which there are two goes twice and no more', async () => {
    const { organisationId } = await team();
    const ladder = await addTool(t.ctx(), organisationId, { name: 'Ladder', pieces: 2, zone: 'Europe/London' });
    await claim(t.ctx(), wish(ladder, range('09:00', '12:00')));
    await claim(t.ctx(), wish(ladder, range('10:00', '11:00')));
    await expectTaken(claim(t.ctx(), wish(ladder, range('10:30', '12:30'))));
    await claim(t.ctx(), wish(ladder, range('11:00', '12:00')));
  });

  it('goes to the first of several who is free', async () => {
    const [busy, idle] = [newId(), newId()];
    await claim(t.ctx(), wish(busy, range('09:00', '10:00')));
    const wanted = { during: range('09:00', '10:00'), subject, label: 'Tap' };
    expect(await claimAny(t.ctx(), wanted, [busy, idle])).toMatchObject({ resourceId: idle });
    await expectTaken(claimAny(t.ctx(), wanted, [busy, idle]));
  });

  it('refuses an empty or turned range by the table itself', async () => {
    for (const during of [range('09:00', '09:00'), range('10:00', '09:00')]) {
      const error: unknown = await claim(t.ctx(), wish(newId(), during)).catch((error: unknown) => error);
      expect(['23514', '22000']).toContain(pgCode(error));
    }
  });

  it('meets the constraint also when a row is written by hand', async () => {
    const tom = newId();
    await claim(t.ctx(), wish(tom, range('09:00', '10:00')));
    const byHand = inTransaction(t.ctx(), (ctx) =>
      query(
        ctx,
        `insert into calendar_claim (region_id, claim_id, id, resource_id, during, state, subject_kind, subject_id, label, created_at)
         select region_id, gen_random_uuid(), gen_random_uuid(), resource_id, during, state, subject_kind, subject_id, label, created_at
         from calendar_claim where resource_id = $1`,
        [tom],
      ),
    );
    expect(pgCode(await byHand.catch((error: unknown) => error))).toBe('23P01');
  });
});

describe('the life of a claim', () => {
  it('is held, taken, freed, and taken again when still free', async () => {
    const tom = newId();
    const holdUntil = new Date('2026-10-25T08:15Z');
    const claimId = await claim(t.ctx(), wish(tom, range('09:00', '10:00'), { holdUntil }));
    expect(await stateOf(t.ctx(), claimId)).toEqual(['held']);
    await take(t.ctx(), claimId);
    expect(await stateOf(t.ctx(), claimId)).toEqual(['taken']);
    await free(t.ctx(), claimId);
    await free(t.ctx(), claimId);
    await reclaim(t.ctx(), claimId);
    expect(await stateOf(t.ctx(), claimId)).toEqual(['taken']);
  });

  it('cannot be taken again when somebody else has the time by now', async () => {
    const tom = newId();
    const claimId = await claim(t.ctx(), wish(tom, range('09:00', '10:00')));
    await free(t.ctx(), claimId);
    await claim(t.ctx(), wish(tom, range('09:30', '10:30')));
    await inTransaction(t.ctx(), async (ctx) => {
      await expectTaken(reclaim(ctx, claimId));
      expect(await stateOf(ctx, claimId)).toEqual(['freed']);
    });
  });

  it('moves, over its own time too, and stays where it was when the other time is taken', async () => {
    const tom = newId();
    const claimId = await claim(t.ctx(), wish(tom, range('09:00', '10:00')));
    await claim(t.ctx(), wish(tom, range('12:00', '13:00')));
    await move(t.ctx(), claimId, range('09:30', '10:30'));
    await expectTaken(move(t.ctx(), claimId, range('11:30', '12:30')));
    await claim(t.ctx(), wish(tom, range('09:00', '09:30')));
    await expectTaken(claim(t.ctx(), wish(tom, range('10:00', '10:15'))));
  });
});

describe('what it announces', () => {
  it('names each calendar whose free time changed', async () => {
    const { crew, tom, owner } = await team();
    const since = await query<{ n: number }>(t.ctx(), 'select count(*)::int as n from outbox');
    await claim(t.ctx(), wish(tom, range('09:00', '10:00')));
    const rows = await query<{ key: string; type: string }>(
      t.ctx(),
      'select key, type from outbox order by id offset $1',
      [since[0]?.n],
    );
    expect(rows.map((row) => row.key).toSorted()).toEqual([crew, tom].toSorted());
    expect(rows.every((row) => row.type === 'calendar.changed')).toBe(true);
    expect(rows.some((row) => row.key === owner)).toBe(false);
  });
});
