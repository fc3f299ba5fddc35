import { describe, expect, it } from 'vitest';
import type { SearchQuery } from '@plumbline/contracts/matching';
import { query } from '../../platform/db/statement.ts';
import { dbTest } from '../../platform/testing.ts';
import { buildHours } from '../calendar/fixtures.ts';
import { buildUser } from '../identity/fixtures.ts';
import { buildZones } from '../zones/fixtures.ts';
import { region } from '../zones/index.ts';
import { aService } from '../catalogue/fixtures.ts';
import { flushAnswers, replay } from './answers.ts';
import { buildCompany, buildListing, type Company } from './fixtures.ts';
import { refreshCompany } from './refresh.ts';
import { search } from './search.ts';
import { addReviews } from './signals.ts';

const t = dbTest();
const centre = { lat: 51.4405, lng: -2.601 };

const find = (q: SearchQuery = {}) => search(t.ctx(), q);
const titles = async (q: SearchQuery = {}) => (await find(q)).items.map(({ title }) => title);

/** Five listings of two companies in the centre. */
async function market() {
  const zones = await buildZones(t.ctx());
  const novak = await buildCompany(t.ctx(), { reviews: 6, stars: 5 });
  const bright = await buildCompany(t.ctx(), { name: 'Bright Sparks', profile: { base: { lat: 51.46, lng: -2.58 } } });
  const tap = await buildListing(t.ctx(), novak, {
    title: 'Leaking tap repaired',
    tags: ['tap', 'leak', 'dripping'],
    priceMinor: '8500',
  });
  const boiler = await buildListing(t.ctx(), novak, {
    title: 'Boiler service',
    summary: 'Every year.',
    categoryId: 'heating',
    tags: ['boiler'],
    priceMinor: '9500',
    description: 'Yearly service of a gas boiler with a written report of all readings.',
  });
  const toilet = await buildListing(t.ctx(), novak, {
    title: 'Toilet unblocked',
    summary: 'Day and night.',
    tags: ['toilet', 'blockage'],
    priceMinor: '12000',
    onDemand: true,
    description: 'A blocked toilet is freed by hand or by machine, and the drain is rinsed.',
  });
  const socket = await buildListing(t.ctx(), bright, {
    title: 'Socket replaced',
    summary: 'Tested and safe.',
    categoryId: 'electrical',
    tags: ['socket', 'electrician'],
    priceMinor: '7000',
    description: 'A broken socket is replaced by a new one and tested for earth.',
  });
  const light = await buildListing(t.ctx(), bright, {
    title: 'Kitchen lights fitted',
    summary: 'Bright corners.',
    categoryId: 'electrical',
    tags: ['lights', 'electrician'],
    priceKind: 'quote',
    priceMinor: null,
    description: 'Spotlights or pendants, wired and fitted, with dimmers where you want them.',
  });
  return { zones, novak, bright, tap, boiler, toilet, socket, light };
}

describe('search by words', () => {
  it('finds what has all the words, in any of its forms', async () => {
    await market();
    expect(await titles({ q: 'leaking taps' })).toEqual(['Leaking tap repaired']);
    expect(await titles({ q: 'electricians' })).toEqual(
      expect.arrayContaining(['Socket replaced', 'Kitchen lights fitted']),
    );
    expect(await titles({ q: 'Novak' })).toHaveLength(3);
  });

  it.each([
    ['bolier', 'Boiler service', 'boiler'],
    ['electricain', 'Socket replaced', 'electrician'],
    ['toliet', 'Toilet unblocked', 'toilet'],
    ['sockte', 'Socket replaced', 'socket'],
    ['elctrician', 'Socket replaced', 'electrician'],
    ['driping tap', 'Leaking tap repaired', 'dripping tap'],
    ['plumer', 'Leaking tap repaired', 'plumbing'],
    ['leakng tap', 'Leaking tap repaired', 'leaking tap'],
    ['spotlihgts', 'Kitchen lights fitted', 'spotlights'],
  ])('forgives a typo: %s', async (q, title, corrected) => {
    await market();
    const reply = await find({ q });
    expect(reply.items.map((item) => item.title)).toContain(title);
    expect(reply.understood.corrected).toBe(corrected);
  });

  it('completes the beginning of a word', async () => {
    await market();
    expect(await titles({ q: 'elec' })).toHaveLength(2);
  });

  it('does not correct a word that is right, nor one of three letters', async () => {
    await market();
    expect((await find({ q: 'boiler' })).understood.corrected).toBeNull();
    expect((await find({ q: 'xap' })).items).toEqual([]);
  });

  it('shows what has most of the words when nothing has all, the best match first, and says so', async () => {
    await market();
    const reply = await find({ q: 'boiler socket report' });
    expect(reply.understood.someWords).toBe(true);
    expect(reply.items[0]?.title).toBe('Boiler service');
    expect(reply.items.map(({ title }) => title)).toContain('Socket replaced');
  });

  it('finds nothing for words that nothing resembles', async () => {
    await market();
    expect(await find({ q: 'zeppelin' })).toMatchObject({ items: [], total: { n: 0, more: false } });
  });

  it('takes a place out of the words', async () => {
    await market();
    await query(t.ctx(), `update region set zones_version = zones_version`);
    const reply = await find({ q: 'tap in Easton' });
    expect(reply.understood).toMatchObject({ place: { name: 'Easton' }, zone: { slug: 'easton' } });
    expect(reply.items.map(({ title }) => title)).toEqual(['Leaking tap repaired']);
  });

  it('reads quotes, backslashes and operators as nothing but words', async () => {
    await market();
    for (const q of [`'tap'`, String.raw`tap\'`, `tap & ! | :* <->`, `'); drop table region; --`, '~z-1', '%_']) {
      await expect(find({ q })).resolves.toBeDefined();
    }
    expect(await titles({ q: `'tap' & !` })).toEqual(['Leaking tap repaired']);
  });
});

describe('filters', () => {
  it('by category, price, stars, insurance, on demand', async () => {
    await market();
    expect(await titles({ category: 'electrical' })).toHaveLength(2);
    expect((await titles({ priceMax: 9000 })).toSorted()).toEqual(['Leaking tap repaired', 'Socket replaced']);
    expect(await titles({ ratingMin: 4.5 })).toHaveLength(3);
    expect(await titles({ insured: true })).toHaveLength(5);
    expect(await titles({ onDemand: true })).toEqual(['Toilet unblocked']);
    expect(await titles({ category: 'plumbing', priceMax: 9000, ratingMin: 4, insured: true, q: 'tap' })).toEqual([
      'Leaking tap repaired',
    ]);
  });

  it('by the zone of the place: a company that does not serve it is not found', async () => {
    const { zones } = await market();
    const far = await buildCompany(t.ctx(), { name: 'Far Pipes', zoneIds: [zones.easton.zoneId] });
    await buildListing(t.ctx(), far, { title: 'Pipes laid far away' });
    expect(await titles({ q: 'pipes', ...centre })).not.toContain('Pipes laid far away');
    expect(await titles({ q: 'pipes', lat: 51.45, lng: -2.55 })).toContain('Pipes laid far away');
  });

  it('by a piece of the map', async () => {
    await market();
    expect(await titles({ bbox: '-2.59,51.45,-2.57,51.47' })).toHaveLength(2);
    expect(await titles({ bbox: '-2.61,51.43,-2.59,51.45', q: 'tap' })).toEqual(['Leaking tap repaired']);
  });

  it('by free time: who is booked out or closed then is not found', async () => {
    const { bright } = await market();
    await buildHours(t.ctx(), bright.owner.personId, { weekly: [{ weekday: 2, from: '13:00', to: '17:00' }] });
    await refreshCompany(t.ctx(), bright.organisationId);
    const tuesday = '2026-06-02';
    expect(await titles({ category: 'electrical', date: tuesday })).toHaveLength(2);
    expect(await titles({ category: 'electrical', date: tuesday, timeFrom: '08:00', timeTo: '12:00' })).toEqual([]);
    expect(await titles({ category: 'electrical', date: tuesday, timeFrom: '13:00', timeTo: '14:00' })).toHaveLength(2);
    expect(await titles({ category: 'electrical', date: '2026-06-03' })).toEqual([]);
    const reply = await find({ category: 'electrical', date: tuesday, timeFrom: '13:00' });
    expect(reply.items[0]?.why).toContainEqual({
      code: 'free_when_asked',
      from: { at: '2026-06-02T12:00:00.000Z', zone: 'Europe/London' },
    });
  });

  it.each([
    ['a day that is over', { date: '2026-05-31' }, 'date_over'],
    ['a day too far ahead', { date: '2026-07-15' }, 'date_too_far'],
    ['times without a day', { timeFrom: '10:00' }, 'date_missing'],
    ['times in the wrong order', { date: '2026-06-02', timeFrom: '12:00', timeTo: '10:00' }, 'times_reversed'],
  ])('refuses %s', async (_, q, problem) => {
    await market();
    await expect(find(q)).rejects.toMatchObject({ code: 'matching.window_invalid', data: { problem } });
  });

  it('refuses a place that nobody knows', async () => {
    await market();
    await expect(find({ place: 'Xyzzyville' })).rejects.toMatchObject({ code: 'matching.place_unknown' });
  });
});

describe('orders', () => {
  it('by price with prices on request last, by rating without those who are new, by distance', async () => {
    await market();
    expect(await titles({ sort: 'price' })).toEqual([
      'Socket replaced',
      'Leaking tap repaired',
      'Boiler service',
      'Toilet unblocked',
      'Kitchen lights fitted',
    ]);
    const byRating = await find({ sort: 'rating' });
    expect(byRating.items.slice(0, 3).every(({ provider }) => provider.name === 'Novak Plumbing')).toBe(true);
    expect(byRating.items.at(-1)?.rating).toBeNull();
    const byDistance = await find({ sort: 'distance', lat: 51.459, lng: -2.581 });
    expect(byDistance.items[0]?.provider.name).toBe('Bright Sparks');
    expect(byDistance.items.map(({ metres }) => metres)).toEqual(
      byDistance.items.map(({ metres }) => metres ?? 0).toSorted((a, b) => a - b),
    );
    await expect(find({ sort: 'distance' })).rejects.toMatchObject({ code: 'matching.place_missing' });
  });

  it('puts the better rated and nearer first, all else being equal', async () => {
    await buildZones(t.ctx());
    const companies: [string, number, number][] = [
      ['Near and good', 51.441, 5],
      ['Near and poor', 51.441, 2],
      ['Far and good', 51.4795, 5],
    ];
    for (const [name, lat, stars] of companies) {
      const company = await buildCompany(t.ctx(), {
        name,
        reviews: 20,
        stars,
        profile: { base: { lat, lng: -2.601 } },
      });
      await buildListing(t.ctx(), company);
    }
    const { items } = await find({ q: 'tap', ...centre });
    expect(items[0]?.provider.name).toBe('Near and good');
    expect(items[0]?.why.map(({ code }) => code)).toEqual(expect.arrayContaining(['near', 'well_rated']));
  });

  it('is the same for one person all day, and differs between people where listings are equal', async () => {
    await buildZones(t.ctx());
    for (let i = 0; i < 6; i += 1) await buildListing(t.ctx(), await buildCompany(t.ctx(), { name: `Equal ${i}` }));
    const order = async (ctx = t.ctx()) =>
      (await search(ctx, { q: 'tap' })).items.map(({ provider }) => provider.name).join();
    const [amira, estelle] = [
      t.ctx(await buildUser(t.ctx(), 'Amira Khan')),
      t.ctx(await buildUser(t.ctx(), 'Estelle Marsh')),
    ];
    expect(await order(amira)).toBe(await order(amira));
    const orders = new Set([await order(amira), await order(estelle), await order()]);
    expect(orders.size).toBeGreaterThan(1);
  });
});

describe('facets', () => {
  it('count each choice as if its own filter were not set, exactly', async () => {
    await market();
    const { facets, total } = await find({ category: 'electrical' });
    expect(total).toEqual({ n: 2, more: false });
    const counts = Object.fromEntries(facets.categories.map(({ categoryId, count }) => [categoryId, count.n]));
    expect(counts).toMatchObject({ plumbing: 2, heating: 1, electrical: 2, roofing: 0 });
    expect(facets.prices.map(({ max, count }) => [max.minor, count.n])).toEqual([
      ['5000', 0],
      ['10000', 1],
      ['20000', 1],
      ['50000', 1],
    ]);
    expect(facets.ratings.map(({ count }) => count.n)).toEqual([0, 0, 0]);
    expect(facets.insured.n).toBe(2);
  });

  it('are what a search with that choice finds, with and without words, for every choice', async () => {
    await market();
    for (const base of [
      {},
      { q: 'novak' },
      centre,
      { ...centre, q: 'tap' },
      { date: '2026-06-02' },
      { priceMax: 9000 },
      { ratingMin: 4.2 },
    ]) {
      const { facets, total } = await find(base);
      expect((await find(base)).items).toHaveLength(total.n);
      for (const { categoryId, count } of facets.categories)
        expect([base, categoryId, (await find({ ...base, category: categoryId })).total]).toEqual([
          base,
          categoryId,
          count,
        ]);
      for (const { max, count } of facets.prices)
        expect([base, max, (await find({ ...base, priceMax: Number(max.minor) })).total]).toEqual([base, max, count]);
      for (const { min, count } of facets.ratings)
        expect([base, min, (await find({ ...base, ratingMin: min })).total]).toEqual([base, min, count]);
      expect((await find({ ...base, insured: true })).total).toEqual(facets.insured);
    }
  });
});

describe('an empty answer', () => {
  it('names the nearest zone that has some for the same question', async () => {
    const zones = await buildZones(t.ctx());
    const far = await buildCompany(t.ctx(), { name: 'Far Pipes', zoneIds: [zones.easton.zoneId] });
    await buildListing(t.ctx(), far);
    const reply = await find({ q: 'tap', lat: 51.45, lng: -2.66 });
    expect(reply.items).toEqual([]);
    expect(reply.nearestWithResults).toMatchObject({ slug: 'easton', count: { n: 1, more: false } });
    expect(reply.nearestWithResults?.metres).toBeGreaterThan(5000);
    expect((await find({ category: 'roofing', lat: 51.45, lng: -2.66 })).nearestWithResults).toBeNull();
  });

  it('does so for a place outside of all zones', async () => {
    await market();
    const reply = await find({ q: 'tap', lat: 51.45, lng: -2.8 });
    expect(reply).toMatchObject({ items: [], understood: { zone: null }, nearestWithResults: { slug: 'clifton' } });
  });
});

describe('statements', () => {
  const counted = async (q: SearchQuery) => {
    // The copy of the zones is fresh for a second: look at it now, so that the count is the search's alone.
    await region(t.ctx());
    const before = t.db.statements;
    await find(q);
    return t.db.statements - before;
  };

  it('are two for a page, and never more than four', async () => {
    await market();
    await find();
    expect(
      await counted({
        q: 'tap',
        category: 'plumbing',
        ...centre,
        date: '2026-06-02',
        priceMax: 20_000,
        ratingMin: 4,
        insured: true,
      }),
    ).toBe(2);
    expect(await counted({ q: 'tap', category: 'plumbing', ...centre })).toBe(1);
    expect(await counted(centre)).toBeLessThanOrEqual(2);
    expect(await counted({ q: 'boiler socket report' })).toBeLessThanOrEqual(3);
    expect(await counted({ q: 'tap boiler', category: 'roofing', lat: 51.45, lng: -2.8 })).toBeLessThanOrEqual(3);
    expect(await counted({ q: 'spotlights toilets zzzzzz', category: 'roofing', ...centre })).toBeLessThanOrEqual(4);
  });
});

describe('many results', () => {
  /** So many copies of a listing, as they stand in the index. */
  const copies = (serviceId: string, count: number) =>
    query(
      t.ctx(),
      `with made as (
         insert into match_listing (no, region_id, service_id, ord, price, stars, rating, facet, x, y, record, first_day, starts,
           length, words) overriding system value
         select 900000 + n, region_id, id, ord, price, stars, rating, facet, x, y,
           overlay(overlay(record placing int4send(900000 + n) from 1) placing uuid_send(id) from 41),
           first_day, starts, length, words
         from match_listing, lateral (select n, gen_random_uuid() as id from generate_series(1, $2::int) n) c
         where service_id = $1
         returning no, service_id)
       insert into match_card (no, service_id, organisation_id, card, page)
       select m.no, m.service_id, c.organisation_id, c.card || jsonb_build_object('serviceId', m.service_id), c.page
       from made m, match_card c where c.service_id = $1`,
      [serviceId, count],
    );

  it.each([30, 60])('have their cards in the order of the ranking: %i', async (count) => {
    const { tap } = await market();
    await copies(tap, count);
    const reply = await find({ q: 'tap', ...centre });
    expect(reply.total).toEqual({ n: count + 1, more: false });
    expect(reply.items).toHaveLength(20);
    const kept = await replayed(reply.searchId);
    expect(reply.items.map(({ serviceId }) => serviceId)).toEqual(kept);
  });

  const replayed = async (searchId: string) => {
    await flushAnswers(t.ctx());
    return (await replay(t.ctx(), searchId)).items.map(({ serviceId }) => serviceId);
  };
});

describe('paging', () => {
  const ids = (reply: Awaited<ReturnType<typeof find>>) => reply.items.map(({ serviceId }) => serviceId);

  async function many(count: number): Promise<Company[]> {
    await buildZones(t.ctx());
    const companies: Company[] = [];
    for (let i = 0; i < count; i += 1) {
      const company = await buildCompany(t.ctx(), {
        name: `Company ${i}`,
        reviews: i % 4 === 0 ? 0 : 3 + i,
        stars: 3 + (i % 3),
      });
      await buildListing(t.ctx(), company, {
        priceMinor: String(5000 + (i % 5) * 1000),
        title: `Leaking tap ${'tap '.repeat(i % 3)}repaired`,
      });
      companies.push(company);
    }
    return companies;
  }

  it.each(['best', 'price', 'rating', 'distance'] as const)(
    'by %s shows everything once while nothing changes',
    async (sort) => {
      await many(11);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const reply = await find({ q: 'tap', ...centre, sort, limit: 3, ...(cursor && { cursor }) });
        seen.push(...ids(reply));
        cursor = reply.next;
      } while (cursor);
      expect(seen).toHaveLength(11);
      expect(new Set(seen).size).toBe(11);
    },
  );

  it.each(['best', 'price', 'rating', 'distance'] as const)(
    'by %s survives new, changed and vanished listings between pages',
    async (sort) => {
      const companies = await many(9);
      const before = new Set(ids(await find({ q: 'tap', ...centre, limit: 50 })));
      const seen: string[] = [];
      let cursor: string | undefined;
      let page = 0;
      do {
        const reply = await find({ q: 'tap', ...centre, sort, limit: 2, ...(cursor && { cursor }) });
        seen.push(...ids(reply));
        cursor = reply.next;
        page += 1;
        // New ones change how rare each word is and how many bookings the market has.
        const fresh = await buildCompany(t.ctx(), { name: `Fresh ${page}`, reviews: 30 });
        await buildListing(t.ctx(), fresh, {
          title: page % 2 ? 'Tap repair' : 'Leaking tap taps',
          description: 'A quite different text about boilers, sinks, drains and other things.',
        });
        t.clock.advance({ minutes: 10 });
        if (page === 2)
          await query(t.ctx(), 'delete from match_listing where service_id = $1', [
            [...before].find((id) => !seen.includes(id)),
          ]);
        if (page === 3)
          await addReviews(t.ctx(), companies[0]?.organisationId ?? '', [{ stars: 1, ageDays: 0, isVerified: true }]);
      } while (cursor && page < 20);
      expect(new Set(seen).size).toBe(seen.length);
      const unchanged = [...before].filter((id) => !seen.includes(id));
      expect(unchanged).toHaveLength(1);
    },
  );

  it('pages through what has some of the words as well', async () => {
    await many(5);
    const first = await find({ q: 'tap zebra boiler', limit: 2, ...centre });
    expect(first.understood.someWords).toBe(false);
    const mixed = await buildCompany(t.ctx(), { name: 'Mixed' });
    await buildListing(t.ctx(), mixed, {
      title: 'Boiler service',
      summary: '',
      description: 'Only boilers of all kinds, and nothing else, with a report.',
      tags: [],
    });
    const some = await find({ q: 'tap boiler', limit: 4, ...centre });
    expect(some.understood.someWords).toBe(true);
    const rest = await find({ q: 'tap boiler', limit: 4, ...centre, cursor: some.next ?? '' });
    expect(new Set([...ids(some), ...ids(rest)]).size).toBe(6);
  });

  it.each([
    'nonsense',
    Buffer.from('[]').toString('base64url'),
    Buffer.from('[0,false,1e300,[],1,1,[1,1,1]]').toString('base64url'),
    Buffer.from('[9,false,1,[],1,1,[1,1,1]]').toString('base64url'),
  ])('refuses the cursor %s', async (cursor) => {
    await market();
    await expect(find({ cursor })).rejects.toMatchObject({ code: 'matching.cursor_invalid' });
  });
});

describe('what is shown', () => {
  it('is only what may be shown: published, verified, somewhere', async () => {
    const { novak, tap } = await market();
    const { organisationId, owner } = novak;
    expect(aService().title).toBe('Leaking tap repaired');
    await query(t.ctx(), `update service set state = 'paused' where id = $1`, [tap]);
    await refreshCompany(t.ctx(owner), organisationId);
    expect(await titles({ q: 'tap' })).toEqual([]);
    await query(t.ctx(), 'delete from verification where organisation_id = $1', [organisationId]);
    await refreshCompany(t.ctx(), organisationId);
    expect(await titles({ q: 'novak' })).toEqual([]);
    expect((await find()).total).toEqual({ n: 2, more: false });
  });

  it('loses a badge at the moment its paper lapses, without being built again', async () => {
    await market();
    const kinds = async () => (await find({ q: 'tap' })).items[0]?.badges.map(({ kind }) => kind);
    expect(await kinds()).toEqual(expect.arrayContaining(['insurance']));
    t.clock.set(new Date('2099-02-01T00:00:00Z'));
    expect(await kinds()).not.toContain('insurance');
  });
});
