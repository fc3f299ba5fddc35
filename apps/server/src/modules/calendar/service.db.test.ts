import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { dbTest } from '../../platform/testing.ts';
import { buildMember, buildProvider, buildServiceman, buildUser } from '../identity/fixtures.ts';
import { claim } from './claim/service.ts';
import { everyDay } from './fixtures.ts';
import * as plan from './plan/service.ts';
import { presentClaim, presentPlan } from './present.ts';
import * as calendar from './service.ts';

const t = dbTest();
const refusal = async (act: Promise<unknown>) => {
  const error: unknown = await act.then(
    () => undefined,
    (error: unknown) => error,
  );
  return isRefusal(error) ? error.code : error;
};
const hours = everyDay('09:00', '17:00');
const zone = 'Europe/London';

async function team() {
  const { organisationId, owner } = await buildProvider(t.ctx());
  const tom = await buildServiceman(t.ctx(), organisationId);
  const colleague = await buildServiceman(t.ctx(), organisationId, 'Ivy Lane');
  const dispatcher = await buildMember(t.ctx(), organisationId, ['dispatcher'], 'Dan Pugh');
  const stranger = (await buildProvider(t.ctx(), { name: 'Other Ltd', owner: 'Olga Reed' })).owner;
  return { organisationId, owner, tom, colleague, dispatcher, stranger };
}

describe('who may do what with a calendar', () => {
  it('is decided by whose it is and by the team', async () => {
    const { owner, tom, colleague, dispatcher, stranger } = await team();
    const set = (actor: typeof tom) => refusal(plan.setPlan(t.ctx(actor), tom.personId, zone, hours));
    const see = (actor: typeof tom) => refusal(plan.planOf(t.ctx(actor), tom.personId));
    expect([await set(tom), await set(owner), await set(dispatcher)]).toEqual([undefined, undefined, undefined]);
    expect(await see(colleague)).toBeUndefined();
    expect(await set(colleague)).toBe('access.forbidden');
    expect([await see(stranger), await set(stranger)]).toEqual(['access.not_found', 'access.not_found']);
    expect(await see(await buildUser(t.ctx()))).toBe('access.not_found');
  });

  it('of a crew belongs to its organisation', async () => {
    const { organisationId, owner, tom, colleague, stranger } = await team();
    const crew = { name: 'Van one', memberIds: [tom.personId], leadPersonId: tom.personId, zone };
    const { id } = await plan.addCrew(t.ctx(owner), organisationId, crew);
    expect(await refusal(plan.setPlan(t.ctx(owner), id, zone, hours))).toBeUndefined();
    expect(await refusal(plan.setPlan(t.ctx(colleague), id, zone, hours))).toBe('access.forbidden');
    expect(await refusal(plan.planOf(t.ctx(stranger), id))).toBe('access.not_found');
    expect(await refusal(plan.addCrew(t.ctx(colleague), organisationId, crew))).toBe('access.forbidden');
    expect(await refusal(plan.addCrew(t.ctx(stranger), organisationId, crew))).toBe('access.not_found');
    expect(await refusal(plan.resources(t.ctx(stranger), organisationId))).toBe('access.not_found');
    expect((await plan.resources(t.ctx(colleague), organisationId)).map((one) => one.kind).toSorted()).toEqual([
      'crew',
      'person',
      'person',
      'person',
      'person',
    ]);
  });
});

describe('a plan', () => {
  it('shows weekly hours with exceptions, and an empty one in the market’s zone before', async () => {
    const { tom } = await team();
    expect(presentPlan(await plan.planOf(t.ctx(tom), tom.personId))).toMatchObject({
      zone,
      weekly: [],
      updatedAt: null,
    });
    await plan.setPlan(t.ctx(tom), tom.personId, zone, hours);
    await plan.setException(t.ctx(tom), tom.personId, '2026-06-03', [], 'Away');
    const view = presentPlan(await plan.planOf(t.ctx(tom), tom.personId));
    expect(view).toMatchObject({
      weekly: hours,
      exceptions: [{ date: '2026-06-03', hours: [], note: 'Away' }],
      can: { edit: true },
    });
    expect(presentPlan(await plan.removeException(t.ctx(tom), tom.personId, '2026-06-03')).exceptions).toEqual([]);
  });

  it('refuses a zone that nobody knows and windows that overlap', async () => {
    const { tom } = await team();
    const set = (zone: string, weekly: typeof hours) => refusal(plan.setPlan(t.ctx(tom), tom.personId, zone, weekly));
    expect(await set('Europe/Bristol', hours)).toBe('calendar.unknown_zone');
    expect(await set(zone, [...hours, { weekday: 3, from: '16:00', to: '18:00' }])).toBe('calendar.hours_overlap');
    const twice = [
      { from: '09:00', to: '12:00' },
      { from: '11:00', to: '13:00' },
    ];
    expect(await refusal(plan.setException(t.ctx(tom), tom.personId, '2026-06-03', twice))).toBe(
      'calendar.hours_overlap',
    );
  });

  it('wants crews made of members, with the lead among them', async () => {
    const { organisationId, owner, tom, stranger } = await team();
    const crew = { name: 'Van', memberIds: [tom.personId, stranger.personId], leadPersonId: tom.personId, zone };
    expect(await refusal(plan.addCrew(t.ctx(owner), organisationId, crew))).toBe('calendar.members_invalid');
    const leadless = { ...crew, memberIds: [tom.personId], leadPersonId: owner.personId };
    expect(await refusal(plan.addCrew(t.ctx(owner), organisationId, leadless))).toBe('calendar.members_invalid');
  });
});

describe('blocks', () => {
  const window = { from: new Date('2026-06-02T09:00Z'), to: new Date('2026-06-02T12:00Z') };

  it('take one’s own time and give it back', async () => {
    const { tom } = await team();
    const { claim: row } = await calendar.block(t.ctx(tom), tom.personId, window, 'Dentist');
    expect(await refusal(calendar.block(t.ctx(tom), tom.personId, window, 'Twice'))).toBe('calendar.slot_taken');
    await calendar.unblock(t.ctx(tom), tom.personId, row.claim_id);
    expect((await calendar.claimsOf(t.ctx(tom), tom.personId, window)).rows).toEqual([]);
  });

  it('are not a way to free the time of a booking, nor of somebody else', async () => {
    const { tom, colleague, owner } = await team();
    const subject = { kind: 'booking', id: newId() };
    const claimId = await claim(t.ctx(), {
      resourceId: tom.personId,
      during: window,
      subject,
      label: 'Boiler service',
    });
    expect(await refusal(calendar.unblock(t.ctx(tom), tom.personId, claimId))).toBe('calendar.claimed_by_booking');
    expect(await refusal(calendar.unblock(t.ctx(owner), colleague.personId, claimId))).toBe('access.not_found');
    expect(await refusal(calendar.unblock(t.ctx(colleague), tom.personId, claimId))).toBe('access.forbidden');
    const { rows, zone, mayEdit } = await calendar.claimsOf(t.ctx(tom), tom.personId, window);
    expect(rows.map((row) => presentClaim(row, zone, mayEdit))).toEqual([
      {
        claimId,
        resourceId: tom.personId,
        kind: 'booking',
        bookingId: subject.id,
        label: 'Boiler service',
        from: { at: '2026-06-02T09:00:00.000Z', zone },
        to: { at: '2026-06-02T12:00:00.000Z', zone },
        state: 'taken',
        can: { remove: false },
      },
    ]);
  });

  it('refuse a window that is empty or too long', async () => {
    const { tom } = await team();
    const ask = (from: string, to: string) =>
      refusal(calendar.claimsOf(t.ctx(tom), tom.personId, { from: new Date(from), to: new Date(to) }));
    expect(await ask('2026-06-02', '2026-06-02')).toBe('calendar.window_invalid');
    expect(await ask('2026-06-02', '2026-09-02')).toBe('calendar.window_invalid');
    expect(await ask('2026-06-02', '2026-06-09')).toBeUndefined();
  });
});
