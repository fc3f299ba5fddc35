import { describe, expect, it } from 'vitest';
import { dbTest } from '../../platform/testing.ts';
import { seedZones } from './seeds.ts';

const t = dbTest();

describe('public answers', () => {
  it('describe a market with its zones and places', async () => {
    await seedZones(t.ctx());
    const app = await t.app();
    const market = (await app.inject({ method: 'GET', url: '/v1/markets/gb' })).json();
    expect(market).toMatchObject({
      regionId: 'gb',
      currency: 'GBP',
      timeZone: 'Europe/London',
      direction: 'ltr',
      demo: false,
    });
    expect(market.zones).toHaveLength(12);
    expect(market.places.find(({ placeId }: { placeId: string }) => placeId === 'BS3')).toMatchObject({
      label: 'BS3 Bristol',
    });
    const map = (await app.inject({ method: 'GET', url: '/v1/markets/gb/map' })).json();
    expect(map.zones).toHaveLength(12);
    expect(map.attribution.join(' ')).toContain('© Crown copyright and database right 2016');
    expect(map.land.coordinates.length).toBeGreaterThan(0);
  }, 90_000);

  it('say which zones hold a point and which are near', async () => {
    await seedZones(t.ctx());
    const app = await t.app();
    const inside = (await app.inject({ method: 'GET', url: '/v1/markets/gb/zones?lat=51.44&lng=-2.598' })).json();
    expect(inside.zones.map(({ slug }: { slug: string }) => slug)).toEqual(['bedminster']);
    expect(inside.nearest[0]).toMatchObject({ slug: 'bedminster', metres: 0 });
    const outside = (await app.inject({ method: 'GET', url: '/v1/markets/gb/zones?lat=51.411&lng=-2.497' })).json();
    expect(outside.zones).toEqual([]);
    expect(outside.nearest[0].metres).toBeGreaterThan(0);
  });

  it('refuse an unknown market', async () => {
    const app = await t.app();
    const answer = await app.inject({ method: 'GET', url: '/v1/markets/zz' });
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'region.unknown']);
  });

  it('list the markets', async () => {
    const app = await t.app();
    const { items } = (await app.inject({ method: 'GET', url: '/v1/markets' })).json();
    expect(items.map(({ regionId }: { regionId: string }) => regionId)).toEqual(['gb', 'ie', 'ae']);
  });
});
