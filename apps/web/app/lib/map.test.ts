import { describe, expect, it } from 'vitest';
import { bboxOf, project, projectionOf, unproject, viewAround, viewOf, viewOfBbox } from './map.ts';

const bounds = { south: 51.39, west: -2.72, north: 51.55, east: -2.5 };
const projection = projectionOf(bounds);

describe('the projection of a market', () => {
  it('comes back to the same place within ten metres', () => {
    const place = { lat: 51.4545, lng: -2.5879 };
    const back = unproject(projection, project(projection, place));
    expect(Math.abs(back.lat - place.lat)).toBeLessThan(0.0001);
    expect(Math.abs(back.lng - place.lng)).toBeLessThan(0.00015);
  });

  it('has units of ten metres', () => {
    const south = project(projection, { lat: 51.45, lng: -2.6 });
    const north = project(projection, { lat: 51.46, lng: -2.6 });
    expect(south.y - north.y).toBe(111);
  });
});

describe('a view', () => {
  it('holds the bounds', () => {
    const view = viewOf(projection, bounds);
    const corner = project(projection, { lat: bounds.south, lng: bounds.east });
    expect(view.x).toBeLessThan(0);
    expect(view.x + view.size).toBeGreaterThan(corner.x);
    expect(view.y + view.size).toBeGreaterThan(corner.y);
  });

  it('goes into an address and comes back', () => {
    const view = viewAround(projection, { lat: 51.45, lng: -2.6 }, 6);
    const back = viewOfBbox(projection, bboxOf(projection, view));
    expect(back?.size).toBeCloseTo(view.size, -1);
    expect(viewOfBbox(projection, 'nonsense')).toBeUndefined();
  });
});
