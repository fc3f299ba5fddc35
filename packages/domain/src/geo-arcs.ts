import type { MultiPolygon, Polygon, Position, Ring } from './geo.ts';

/**
 * Work on borders that shapes share. It relies on neighbours having the very same corners along their common border,
 * as official boundary files and our own imports do.
 */

/** Joins touching shapes into one by dropping every border that two of them share. */
export function dissolve(shapes: readonly MultiPolygon[]): MultiPolygon {
  const edges = new Map<string, [Position, Position]>();
  for (const ring of shapes.flat(2)) {
    for (const [from, to] of pairsOf(ring)) {
      if (!edges.delete(`${to}>${from}`)) edges.set(`${from}>${to}`, [from, to]);
    }
  }
  return nested(stitch([...edges.values()]));
}

function pairsOf(ring: Ring): [Position, Position][] {
  return ring.slice(1).map((to, index) => [ring[index] as Position, to]);
}

/** Rings out of loose edges; where rings touch in a corner the sharpest turn keeps them apart. */
function stitch(edges: readonly [Position, Position][]): Ring[] {
  const from = new Map<string, [Position, Position][]>();
  for (const edge of edges) from.set(`${edge[0]}`, [...(from.get(`${edge[0]}`) ?? []), edge]);
  const rings: Ring[] = [];
  for (const start of edges) {
    if (!from.get(`${start[0]}`)?.includes(start)) continue;
    const ring: Position[] = [start[0]];
    let edge: [Position, Position] | undefined = start;
    while (edge) {
      take(from, edge);
      ring.push(edge[1]);
      edge = `${edge[1]}` === `${ring[0]}` ? undefined : sharpest(edge, from.get(`${edge[1]}`) ?? []);
    }
    rings.push(ring);
  }
  return rings;
}

function take(from: Map<string, [Position, Position][]>, edge: [Position, Position]): void {
  const key = `${edge[0]}`;
  from.set(
    key,
    (from.get(key) ?? []).filter((other) => other !== edge),
  );
}

function sharpest(
  [a, b]: [Position, Position],
  choices: readonly [Position, Position][],
): [Position, Position] | undefined {
  const incoming = Math.atan2((a[1] as number) - (b[1] as number), (a[0] as number) - (b[0] as number));
  const turn = ([, c]: [Position, Position]) => {
    const outgoing = Math.atan2((c[1] as number) - (b[1] as number), (c[0] as number) - (b[0] as number));
    return (incoming - outgoing + 4 * Math.PI) % (2 * Math.PI);
  };
  return choices.toSorted((x, y) => turn(x) - turn(y))[0];
}

/** Puts holes into the outer rings that hold them. */
function nested(rings: readonly Ring[]): MultiPolygon {
  const parents = rings.map((ring, index) => rings.filter((other, at) => at !== index && ringHolds(other, ring)));
  const outer = rings.filter((_, index) => (parents[index]?.length ?? 0) % 2 === 0);
  return outer.map((ring): Polygon => {
    const depth = parents[rings.indexOf(ring)]?.length ?? 0;
    const holes = rings.filter((_, at) => parents[at]?.length === depth + 1 && parents[at]?.includes(ring));
    return [ring, ...holes];
  });
}

function ringHolds(outer: Ring, inner: Ring): boolean {
  const corners = new Set(outer.map(String));
  const probe = inner.find((position) => !corners.has(`${position}`));
  if (!probe) return false;
  const [x = 0, y = 0] = probe;
  let inside = false;
  for (const [[x1 = 0, y1 = 0], [x2 = 0, y2 = 0]] of pairsOf(outer)) {
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  }
  return inside;
}

/**
 * Simplifies shapes for drawing (Douglas-Peucker per stretch of border between junctions), so that neighbours stay
 * tight: a border that two of them share is simplified once. `tolerance` is in degrees of latitude, `squeeze` how
 * much shorter a degree of longitude is (the cosine of the latitude).
 */
export function simplify(shapes: readonly MultiPolygon[], tolerance: number, squeeze: number): MultiPolygon[] {
  const junctions = junctionsOf(shapes);
  const known = new Map<string, Position[]>();
  const shorten = (arc: Position[]): Position[] => {
    const forward = `${arc[0]}|${arc[1]}|${arc.at(-1)}`;
    const backward = `${arc.at(-1)}|${arc.at(-2)}|${arc[0]}`;
    const reversed = known.get(backward);
    if (reversed) return reversed.toReversed();
    const kept = known.get(forward) ?? peucker(arc, tolerance, squeeze);
    known.set(forward, kept);
    return kept;
  };
  return shapes.map((shape) =>
    shape
      .map((polygon) =>
        polygon.map((ring) => simplifyRing(ring, junctions, shorten)).filter((ring) => ring.length >= 4),
      )
      .filter((polygon) => polygon.length > 0),
  );
}

/** Corners where more than one border meets: they have to stay where they are. */
function junctionsOf(shapes: readonly MultiPolygon[]): Set<string> {
  const neighbours = new Map<string, Set<string>>();
  for (const ring of shapes.flat(2)) {
    for (const [from, to] of pairsOf(ring)) {
      neighbours.set(`${from}`, (neighbours.get(`${from}`) ?? new Set()).add(`${to}`));
      neighbours.set(`${to}`, (neighbours.get(`${to}`) ?? new Set()).add(`${from}`));
    }
  }
  return new Set([...neighbours].filter(([, around]) => around.size !== 2).map(([corner]) => corner));
}

function simplifyRing(ring: Ring, junctions: ReadonlySet<string>, shorten: (arc: Position[]) => Position[]): Ring {
  const open = ring.slice(0, -1);
  const first = open.findIndex((position) => junctions.has(`${position}`));
  if (first === -1) return simplifyIsland(open, shorten);
  const turned = [...open.slice(first), ...open.slice(0, first), open[first] as Position];
  const result: Position[] = [turned[0] as Position];
  let arc: Position[] = [turned[0] as Position];
  for (const position of turned.slice(1)) {
    arc.push(position);
    if (!junctions.has(`${position}`)) continue;
    result.push(...shorten(arc).slice(1));
    arc = [position];
  }
  return result;
}

/** A ring that meets no other border: cut at its two corners that lie farthest apart in latitude. */
function simplifyIsland(open: readonly Position[], shorten: (arc: Position[]) => Position[]): Ring {
  const byLatitude = [...open.keys()].toSorted((a, b) => (open[a]?.[1] ?? 0) - (open[b]?.[1] ?? 0) || a - b);
  const [low = 0, high = 0] = [byLatitude[0], byLatitude.at(-1)];
  const stretch = (from: number, to: number) =>
    from < to ? open.slice(from, to + 1) : [...open.slice(from), ...open.slice(0, to + 1)];
  return [...shorten(stretch(low, high)), ...shorten(stretch(high, low)).slice(1)];
}

function peucker(arc: Position[], tolerance: number, squeeze: number): Position[] {
  const [first, last] = [arc[0], arc.at(-1)];
  if (arc.length < 3 || !first || !last) return arc;
  let farthest = 0;
  let distance = 0;
  for (let i = 1; i < arc.length - 1; i += 1) {
    const away = offLine(arc[i] as Position, first, last, squeeze);
    if (away > distance) [farthest, distance] = [i, away];
  }
  if (distance <= tolerance) return [first, last];
  return [
    ...peucker(arc.slice(0, farthest + 1), tolerance, squeeze),
    ...peucker(arc.slice(farthest), tolerance, squeeze).slice(1),
  ];
}

function offLine(
  [px = 0, py = 0]: Position,
  [ax = 0, ay = 0]: Position,
  [bx = 0, by = 0]: Position,
  squeeze: number,
): number {
  const [dx, dy, x, y] = [(bx - ax) * squeeze, by - ay, (px - ax) * squeeze, py - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, (x * dx + y * dy) / length));
  return Math.hypot(x - along * dx, y - along * dy);
}

/** How many positions a shape has. */
export const positionsOf = (shape: MultiPolygon): number => shape.flat().reduce((sum, ring) => sum + ring.length, 0);
