import { describe, expect, it } from 'vitest';
import { advanceClock, createClock, parseDuration } from './clock.ts';
import { isRefusal } from './errors.ts';
import { dbTest } from './testing.ts';

const t = dbTest();
const day = 86_400_000;

const ahead = (clock: { now(): Date }) => Math.round((clock.now().getTime() - Date.now()) / 1000);

describe('the business clock', () => {
  it('moves for every process that asks it to be fresh', async () => {
    const ctx = t.ctx();
    const here = createClock(ctx.db, { movable: true });
    const there = createClock(ctx.db, { movable: true });
    await Promise.all([here.refresh(), there.refresh()]);
    expect(await advanceClock(ctx, 3 * day, true)).toBe(3 * day);
    await here.refresh(true);
    expect(ahead(here)).toBe(3 * 86_400);
    // The other one believes what it knows for a quarter of a second.
    expect(ahead(there)).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 260));
    await there.refresh();
    expect(ahead(there)).toBe(3 * 86_400);
  });

  it('reads the offset at most four times a second', async () => {
    const ctx = t.ctx();
    const clock = createClock(ctx.db, { movable: true });
    await clock.refresh();
    const before = ctx.db.statements;
    for (let n = 0; n < 50; n += 1) await clock.refresh();
    expect(ctx.db.statements).toBe(before);
  });

  it('stands on real time in production, and is refused to move', async () => {
    const ctx = t.ctx();
    await advanceClock(ctx, day, true);
    const clock = createClock(ctx.db, { movable: false });
    await clock.refresh(true);
    expect(ahead(clock)).toBe(0);
    await expect(advanceClock(ctx, day, false)).rejects.toSatisfy((error) => isRefusal(error, 'access.forbidden'));
  });

  it('never goes back', async () => {
    await expect(advanceClock(t.ctx(), -1, true)).rejects.toThrow(/forward/);
  });
});

describe('a duration', () => {
  it.each([
    ['3d', 3 * day],
    ['90m', 5_400_000],
    ['1d 6h', 30 * 3_600_000],
    ['15s', 15_000],
    ['', undefined],
    ['3', undefined],
    ['-3d', undefined],
    ['3w', undefined],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });
});
