/**
 * Places on a plane. Shapes come as GeoJSON in degrees (WGS 84, [longitude, latitude]) and are decided in metres, in a
 * frame of their region. The frame is linear in longitude and latitude, so a straight border in the one is straight in
 * the other and a point lies on the same side of it in both.
 */
export type Position = readonly number[];
export type Ring = readonly Position[];
/** Outer ring and its holes, as GeoJSON has them. */
export type Polygon = readonly Ring[];
export type MultiPolygon = readonly Polygon[];

export interface LatLng {
  lat: number;
  lng: number;
}

export interface Bounds {
  south: number;
  west: number;
  north: number;
  east: number;
}

/** Mean radius of the Earth in metres (IUGG). */
const earthRadius = 6_371_008.8;
const radians = Math.PI / 180;

/** Region-local metres: x to the east and y to the north of the centre. */
export interface Frame {
  toMetres(lng: number, lat: number): [x: number, y: number];
  toDegrees(x: number, y: number): [lng: number, lat: number];
}

/**
 * Equirectangular frame around a centre: distances are right near the centre's parallel (within 0.5 % up to 50 km to
 * the north or south at British latitudes).
 */
export function frameAt({ lat, lng }: LatLng): Frame {
  const perLat = earthRadius * radians;
  const perLng = perLat * Math.cos(lat * radians);
  return {
    toMetres: (pointLng, pointLat) => [(pointLng - lng) * perLng, (pointLat - lat) * perLat],
    toDegrees: (x, y) => [lng + x / perLng, lat + y / perLat],
  };
}

/** A shape in metres: one flat list [x0, y0, x1, y1, …] per ring, closed (the last position repeats the first). */
export type MetreRings = readonly Float64Array[];

/** All rings of a multipolygon in metres; outer rings and holes alike, because inside is decided by parity. */
export function ringsInMetres(shape: MultiPolygon, frame: Frame): Float64Array[] {
  return shape.flat().map((ring) => {
    const flat = new Float64Array(ring.length * 2);
    ring.forEach(([lng = 0, lat = 0], index) => flat.set(frame.toMetres(lng, lat), index * 2));
    return flat;
  });
}

/**
 * Whether a shape holds a point. Inside is decided by parity over all its rings, so holes and several parts need no
 * special case. Rule for the border itself: half-open, an edge belongs to what lies to its east, and a horizontal
 * one to what lies to its north. So two zones that share a border share no point and leave none out.
 */
export function holds(rings: MetreRings, x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const y1 = ring[i + 1] as number;
      const y2 = ring[i + 3] as number;
      if (y1 > y === y2 > y) continue;
      // From the lower end to the upper, whichever way the ring runs: both neighbours compute the same number.
      const up = y2 > y1;
      const lowX = ring[up ? i : i + 2] as number;
      const lowY = up ? y1 : y2;
      const highX = ring[up ? i + 2 : i] as number;
      const highY = up ? y2 : y1;
      if (x >= lowX + ((y - lowY) / (highY - lowY)) * (highX - lowX)) inside = !inside;
    }
  }
  return inside;
}

/** Metres from a point to the nearest border of a shape, whether it lies inside or outside. */
export function metresToBorder(rings: MetreRings, x: number, y: number): number {
  let least = Infinity;
  for (const ring of rings) {
    for (let i = 0; i + 3 < ring.length; i += 2) {
      least = Math.min(
        least,
        squaredToSegment(x, y, ring[i] as number, ring[i + 1] as number, ring[i + 2] as number, ring[i + 3] as number),
      );
    }
  }
  return Math.sqrt(least);
}

function squaredToSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
  return (x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2;
}

/** Metres between two points along the great circle (haversine). */
export function metresBetween(a: LatLng, b: LatLng): number {
  const half = (degrees: number) => Math.sin((degrees * radians) / 2) ** 2;
  const h = half(b.lat - a.lat) + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * half(b.lng - a.lng);
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The box around a shape, in degrees. */
export function boundsOf(shape: MultiPolygon): Bounds {
  const bounds = { south: Infinity, west: Infinity, north: -Infinity, east: -Infinity };
  for (const [lng = 0, lat = 0] of shape.flat(2)) {
    bounds.south = Math.min(bounds.south, lat);
    bounds.north = Math.max(bounds.north, lat);
    bounds.west = Math.min(bounds.west, lng);
    bounds.east = Math.max(bounds.east, lng);
  }
  return bounds;
}

/** The box around several boxes. */
export function boundsAround(all: readonly Bounds[]): Bounds {
  return {
    south: Math.min(...all.map(({ south }) => south)),
    west: Math.min(...all.map(({ west }) => west)),
    north: Math.max(...all.map(({ north }) => north)),
    east: Math.max(...all.map(({ east }) => east)),
  };
}

/** Box of rings in metres: [minX, minY, maxX, maxY]. */
export function metreBox(rings: MetreRings): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i += 2) {
      const x = ring[i] as number;
      const y = ring[i + 1] as number;
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  }
  return box;
}

/** Signed area of a closed flat ring (shoelace): positive when it runs anticlockwise. */
export function signedArea(ring: Float64Array): number {
  let twice = 0;
  for (let i = 0; i + 3 < ring.length; i += 2) {
    twice += (ring[i] as number) * (ring[i + 3] as number) - (ring[i + 2] as number) * (ring[i + 1] as number);
  }
  return twice / 2;
}

/**
 * A point well inside a shape, for a label: the middle of the longest stretch inside along nine horizontal lines, the
 * middle one preferred where they are close to equal.
 */
export function innerPoint(rings: MetreRings): [x: number, y: number] {
  const [minX, minY, , maxY] = metreBox(rings);
  let best = { width: -1, x: minX, y: minY };
  for (const share of [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9]) {
    const y = minY + (maxY - minY) * share;
    const found = longestInside(rings, y);
    if (found && found.width > best.width * 1.15) best = { ...found, y };
  }
  return [best.x, best.y];
}

function longestInside(rings: MetreRings, y: number): { width: number; x: number } | undefined {
  const crossings = rings.flatMap((ring) => crossingsOf(ring, y)).toSorted((a, b) => a - b);
  let best: { width: number; x: number } | undefined;
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const from = crossings[i] as number;
    const to = crossings[i + 1] as number;
    if (!best || to - from > best.width) best = { width: to - from, x: (from + to) / 2 };
  }
  return best;
}

function crossingsOf(ring: Float64Array, y: number): number[] {
  const found: number[] = [];
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const y1 = ring[i + 1] as number;
    const y2 = ring[i + 3] as number;
    if (y1 > y === y2 > y) continue;
    found.push((ring[i] as number) + ((y - y1) / (y2 - y1)) * ((ring[i + 2] as number) - (ring[i] as number)));
  }
  return found;
}
