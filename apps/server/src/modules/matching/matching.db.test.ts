import { describe, expect, it } from 'vitest';
import { query } from '../../platform/db/statement.ts';
import type { Event } from '../../platform/outbox.ts';
import { dbTest } from '../../platform/testing.ts';
import { claimAny } from '../calendar/index.ts';
import { buildHours } from '../calendar/fixtures.ts';
import { buildServiceman, buildUser } from '../identity/fixtures.ts';
import { buildZones } from '../zones/fixtures.ts';
import { flushAnswers, keptResults, pruneAnswers, replay } from './answers.ts';
import { rankCrews } from './crews.ts';
import { buildCompany, buildListing } from './fixtures.ts';
import * as listeners from './listeners.ts';
import { providerFront, servicePage } from './pages.ts';
import { reckonUsualPrices, refresh, refreshCompany, refreshRegion, rollDays } from './refresh.ts';
import { search } from './search.ts';
import * as signals from './signals.ts';
import * as store from './store.ts';
import { whyNotShown } from './visibility.ts';

const t = dbTest();
const centre = { lat: 51.4405, lng: -2.601 };

const event = (type: string, key: string, data: Event['data'], at = t.clock.now()): Event => ({
  id: '01900000-0000-7000-8000-000000000000',
  type,
  key,
  topics: [],
  data,
  regionId: 'gb',
  requestId: 'test',
  at,
});

/** How many tasks of a name wait. */
async function waiting(task: string): Promise<number> {
  const rows = await query<{ n: number }>(
    t.ctx(),
    `select count(*)::int as n from pgboss.job where data ->> 'task' = $1`,
    [task],
  );
  return rows[0]?.n ?? 0;
}

describe('pages', () => {
  it('describe a service in one statement and a company in two', async () => {
    const zones = await buildZones(t.ctx());
    const company = await buildCompany(t.ctx(), { reviews: 5, stars: 4 });
    const id = await buildListing(t.ctx(), company);
    // Asked twice: the first may look whether the copy of the zones is still fresh.
    await servicePage(t.ctx(), id);
    let before = t.db.statements;
    const page = await servicePage(t.ctx(), id);
    expect(t.db.statements - before).toBe(1);
    expect(page).toMatchObject({
      title: 'Leaking tap repaired',
      provider: { name: 'Novak Plumbing', slug: 'novak-plumbing', foundedYear: 2009 },
      vatIncluded: true,
      rating: { average: 4, count: 5 },
      price: { kind: 'fixed', amount: { minor: '8500', currency: 'GBP' }, per: 'job' },
      timeZone: 'Europe/London',
      baseZone: { zoneId: zones.centre.zoneId },
      can: { book: true, askQuote: false, edit: false },
    });
    expect(page.nextFree).toEqual({ at: '2026-06-01T11:00:00.000Z', zone: 'Europe/London' });
    await providerFront(t.ctx(company.owner), 'novak-plumbing');
    before = t.db.statements;
    const front = await providerFront(t.ctx(company.owner), 'novak-plumbing');
    expect(t.db.statements - before).toBe(2);
    expect(front).toMatchObject({
      name: 'Novak Plumbing',
      services: [{ serviceId: id, why: [], metres: null }],
      can: { edit: true },
    });
  });

  it('show the base of a company no more exactly than half a kilometre', async () => {
    await buildZones(t.ctx());
    const id = await buildListing(
      t.ctx(),
      await buildCompany(t.ctx(), { profile: { base: { lat: 51.441234, lng: -2.601234 } } }),
    );
    expect((await servicePage(t.ctx(), id)).point).toEqual({ lat: 51.44, lng: -2.6 });
  });

  it('are not there for what is not shown', async () => {
    await buildZones(t.ctx());
    const company = await buildCompany(t.ctx());
    const id = await buildListing(t.ctx(), company);
    await query(t.ctx(), `update service set state = 'archived' where id = $1`, [id]);
    await refreshCompany(t.ctx(), company.organisationId);
    await expect(servicePage(t.ctx(), id)).rejects.toMatchObject({ code: 'access.not_found' });
    await expect(providerFront(t.ctx(), 'novak-plumbing')).rejects.toMatchObject({ code: 'access.not_found' });
  });
});

describe('the read model', () => {
  it('counts the same after any number of rebuilds, and nothing when all is gone', async () => {
    await buildZones(t.ctx());
    const company = await buildCompany(t.ctx());
    await buildListing(t.ctx(), company);
    await buildListing(t.ctx(), company, { title: 'Boiler service', categoryId: 'heating' });
    const counts = () =>
      query<{ what: string; n: number }>(
        t.ctx(),
        `
      select 'kinds' as what, coalesce(sum(n), 0)::int as n from match_count union all
      select 'lexemes', coalesce(sum(documents), 0)::int from match_lexeme union all
      select 'market', documents from match_market where region_id = 'gb' union all
      select 'length', length::int from match_market where region_id = 'gb' union all
      select 'places', count(*)::int from match_place order by what`,
      );
    const before = await counts();
    await refreshRegion(t.ctx());
    await refreshCompany(t.ctx(), company.organisationId);
    expect(await counts()).toEqual(before);
    expect(before.find(({ what }) => what === 'places')?.n).toBe(2 * 4);
    await query(t.ctx(), `update service set state = 'archived'`);
    expect(await refreshRegion(t.ctx())).toBe(2);
    expect((await counts()).map(({ n }) => n)).toEqual([0, 0, 0, 0, 0]);
  });

  it('notices time that is taken', async () => {
    await buildZones(t.ctx());
    const company = await buildCompany(t.ctx());
    const id = await buildListing(t.ctx(), company);
    const day = { date: '2026-06-02', timeFrom: '09:00', timeTo: '10:00' };
    expect((await search(t.ctx(), { q: 'tap', ...day })).items).toHaveLength(1);
    const during = { from: new Date('2026-06-02T07:00:00Z'), to: new Date('2026-06-02T12:00:00Z') };
    await claimAny(t.ctx(), { during, subject: { kind: 'booking', id }, label: 'Leaking tap repaired' }, [
      company.owner.personId,
    ]);
    await refresh(t.ctx(), [id]);
    expect((await search(t.ctx(), { q: 'tap', ...day })).items).toEqual([]);
  });

  it('moves its days on', async () => {
    await buildZones(t.ctx());
    const company = await buildCompany(t.ctx());
    await buildListing(t.ctx(), company);
    await rollDays(t.ctx());
    expect(await waiting('matching.refresh')).toBe(0);
    t.clock.advance({ days: 1 });
    await rollDays(t.ctx());
    expect(await waiting('matching.refresh')).toBe(1);
    await refreshCompany(t.ctx(), company.organisationId);
    expect((await store.behind.all(t.ctx(), 'gb', 30_000, 5)).length).toBe(1);
  });

  it('asks once for many events of a company', async () => {
    await buildZones(t.ctx());
    const company = await buildCompany(t.ctx());
    await buildListing(t.ctx(), company);
    const { organisationId, owner } = company;
    for (const type of ['catalogue.service_changed', 'catalogue.provider_changed', 'trust.badges_changed']) {
      await listeners.companyChanged(t.ctx(), event(type, organisationId, { organisationId }));
    }
    await listeners.calendarChanged(t.ctx(), event('calendar.changed', owner.personId, { resourceId: owner.personId }));
    expect(await waiting('matching.refresh')).toBe(1);
    await listeners.refreshTask(t.ctx(), { organisationId });
    expect((await search(t.ctx(), { q: 'tap' })).items).toHaveLength(1);
  });

  it('knows the usual price of a kind of work', async () => {
    await buildZones(t.ctx());
    for (const [index, priceMinor] of ['8000', '10000', '30000'].entries()) {
      await buildListing(t.ctx(), await buildCompany(t.ctx(), { name: `Pipes ${index}` }), { priceMinor });
    }
    await reckonUsualPrices(t.ctx());
    await refreshRegion(t.ctx());
    const { items } = await search(t.ctx(), { q: 'tap', sort: 'price' });
    expect(items[0]?.why).toContainEqual({ code: 'fair_price', percentBelowUsual: 20 });
    expect(items[2]?.why.map(({ code }) => code)).not.toContain('fair_price');
  });
});

describe('signals', () => {
  it('learn how fast a company answers, what it finishes and what it lets down', async () => {
    await buildZones(t.ctx());
    const { organisationId } = await buildCompany(t.ctx());
    const about = { organisationId };
    const hour = 3_600_000;
    const start = t.clock.now();
    for (let i = 0; i < 6; i += 1) {
      const booking = `01900000-0000-7000-8000-00000000000${i}`;
      await signals.requested(t.ctx(), event('booking.requested', booking, about, start));
      await signals.answered(
        t.ctx(),
        event('booking.confirmed', booking, about, new Date(start.getTime() + (i < 4 ? hour / 2 : 2 * hour))),
      );
      await signals.completed(t.ctx(), event('booking.completed', booking, about));
    }
    await signals.failed(
      t.ctx(),
      event('booking.cancelled', '01900000-0000-7000-8000-00000000000a', { ...about, by: 'provider' }),
    );
    await signals.failed(
      t.ctx(),
      event('booking.cancelled', '01900000-0000-7000-8000-00000000000b', { ...about, by: 'customer' }),
    );
    const [row] = await store.signalsOf.all(t.ctx(), [organisationId]);
    expect(row).toMatchObject({ asked: 6, answered_fast: 4, done: 6, failed: 1, penalties: [start] });
    expect((await store.marketOf.one(t.ctx(), 'gb')).bookings).toBe(7n);
    expect(await waiting('matching.refresh')).toBe(1);
  });

  it('count an answer once, and silence as no answer', async () => {
    await buildZones(t.ctx());
    const { organisationId } = await buildCompany(t.ctx());
    const booking = '01900000-0000-7000-8000-000000000001';
    await signals.requested(t.ctx(), event('booking.requested', booking, { organisationId }));
    await signals.unanswered(t.ctx(), event('booking.expired', booking, { organisationId }));
    await signals.answered(t.ctx(), event('booking.confirmed', booking, { organisationId }));
    expect(await store.signalsOf.all(t.ctx(), [organisationId])).toMatchObject([{ asked: 1, answered_fast: 0 }]);
  });
});

describe('crews for a call', () => {
  const window = { from: new Date('2026-06-01T10:00:00Z'), to: new Date('2026-06-01T13:00:00Z') };
  const ask = (categoryId = 'plumbing') => rankCrews(t.ctx(), { categoryId, point: centre, window, limit: 3 });

  it('are people who are free, each once, the best first', async () => {
    await buildZones(t.ctx());
    const good = await buildCompany(t.ctx(), { name: 'Good', reviews: 30 });
    const plain = await buildCompany(t.ctx(), { name: 'Plain', reviews: 30, stars: 2 });
    await buildListing(t.ctx(), good, { onDemand: true });
    await buildListing(t.ctx(), good, { onDemand: true, title: 'Burst pipe mended' });
    await buildListing(t.ctx(), plain, { onDemand: true, priceKind: 'hourly', priceMinor: '6000' });
    await buildListing(t.ctx(), await buildCompany(t.ctx(), { name: 'By appointment' }));
    const crews = await ask();
    expect(crews.map(({ organisationName }) => organisationName)).toEqual(['Good', 'Plain']);
    expect(crews[0]).toMatchObject({
      resourceId: good.owner.personId,
      priceMinor: 8500n,
      vatRateBp: 2000,
      currency: 'GBP',
    });
    expect(crews[1]).toMatchObject({ priceKind: 'hourly', priceMinor: 6000n });
    expect(await ask('roofing')).toEqual([]);
    expect(await ask('nonsense')).toEqual([]);
  });

  it('leave out whoever is busy or closed, and take a colleague who is free', async () => {
    await buildZones(t.ctx());
    const company = await buildCompany(t.ctx());
    const tom = await buildServiceman(t.ctx(), company.organisationId);
    const id = await buildListing(t.ctx(), company, { onDemand: true });
    await query(t.ctx(), 'insert into service_team (region_id, service_id, person_id) values ($1, $2, $3)', [
      'gb',
      id,
      tom.personId,
    ]);
    expect((await ask()).map(({ resourceId }) => resourceId)).toEqual([company.owner.personId]);
    await buildHours(t.ctx(), tom.personId);
    await claimAny(t.ctx(), { during: window, subject: { kind: 'booking', id }, label: 'Leaking tap repaired' }, [
      company.owner.personId,
    ]);
    expect((await ask()).map(({ resourceId }) => resourceId)).toEqual([tom.personId]);
  });
});

describe('why a service is not shown', () => {
  const codes = async (...args: Parameters<typeof whyNotShown>) =>
    (await whyNotShown(...args)).reasons.map(({ code }) => code);

  it('names what keeps it out of every search, with the remedy', async () => {
    const zones = await buildZones(t.ctx());
    const company = await buildCompany(t.ctx());
    const id = await buildListing(t.ctx(), company);
    const ctx = t.ctx(company.owner);
    expect(await whyNotShown(ctx, id, {})).toMatchObject({
      shown: true,
      rank: 1,
      total: { n: 1, more: false },
      reasons: [],
    });
    await query(t.ctx(), `delete from verification where kind = 'insurance'`);
    await query(t.ctx(), `update service set state = 'paused' where id = $1`, [id]);
    await query(t.ctx(), `delete from coverage where zone_id = any($1)`, [
      Object.values(zones).map(({ zoneId }) => zoneId),
    ]);
    await refresh(t.ctx(), [id]);
    const { shown, reasons } = await whyNotShown(ctx, id, {});
    expect(shown).toBe(false);
    expect(reasons).toMatchObject([
      { code: 'not_published', remedy: 'publish' },
      { code: 'insurance_lapsed', remedy: 'renew_insurance', about: ['insurance'] },
      { code: 'no_coverage', remedy: 'add_coverage' },
    ]);
  });

  it.each([
    ['another category', { category: 'roofing' as const }, ['category_differs']],
    ['words that it lacks', { q: 'leaking boiler' }, ['words_differ']],
    ['a lower price', { priceMax: 5000 }, ['price_above']],
    ['more stars than it has reviews for', { ratingMin: 4 }, ['rating_too_few']],
    ['a closed hour', { date: '2026-06-02', timeFrom: '20:00', timeTo: '22:00' }, ['not_free_then']],
    ['on demand', { onDemand: true }, ['not_on_demand']],
    ['another piece of the map', { bbox: '-2.5,51.5,-2.4,51.6' }, ['off_the_map']],
    [
      'all of these at once',
      { category: 'roofing' as const, priceMax: 1, onDemand: true },
      ['category_differs', 'price_above', 'not_on_demand'],
    ],
  ])('names what a search for %s wants', async (_, q, expected) => {
    await buildZones(t.ctx());
    const other = await buildCompany(t.ctx(), { name: 'Other' });
    await buildListing(t.ctx(), other, { title: 'Boiler that leaks mended', onDemand: true });
    const company = await buildCompany(t.ctx());
    const id = await buildListing(t.ctx(), company);
    expect(await codes(t.ctx(company.owner), id, q)).toEqual(expected);
  });

  it('names the zone that it does not serve', async () => {
    const zones = await buildZones(t.ctx());
    const company = await buildCompany(t.ctx(), { zoneIds: [zones.easton.zoneId] });
    const id = await buildListing(t.ctx(), company);
    const { reasons } = await whyNotShown(t.ctx(company.owner), id, centre);
    expect(reasons).toMatchObject([{ code: 'zone_not_covered', about: ['Centre'], remedy: 'add_coverage' }]);
  });

  it('tells one behind the first page what would lift it', async () => {
    await buildZones(t.ctx());
    const best = await buildCompany(t.ctx(), { name: 'Best', reviews: 40 });
    for (let i = 0; i < 21; i += 1) await buildListing(t.ctx(), best, { title: `Leaking tap number ${i}` });
    const company = await buildCompany(t.ctx(), {
      reviews: 40,
      stars: 1,
      profile: { base: { lat: 51.479, lng: -2.58 } },
    });
    const id = await buildListing(t.ctx(), company);
    const { rank, reasons } = await whyNotShown(t.ctx(company.owner), id, { q: 'tap', ...centre });
    expect(rank).toBe(22);
    expect(reasons[0]).toMatchObject({ code: 'ranked_below' });
    expect(reasons[0]?.gains.map(({ part }) => part)).toEqual(expect.arrayContaining(['quality', 'distance']));
  });

  it('is told to its own side only', async () => {
    await buildZones(t.ctx());
    const id = await buildListing(t.ctx(), await buildCompany(t.ctx()));
    const rival = await buildCompany(t.ctx(), { name: 'Rival' });
    for (const actor of [rival.owner, await buildUser(t.ctx())]) {
      await expect(whyNotShown(t.ctx(actor), id, {})).rejects.toMatchObject({ code: 'access.not_found' });
    }
  });
});

describe('kept answers', () => {
  it('can be ranked again and give the same scores, and hold no person', async () => {
    await buildZones(t.ctx());
    for (let i = 0; i < 3; i += 1)
      await buildListing(t.ctx(), await buildCompany(t.ctx(), { name: `Pipes ${i}`, reviews: i * 4, stars: 3 + i }));
    const amira = await buildUser(t.ctx());
    const { searchId, items } = await search(t.ctx(amira), {
      q: 'leaking tap',
      ...centre,
      date: '2026-06-03',
      insured: true,
    });
    expect(await flushAnswers(t.ctx())).toBeGreaterThan(0);
    const again = await replay(t.ctx(), searchId);
    expect(again.isSame).toBe(true);
    expect(again.items.map(({ serviceId }) => serviceId)).toEqual(items.map(({ serviceId }) => serviceId));
    for (const { score, replayed } of again.items) expect(replayed).toBe(score);
    expect(again.row.query).toEqual({
      date: '2026-06-03',
      insured: true,
      words: ['leaking', 'tap'],
      zone: 'centre',
      found: 3,
    });
    const text = JSON.stringify(await query(t.ctx(), 'select id, query from match_answer'));
    expect(text).not.toContain(amira.personId);
  });

  it('keep the first twenty, of first pages only, for 30 days', async () => {
    await buildZones(t.ctx());
    const company = await buildCompany(t.ctx());
    for (let i = 0; i < 23; i += 1) await buildListing(t.ctx(), company, { title: `Leaking tap number ${i}` });
    const first = await search(t.ctx(), { q: 'tap', limit: 5 });
    await search(t.ctx(), { q: 'tap', limit: 5, cursor: first.next ?? '' });
    expect(await flushAnswers(t.ctx())).toBe(1);
    expect((await replay(t.ctx(), first.searchId)).items).toHaveLength(keptResults);
    t.clock.advance({ days: 29 });
    expect(await pruneAnswers(t.ctx())).toBe(0);
    t.clock.advance({ days: 2 });
    expect(await pruneAnswers(t.ctx())).toBe(1);
    await expect(replay(t.ctx(), first.searchId)).rejects.toMatchObject({ code: 'access.not_found' });
  });
});
