import type { MultiPolygon, Position, Ring } from './geo.ts';

export type ShapeProblem = 'not_on_earth' | 'ring_open' | 'ring_short' | 'ring_crosses_itself' | 'hole_outside';

/** What is wrong with a shape, undefined when nothing is. `hole_outside`: a hole has a corner outside its outer ring. */
export function problemOf(shape: MultiPolygon): { problem: ShapeProblem; at?: Position } | undefined {
  for (const polygon of shape) {
    for (const ring of polygon) {
      const problem = ringProblem(ring);
      if (problem) return problem;
    }
    const [outer, ...holes] = polygon;
    for (const hole of holes) {
      const corner = hole.find((position) => outer && !touches(outer, position));
      if (corner) return { problem: 'hole_outside', at: corner };
    }
  }
  return undefined;
}

function ringProblem(ring: Ring): { problem: ShapeProblem; at?: Position } | undefined {
  const stray = ring.find(([lng = NaN, lat = NaN]) => !(Math.abs(lng) <= 180 && Math.abs(lat) <= 90));
  if (stray) return { problem: 'not_on_earth', at: stray };
  const [first, last] = [ring[0], ring.at(-1)];
  if (!first || !last || first[0] !== last[0] || first[1] !== last[1])
    return first ? { problem: 'ring_open', at: first } : { problem: 'ring_open' };
  if (ring.length < 4) return { problem: 'ring_short', at: first };
  const crossing = selfCrossing(ring);
  return crossing && { problem: 'ring_crosses_itself', at: crossing };
}

/** Sweep from west to east: every edge meets only those whose stretch of longitude it shares. */
function selfCrossing(ring: Ring): Position | undefined {
  const edges = ring.slice(1).map((to, index) => ({ index, a: ring[index] as Position, b: to }));
  const west = ({ a, b }: { a: Position; b: Position }) => Math.min(a[0] as number, b[0] as number);
  const east = ({ a, b }: { a: Position; b: Position }) => Math.max(a[0] as number, b[0] as number);
  let open: typeof edges = [];
  for (const edge of edges.toSorted((a, b) => west(a) - west(b))) {
    open = open.filter((other) => east(other) >= west(edge));
    const met = open.find((other) => properlyCross(edge.a, edge.b, other.a, other.b));
    if (met) return edge.a;
    open.push(edge);
  }
  return undefined;
}

function side([ax = 0, ay = 0]: Position, [bx = 0, by = 0]: Position, [cx = 0, cy = 0]: Position): number {
  return Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
}

function properlyCross(a: Position, b: Position, c: Position, d: Position): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

function touches(outer: Ring, [x = 0, y = 0]: Position): boolean {
  let inside = false;
  for (let i = 0; i + 1 < outer.length; i += 1) {
    const [x1 = 0, y1 = 0] = outer[i] as Position;
    const [x2 = 0, y2 = 0] = outer[i + 1] as Position;
    if (x1 === x && y1 === y) return true;
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  }
  return inside;
}
