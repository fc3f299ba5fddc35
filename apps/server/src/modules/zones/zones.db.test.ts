import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { bristol } from '@plumbline/testkit/market/bristol';
import { defaultNumbers } from '@plumbline/domain/policy-numbers';
import { frameAt, holds, metresToBorder, ringsInMetres } from '@plumbline/domain/geo';
import type { Ctx } from '../../platform/ctx.ts';
import { query } from '../../platform/db/statement.ts';
import { dbTest } from '../../platform/testing.ts';
import { buildAdmin, buildUser } from '../identity/fixtures.ts';
import { aZone, buildZones, rectangle } from './fixtures.ts';
import { coverageReport, importZones } from './import.ts';
import * as zones from './index.ts';
import { changeNumbers } from './numbers.ts';
import * as store from './store.ts';
import { seedZones } from './seeds.ts';

const t = dbTest();
const reason = 'test';
/** About 1 cm in degrees of latitude. */
const centimetre = 1 / 11_119_500;

/** The same points in every run. */
function* pointsAround(count: number, seed = 7): Generator<{ lat: number; lng: number }> {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  for (let i = 0; i < count; i += 1) yield { lat: 51.37 + next() * 0.2, lng: -2.76 + next() * 0.32 };
}

const slugsAt = async (ctx: Ctx, point: { lat: number; lng: number }) =>
  (await zones.at(ctx, point)).map(({ slug }) => slug);

describe('numbers of a region', () => {
  it('founds every market with numbers of the typed shape', async () => {
    expect(await zones.numbers(t.ctx())).toEqual(defaultNumbers);
    for (const [regionId, vatBp] of [
      ['ie', 2300],
      ['ae', 500],
    ] as const) {
      expect((await zones.numbers({ ...t.ctx(), regionId })).vatBp).toBe(vatBp);
    }
  });

  it('puts a change into force as a new version, audited', async () => {
    const ctx = t.ctx(await buildAdmin(t.ctx()));
    const row = await changeNumbers(ctx, 1, { silenceHours: 96, payout: { minimumMinor: '2000' } }, 'longer silence');
    expect(row.version).toBe(2);
    expect(await zones.numbers(ctx)).toEqual({
      ...defaultNumbers,
      silenceHours: 96,
      payout: { minimumMinor: '2000', methodAgeHours: 24 },
    });
    const [entry] = await query<{ reason: string }>(
      ctx,
      `select reason from audit_entry where act = 'region.numbers_changed'`,
    );
    expect(entry?.reason).toBe('longer silence');
    await expect(changeNumbers(ctx, 1, { silenceHours: 1 }, 'too late')).rejects.toMatchObject({
      code: 'zones.changed_meanwhile',
    });
  });

  it.each([
    ['an unknown number', { commission: 1 }, '/commission'],
    ['a text for a count', { silenceHours: '96' }, '/silenceHours'],
    ['a negative share', { commissionBp: -1 }, '/commissionBp'],
    ['a broken amount', { payout: { minimumMinor: '12.50' } }, '/payout/minimumMinor'],
  ])('refuses %s', async (_, changes, path) => {
    const ctx = t.ctx(await buildAdmin(t.ctx()));
    await expect(changeNumbers(ctx, 1, changes, reason)).rejects.toMatchObject({
      code: 'zones.numbers_invalid',
      data: { errors: [{ path }] },
    });
  });

  it('refuses everybody without the permission in this region', async () => {
    for (const actor of [await buildUser(t.ctx()), await buildAdmin(t.ctx(), ['support'])]) {
      await expect(changeNumbers(t.ctx(actor), 1, { silenceHours: 1 }, reason)).rejects.toMatchObject({
        code: 'access.forbidden',
      });
    }
  });
});

describe('point to zones', () => {
  it('decides the border to a centimetre: it belongs to the east', async () => {
    await buildZones(t.ctx());
    const lat = 51.45;
    const step = centimetre / Math.cos((lat * Math.PI) / 180);
    expect(await slugsAt(t.ctx(), { lat, lng: -2.625 - step })).toEqual(['clifton']);
    expect(await slugsAt(t.ctx(), { lat, lng: -2.625 + step })).toEqual(['centre']);
    expect(await slugsAt(t.ctx(), { lat, lng: -2.625 })).toEqual(['centre']);
    expect(await slugsAt(t.ctx(), { lat: 51.43 + centimetre, lng: -2.6 })).toEqual(['centre']);
    expect(await slugsAt(t.ctx(), { lat: 51.43 - centimetre, lng: -2.6 })).toEqual([]);
  });

  it('knows holes and several parts', async () => {
    const shape = [
      [rectangle(-2.7, 51.4, 0.1, 0.1), rectangle(-2.67, 51.43, 0.04, 0.04).toReversed()],
      [rectangle(-2.5, 51.4, 0.02, 0.02)],
    ];
    await importZones(t.ctx(), [aZone({ slug: 'ring', shape })], { reason });
    expect(await slugsAt(t.ctx(), { lat: 51.45, lng: -2.65 })).toEqual([]);
    expect(await slugsAt(t.ctx(), { lat: 51.41, lng: -2.69 })).toEqual(['ring']);
    expect(await slugsAt(t.ctx(), { lat: 51.41, lng: -2.49 })).toEqual(['ring']);
  });

  it('agrees with the database’s polygons in metres on the real wards of Bristol', async () => {
    await seedZones(t.ctx());
    const all = new Map((await zones.zonesOf(t.ctx())).map(({ zoneId, slug }) => [zoneId, slug]));
    for (const point of pointsAround(600)) {
      const [x, y] = await zones.inMetres(t.ctx(), point);
      const rows = await store.holding.all(t.ctx(), 'gb', x, y);
      expect(await slugsAt(t.ctx(), point)).toEqual(rows.map(({ zone_id }) => all.get(zone_id)));
    }
  });

  it('has the nearest zones that a look at every one of them finds', async () => {
    await seedZones(t.ctx());
    const frame = frameAt({ lat: 51.455, lng: -2.6 });
    const shapes = bristol.zones.map(({ slug, shape }) => ({ slug, rings: ringsInMetres(shape, frame) }));
    for (const point of pointsAround(150, 11)) {
      const [x, y] = frame.toMetres(point.lng, point.lat);
      const looked = shapes
        .map(({ slug, rings }) => ({ slug, metres: holds(rings, x, y) ? 0 : metresToBorder(rings, x, y) }))
        .toSorted((a, b) => a.metres - b.metres)
        .slice(0, 3);
      const found = await zones.nearestZones(t.ctx(), point, 3);
      expect(found.map(({ metres }) => Math.round(metres * 1000))).toEqual(
        looked.map(({ metres }) => Math.round(metres * 1000)),
      );
    }
  });

  it('sends no statement while its copy is fresh, and notices a change made elsewhere by its version', async () => {
    const point = { lat: 51.45, lng: -2.6 };
    const nameNow = async () => (await zones.at(t.ctx(), point))[0]?.name;
    await buildZones(t.ctx());
    await nameNow();
    const before = t.db.statements;
    await nameNow();
    expect(t.db.statements - before).toBe(0);

    await query(t.ctx(), `update zone set name = 'Renamed' where slug = 'centre'`);
    await query(t.ctx(), `update region set zones_version = zones_version + 1 where id = 'gb'`);
    await sleep(1050);
    expect(await nameNow()).toBe('Renamed');
  });
});

describe('import', () => {
  it('creates, changes, leaves and retires, and keeps every version', async () => {
    const east = aZone({ slug: 'east', name: 'East', shape: [[rectangle(-2.575, 51.43, 0.05, 0.05)]] });
    expect(await importZones(t.ctx(), [aZone(), east], { reason })).toMatchObject({ created: 2, changed: 0, zones: 2 });
    const again = await importZones(t.ctx(), [aZone({ demand: 'high' })], { reason, replace: true });
    expect(again).toMatchObject({ created: 0, changed: 1, unchanged: 0, retired: 1, zones: 1 });
    expect(await importZones(t.ctx(), [aZone({ demand: 'high' })], { reason })).toMatchObject({
      unchanged: 1,
      changed: 0,
    });
    const versions = await query<{ version: number; demand: string }>(
      t.ctx(),
      `select v.version, v.demand from zone_version v join zone z on z.id = v.zone_id where z.slug = 'centre' order by v.version`,
    );
    expect(versions).toMatchObject([
      { version: 1, demand: 'medium' },
      { version: 2, demand: 'high' },
    ]);
    expect(await slugsAt(t.ctx(), { lat: 51.45, lng: -2.55 })).toEqual([]);
  });

  it('refuses overlaps and says which and how much, unless they are wanted', async () => {
    const other = aZone({ slug: 'other', shape: [[rectangle(-2.585, 51.43, 0.05, 0.05)]] });
    const attempt = importZones(t.ctx(), [aZone(), other], { reason });
    await expect(attempt).rejects.toMatchObject({
      code: 'zones.overlap',
      data: { overlaps: [{ a: 'centre', b: 'other' }] },
    });
    expect(await zones.zonesOf(t.ctx())).toEqual([]);
    const wanted = await importZones(t.ctx(), [aZone(), other], { reason, allowOverlaps: true });
    const square = 0.01 * Math.cos((51.455 * Math.PI) / 180) * 111_195.08 * (0.05 * 111_195.08);
    expect(wanted.report.overlaps[0]?.squareMetres).toBeCloseTo(square, -2);
    expect(await slugsAt(t.ctx(), { lat: 51.45, lng: -2.58 })).toEqual(['centre', 'other']);
  });

  it('reports a gap between zones of the region', async () => {
    const ring = aZone({
      slug: 'ring',
      shape: [[rectangle(-2.7, 51.4, 0.1, 0.1), rectangle(-2.67, 51.43, 0.04, 0.04)]],
    });
    await importZones(t.ctx(), [ring], { reason });
    const { report } = await coverageReport(t.ctx());
    expect(report.gaps).toHaveLength(1);
    expect((report.gaps[0]?.squareMetres ?? 0) / 1e6).toBeCloseTo(12.3, 0);
  });

  it('writes nothing on a dry run', async () => {
    expect(await importZones(t.ctx(), [aZone()], { reason, dryRun: true })).toMatchObject({
      created: 1,
      written: false,
    });
    expect(await zones.zonesOf(t.ctx())).toEqual([]);
  });

  it.each([
    [
      'a ring that crosses itself',
      [
        [
          [
            [0, 51],
            [1, 52],
            [1, 51],
            [0, 52],
            [0, 51],
          ],
        ],
      ],
      'ring_crosses_itself',
    ],
    [
      'an open ring',
      [
        [
          [
            [0, 51],
            [1, 51],
            [1, 52],
            [0, 52],
          ],
        ],
      ],
      'ring_open',
    ],
  ])('refuses %s', async (_, shape, problem) => {
    await expect(importZones(t.ctx(), [aZone({ shape })], { reason })).rejects.toMatchObject({
      code: 'zones.geometry_invalid',
      data: { zone: 'centre', problem },
    });
  });

  it('refuses a slug that is there twice', async () => {
    await expect(importZones(t.ctx(), [aZone(), aZone()], { reason })).rejects.toMatchObject({
      code: 'zones.slug_repeated',
    });
  });
});

describe('the demo markets', () => {
  it('have no overlap and no gap, and drawings that a map can carry', async () => {
    await seedZones(t.ctx());
    for (const [regionId, count] of [
      ['gb', 12],
      ['ie', 8],
      ['ae', 9],
    ] as const) {
      const ctx = { ...t.ctx(), regionId };
      const { report, zones: found } = await coverageReport(ctx);
      expect({ regionId, overlaps: report.overlaps, gaps: report.gaps, found }).toEqual({
        regionId,
        overlaps: [],
        gaps: [],
        found: count,
      });
      const drawings = await store.drawingsOf.all(ctx, regionId);
      for (const { drawing } of drawings) expect(drawing.flat(2).length).toBeLessThanOrEqual(150);
    }
  });
});

describe('places', () => {
  it.each([
    ['bs3', 'BS3 Bristol'],
    ['BS3 1JP', 'BS3 Bristol'],
    ['bedminster', 'Bedminster'],
    ['Keynsham', 'Keynsham'],
    ['Westbury-on-Trym', 'Westbury-on-Trym'],
  ])('names one: %s', async (text, label) => {
    await seedZones(t.ctx());
    expect((await zones.placeNamed(t.ctx(), text))?.label).toBe(label);
  });

  it.each([
    ['beginning of a name', 'Bed', 'Bedminster'],
    ['beginning of a later word', 'hill', 'Lawrence Hill'],
    ['a misspelt name', 'Bedminister', 'Bedminster'],
    ['another misspelt name', 'Monpellier', 'Montpelier'],
    ['an outcode', 'bs1', 'BS1 Bristol'],
  ])('finds by %s', async (_, text, label) => {
    await seedZones(t.ctx());
    const labels = (await zones.places(t.ctx(), text)).map((place) => place.label);
    expect(labels.slice(0, 3)).toContain(label);
  });

  it('finds without accents and in Arabic', async () => {
    await seedZones(t.ctx());
    expect((await zones.places({ ...t.ctx(), regionId: 'ie' }, 'dun laog'))[0]?.label).toContain('Dún Laoghaire');
    expect((await zones.places({ ...t.ctx(), regionId: 'ae' }, 'ديرة'))[0]?.name).toBe('Deira');
  });

  it('knows the zone of each, and that some lie outside of all', async () => {
    await seedZones(t.ctx());
    expect((await zones.placeNamed(t.ctx(), 'BS3'))?.zone?.name).toBe('Bedminster and Southville');
    expect((await zones.placeNamed(t.ctx(), 'Clevedon'))?.zone ?? null).toBeNull();
  });
});
