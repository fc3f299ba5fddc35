import { describe, expect, it } from 'vitest';
import { newId } from '../../../platform/ids.ts';
import { dbTest } from '../../../platform/testing.ts';
import { buildProvider, buildServiceman } from '../../identity/fixtures.ts';
import { claim } from '../claim/service.ts';
import { buildHours, everyDay } from '../fixtures.ts';
import { freeIn, slots, type SlotQuery } from './service.ts';
import { addCrewFor, setPlanFor } from '../plan/service.ts';
import * as plans from '../plan/store.ts';

const t = dbTest();
const at = (text: string) => new Date(`${text}Z`);
const day: SlotQuery = {
  resourceIds: [],
  from: at('2026-06-02T00:00'),
  to: at('2026-06-03T00:00'),
  durationMinutes: 120,
  bufferBefore: 0,
  bufferAfter: 0,
  noticeMinutes: 0,
  zone: 'Europe/London',
};
const claimFor = (resourceId: string, from: string, to: string) =>
  claim(t.ctx(), {
    resourceId,
    during: { from: at(from), to: at(to) },
    subject: { kind: 'booking', id: newId() },
    label: 'Work',
  });
const startsOf = async (query: Partial<SlotQuery>) =>
  (await slots(t.ctx(), { ...day, ...query })).map((slot) => slot.from.toISOString().slice(11, 16));

describe('slots of a team', () => {
  it('lie in the hours of whoever is free, without what is claimed', async () => {
    const [tom, bea] = [newId(), newId()];
    await buildHours(t.ctx(), tom, { weekly: everyDay('09:00', '12:00') });
    await buildHours(t.ctx(), bea, { weekly: everyDay('10:00', '13:00') });
    await claimFor(tom, '2026-06-02T08:00', '2026-06-02T09:30');
    const found = await slots(t.ctx(), { ...day, resourceIds: [tom, bea] });
    expect(found.map((slot) => [slot.from.toISOString().slice(11, 16), slot.date, slot.resourceIds.length])).toEqual([
      ['09:00', '2026-06-02', 1],
      ['09:30', '2026-06-02', 1],
      ['10:00', '2026-06-02', 1],
    ]);
  });

  it('are found by one statement, for one person as for fifty', async () => {
    const ids = Array.from({ length: 50 }, () => newId());
    for (const id of ids) await buildHours(t.ctx(), id, { weekly: everyDay('09:00', '12:00') });
    for (const resourceIds of [ids.slice(0, 1), ids]) {
      const before = t.db.statements;
      expect(await slots(t.ctx(), { ...day, resourceIds })).toHaveLength(3);
      expect(t.db.statements - before).toBe(1);
    }
  });

  it('keep the notice from the business clock and the buffers from other work', async () => {
    const tom = newId();
    await buildHours(t.ctx(), tom, { weekly: everyDay('09:00', '18:00') });
    await claimFor(tom, '2026-06-02T12:00', '2026-06-02T13:00');
    t.clock.set(at('2026-06-02T07:30'));
    expect(await startsOf({ resourceIds: [tom], noticeMinutes: 90, bufferAfter: 30, bufferBefore: 30 })).toEqual([
      '09:00',
      '09:30',
      '13:30',
      '14:00',
      '14:30',
      '15:00',
    ]);
  });

  it('name the day of the job’s zone while the hours are those of the worker’s zone', async () => {
    const tom = newId();
    await buildHours(t.ctx(), tom, { zone: 'Asia/Dubai', weekly: everyDay('01:00', '03:00') });
    const [slot] = await slots(t.ctx(), { ...day, resourceIds: [tom], to: at('2026-06-04T00:00') });
    expect(slot).toMatchObject({ from: at('2026-06-02T21:00'), date: '2026-06-02' });
  });

  it('follow an exception at once', async () => {
    const tom = newId();
    await buildHours(t.ctx(), tom);
    await plans.putException.run(
      t.ctx(),
      'gb',
      tom,
      '2026-06-02',
      JSON.stringify([{ from: '14:00', to: '16:30' }]),
      null,
    );
    expect(await startsOf({ resourceIds: [tom] })).toEqual(['13:00', '13:30']);
  });

  it('of a crew need the crew’s hours and all its members', async () => {
    const { organisationId, owner } = await buildProvider(t.ctx());
    const tom = await buildServiceman(t.ctx(), organisationId);
    await setPlanFor(t.ctx(), tom.personId, 'Europe/London', everyDay('09:00', '13:00'));
    const members = [owner.personId, tom.personId];
    const crew = await addCrewFor(t.ctx(), organisationId, {
      name: 'Van one',
      memberIds: members,
      leadPersonId: tom.personId,
      zone: 'Europe/London',
    });
    await claimFor(owner.personId, '2026-06-02T09:00', '2026-06-02T10:00');
    expect(await startsOf({ resourceIds: [crew.id] })).toEqual(['10:00']);
  });

  it('are none for somebody without hours', async () => {
    expect(await startsOf({ resourceIds: [newId()] })).toEqual([]);
    expect(await startsOf({ resourceIds: [] })).toEqual([]);
  });
});

describe('free stretches in bulk', () => {
  it('are the open hours without the claims, clipped to the window', async () => {
    const [tom, bea, nobody] = [newId(), newId(), newId()];
    await buildHours(t.ctx(), tom, { weekly: everyDay('09:00', '12:00') });
    await buildHours(t.ctx(), bea, { weekly: everyDay('08:00', '10:00') });
    await claimFor(tom, '2026-06-02T09:00', '2026-06-02T10:00');
    const window = { from: at('2026-06-02T08:30'), to: at('2026-06-02T12:00') };
    const free = await freeIn(t.ctx(), [tom, bea, nobody], window);
    expect(free).toEqual(
      new Map([
        [
          tom,
          [
            { from: at('2026-06-02T08:30'), to: at('2026-06-02T09:00') },
            { from: at('2026-06-02T10:00'), to: at('2026-06-02T11:00') },
          ],
        ],
        [bea, [{ from: at('2026-06-02T08:30'), to: at('2026-06-02T09:00') }]],
        [nobody, []],
      ]),
    );
  });
});
