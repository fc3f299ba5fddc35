/**
 * Cuts the map of the demo market out of public boundary files, once:
 *   node packages/testkit/cut-map.ts <wards.geojson> <districts.geojson>
 * Writes src/market/data/{bristol-wards,bristol-land}.json; sources and licences stand in the NOTICE beside them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dissolve, simplify } from '@plumbline/domain/geo-arcs';
import { boundsOf, type MultiPolygon, type Position, type Ring } from '@plumbline/domain/geo';
import { bristolZones } from './src/market/bristol.ts';

interface Feature {
  properties: { code: string; name: string };
  geometry: { type: 'Polygon'; coordinates: number[][][] } | { type: 'MultiPolygon'; coordinates: number[][][][] };
}

/** The piece of land that the map shows. */
const frame = { west: -2.84, south: 51.345, east: -2.34, north: 51.605 };
const squeeze = Math.cos((51.455 * Math.PI) / 180);
const folder = path.join(import.meta.dirname, 'src/market/data');

const [wardFile, districtFile] = process.argv.slice(2);
if (!wardFile || !districtFile) throw new Error('usage: cut-map.ts <wards.geojson> <districts.geojson>');

const wards = read(wardFile);
const wanted = new Set(bristolZones.flatMap((zone) => zone.wards));
const kept = wards.filter(({ properties }) => wanted.has(properties.code));
write(
  'bristol-wards.json',
  kept.map(({ properties, geometry }) => ({ code: properties.code, name: properties.name, shape: shapeOf(geometry) })),
);

const covered = new Set(['E06000022', 'E06000023', 'E06000024', 'E06000025']);
const around = read(districtFile).filter(({ properties }) => !covered.has(properties.code));
const land = [
  dissolve(wards.map(({ geometry }) => shapeOf(geometry))),
  ...around.map(({ geometry }) => shapeOf(geometry)),
]
  .filter((shape) => touchesFrame(shape))
  .map((shape) => clip(shape));
write('bristol-land.json', simplify(land, 0.00025, squeeze).flat());

function read(file: string): Feature[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as { features: Feature[] }).features;
}

function write(name: string, value: unknown): void {
  const text = JSON.stringify(value);
  writeFileSync(path.join(folder, name), `${text}\n`);
  process.stdout.write(`${name}: ${text.length} characters\n`);
}

function shapeOf(geometry: Feature['geometry']): number[][][][] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

function touchesFrame(shape: MultiPolygon): boolean {
  const { south, west, north, east } = boundsOf(shape);
  return west < frame.east && east > frame.west && south < frame.north && north > frame.south;
}

/** Cuts every ring at the four sides of the frame (Sutherland-Hodgman). */
function clip(shape: MultiPolygon): MultiPolygon {
  const sides: [number, number, boolean][] = [
    [0, frame.west, true],
    [0, frame.east, false],
    [1, frame.south, true],
    [1, frame.north, false],
  ];
  const clipRing = (ring: Ring): Ring => {
    const open = sides.reduce<Position[]>(
      (corners, [axis, limit, above]) => clipSide(corners, axis, limit, above),
      ring.slice(0, -1),
    );
    return open.length < 3 ? [] : [...open, open[0] as Position];
  };
  return shape
    .map((polygon) => polygon.map(clipRing).filter((ring) => ring.length > 3))
    .filter((polygon) => polygon.length > 0);
}

function clipSide(corners: readonly Position[], axis: number, limit: number, above: boolean): Position[] {
  const isIn = (corner: Position) => (above ? (corner[axis] ?? 0) >= limit : (corner[axis] ?? 0) <= limit);
  return corners.flatMap((corner, index) => {
    const before = corners.at(index - 1) as Position;
    const crossing = isIn(before) !== isIn(corner) ? [cut(before, corner, axis, limit)] : [];
    return isIn(corner) ? [...crossing, corner] : crossing;
  });
}

function cut(a: Position, b: Position, axis: number, limit: number): Position {
  const share = (limit - (a[axis] ?? 0)) / ((b[axis] ?? 0) - (a[axis] ?? 0));
  return [0, 1].map((at) =>
    at === axis ? limit : Number(((a[at] ?? 0) + share * ((b[at] ?? 0) - (a[at] ?? 0))).toFixed(5)),
  );
}
