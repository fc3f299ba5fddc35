import type { Bounds } from '@plumbline/contracts/zones';
import type { MapView } from '../ui/ZoneMap.tsx';

/** Units of the drawing are ten metres; good for a city: one scale for its whole width. */
const unitsPerDegree = 11_132;

export interface Projection {
  west: number;
  north: number;
  squeeze: number;
}

export interface LatLng {
  lat: number;
  lng: number;
}

/** The projection of a market: equirectangular, true in the middle of its bounds. */
export function projectionOf({ south, west, north }: Bounds): Projection {
  return { west, north, squeeze: Math.cos((((south + north) / 2) * Math.PI) / 180) };
}

export function project({ west, north, squeeze }: Projection, { lat, lng }: LatLng): { x: number; y: number } {
  return { x: Math.round((lng - west) * squeeze * unitsPerDegree), y: Math.round((north - lat) * unitsPerDegree) };
}

export function unproject({ west, north, squeeze }: Projection, { x, y }: { x: number; y: number }): LatLng {
  return { lng: west + x / (squeeze * unitsPerDegree), lat: north - y / unitsPerDegree };
}

/** The square that shows these bounds with some air. */
export function viewOf(projection: Projection, bounds: Bounds, air = 0.06): MapView {
  const start = project(projection, { lat: bounds.north, lng: bounds.west });
  const end = project(projection, { lat: bounds.south, lng: bounds.east });
  const size = Math.max(end.x - start.x, end.y - start.y) * (1 + 2 * air);
  return {
    x: Math.round((start.x + end.x - size) / 2),
    y: Math.round((start.y + end.y - size) / 2),
    size: Math.round(size),
  };
}

/** The square around a point, `kilometres` wide. */
export function viewAround(projection: Projection, point: LatLng, kilometres: number): MapView {
  const { x, y } = project(projection, point);
  const size = kilometres * 100;
  return { x: x - size / 2, y: y - size / 2, size };
}

/** `west,south,east,north` as the search takes it. */
export function bboxOf(projection: Projection, { x, y, size }: MapView): string {
  const northWest = unproject(projection, { x, y });
  const southEast = unproject(projection, { x: x + size, y: y + size });
  return [northWest.lng, southEast.lat, southEast.lng, northWest.lat].map((value) => value.toFixed(5)).join(',');
}

export function viewOfBbox(projection: Projection, bbox: string): MapView | undefined {
  const [west = NaN, south = NaN, east = NaN, north = NaN] = bbox.split(',').map(Number);
  if (![west, south, east, north].every(Number.isFinite)) return undefined;
  return viewOf(projection, { west, south, east, north }, 0);
}
