import type { MetreRings } from './geo.ts';

export interface Shape {
  key: string;
  rings: MetreRings;
}

export interface Overlap {
  a: string;
  b: string;
  squareMetres: number;
  /** Where: middle of its largest slice. */
  at: [x: number, y: number];
}

export interface Gap {
  squareMetres: number;
  at: [x: number, y: number];
}

export interface CoverageReport {
  overlaps: Overlap[];
  /** Pieces that no shape covers and that are enclosed by shapes on all sides. */
  gaps: Gap[];
  coveredSquareMetres: number;
}

interface Edge {
  shape: number;
  /** Lower end. */
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** Slivers below this are rounding of the drawing, not a mistake of it. */
const leastSquareMetres = 1;

/**
 * Exact overlaps and gaps of shapes, by cutting the plane into horizontal slabs at every corner and every crossing:
 * inside a slab no two edges cross, so all pieces are trapezoids whose areas add up. Cost grows with corners × edges
 * that one slab meets: 50,000 corners take about a second.
 */
export function reportCoverage(shapes: readonly Shape[]): CoverageReport {
  const edges = edgesOf(shapes);
  const heights = heightsOf(edges);
  const sums = new Sums(shapes);
  const starts = edges.toSorted((a, b) => a.y1 - b.y1);
  let active: Edge[] = [];
  let next = 0;
  for (let slab = 0; slab + 1 < heights.length; slab += 1) {
    const low = heights[slab] as number;
    const high = heights[slab + 1] as number;
    active = active.filter((edge) => edge.y2 > low);
    for (; next < starts.length && (starts[next] as Edge).y1 <= low; next += 1) active.push(starts[next] as Edge);
    sums.addSlab(active, low, high);
  }
  return sums.report();
}

function edgesOf(shapes: readonly Shape[]): Edge[] {
  const edges: Edge[] = [];
  shapes.forEach(({ rings }, shape) => {
    for (const ring of rings) {
      for (let i = 0; i + 3 < ring.length; i += 2) {
        const [ax, ay, bx, by] = [ring[i], ring[i + 1], ring[i + 2], ring[i + 3]] as [number, number, number, number];
        if (ay < by) edges.push({ shape, x1: ax, y1: ay, x2: bx, y2: by });
        if (by < ay) edges.push({ shape, x1: bx, y1: by, x2: ax, y2: ay });
      }
    }
  });
  return edges;
}

function heightsOf(edges: readonly Edge[]): number[] {
  const heights = new Set<number>();
  for (const { y1, y2 } of edges) heights.add(y1).add(y2);
  for (const y of crossingHeights(edges)) heights.add(y);
  return [...heights].toSorted((a, b) => a - b);
}

/** Heights at which edges of different shapes properly cross. */
function crossingHeights(edges: readonly Edge[]): number[] {
  const byLeft = edges.toSorted((a, b) => Math.min(a.x1, a.x2) - Math.min(b.x1, b.x2));
  const found: number[] = [];
  let open: Edge[] = [];
  for (const edge of byLeft) {
    const left = Math.min(edge.x1, edge.x2);
    open = open.filter((other) => Math.max(other.x1, other.x2) >= left);
    for (const other of open) {
      if (other.shape === edge.shape || other.y1 >= edge.y2 || edge.y1 >= other.y2) continue;
      const y = crossing(edge, other);
      if (y !== undefined) found.push(y);
    }
    open.push(edge);
  }
  return found;
}

/** The height of a proper crossing; touching ends and lines on top of each other are none. */
function crossing(a: Edge, b: Edge): number | undefined {
  const low = Math.max(a.y1, b.y1);
  const high = Math.min(a.y2, b.y2);
  const before = xAt(a, low) - xAt(b, low);
  const after = xAt(a, high) - xAt(b, high);
  if (before === 0 || after === 0 || before > 0 === after > 0) return undefined;
  return low + (high - low) * (before / (before - after));
}

function xAt({ x1, y1, x2, y2 }: Edge, y: number): number {
  if (y === y1) return x1;
  return y === y2 ? x2 : x1 + ((y - y1) / (y2 - y1)) * (x2 - x1);
}

interface Piece {
  area: number;
  at: [number, number];
  largest: number;
}

/** An uncovered stretch of a slab, with its extent on the slab's upper line. */
interface Hole {
  left: number;
  right: number;
  /** Its piece in the union-find forest. */
  node: number;
}

/** Running sums over the slabs; the only state of the sweep. */
class Sums {
  readonly shapes: readonly Shape[];
  readonly overlaps = new Map<string, Piece & { a: number; b: number }>();
  /** Union-find forest over uncovered pieces; 0 is everything outside. */
  readonly parents: number[] = [0];
  readonly pieces: Piece[] = [{ area: 0, at: [0, 0], largest: 0 }];
  covered = 0;
  below: Hole[] = [];
  /** Where the slab below ends at its top; beyond that on either side is outside. */
  topLeft = Infinity;
  topRight = -Infinity;

  constructor(shapes: readonly Shape[]) {
    this.shapes = shapes;
  }

  addSlab(active: readonly Edge[], low: number, high: number): void {
    const middle = (low + high) / 2;
    const lines = active
      .map((edge) => ({ edge, bottom: xAt(edge, low), top: xAt(edge, high), middle: xAt(edge, middle) }))
      .toSorted((a, b) => a.middle - b.middle);
    const inside = new Set<number>();
    const holes: (Hole & { bottomLeft: number; bottomRight: number })[] = [];
    lines.forEach((line, index) => {
      if (!inside.delete(line.edge.shape)) inside.add(line.edge.shape);
      const next = lines[index + 1];
      if (!next) return;
      const area = ((next.bottom - line.bottom + next.top - line.top) / 2) * (high - low);
      const at: [number, number] = [(line.middle + next.middle) / 2, middle];
      if (inside.size > 0) this.covered += area;
      if (inside.size > 1)
        this.addOverlap(
          [...inside].toSorted((a, b) => a - b),
          area,
          at,
        );
      if (inside.size === 0 && area > 0) {
        holes.push({
          bottomLeft: line.bottom,
          bottomRight: next.bottom,
          left: line.top,
          right: next.top,
          node: this.newPiece(area, at),
        });
      }
    });
    this.connect(holes, lines[0]?.bottom ?? Infinity, lines.at(-1)?.bottom ?? -Infinity);
    this.below = holes;
    this.topLeft = lines[0]?.top ?? Infinity;
    this.topRight = lines.at(-1)?.top ?? -Infinity;
  }

  /** Joins uncovered pieces that touch the ones of the slab below along a stretch of their common line. */
  connect(
    holes: readonly { bottomLeft: number; bottomRight: number; node: number }[],
    left: number,
    right: number,
  ): void {
    for (const hole of holes) {
      if (hole.bottomLeft < this.topLeft || hole.bottomRight > this.topRight) this.join(hole.node, 0);
      for (const below of this.below) {
        if (Math.min(hole.bottomRight, below.right) > Math.max(hole.bottomLeft, below.left))
          this.join(hole.node, below.node);
      }
    }
    for (const below of this.below) {
      if (below.left < left || below.right > right) this.join(below.node, 0);
    }
  }

  addOverlap(inside: readonly number[], area: number, at: [number, number]): void {
    for (const [index, a] of inside.entries()) {
      for (const b of inside.slice(index + 1)) {
        const key = `${a}:${b}`;
        const piece = this.overlaps.get(key) ?? { a, b, area: 0, at, largest: 0 };
        this.overlaps.set(key, { ...grown(piece, area, at), a, b });
      }
    }
  }

  newPiece(area: number, at: [number, number]): number {
    this.parents.push(this.parents.length);
    this.pieces.push({ area, at, largest: area });
    return this.parents.length - 1;
  }

  root(node: number): number {
    let at = node;
    while (this.parents[at] !== at) {
      this.parents[at] = this.parents[this.parents[at] as number] as number;
      at = this.parents[at] as number;
    }
    return at;
  }

  join(a: number, b: number): void {
    const [low, high] = [this.root(a), this.root(b)].toSorted((x, y) => x - y) as [number, number];
    this.parents[high] = low;
  }

  report(): CoverageReport {
    // What still lies open at the top has nothing above it.
    for (const hole of this.below) this.join(hole.node, 0);
    const gaps = new Map<number, Piece>();
    this.pieces.forEach((piece, node) => {
      const root = this.root(node);
      if (root !== 0)
        gaps.set(root, grown(gaps.get(root) ?? { area: 0, at: piece.at, largest: 0 }, piece.area, piece.at));
    });
    const worth = ({ squareMetres }: { squareMetres: number }) => squareMetres >= leastSquareMetres;
    const key = (index: number) => this.shapes[index]?.key ?? '';
    return {
      overlaps: [...this.overlaps.values()]
        .map(({ a, b, area, at }) => ({ a: key(a), b: key(b), squareMetres: area, at }))
        .filter(worth),
      gaps: [...gaps.values()].map(({ area, at }) => ({ squareMetres: area, at })).filter(worth),
      coveredSquareMetres: this.covered,
    };
  }
}

function grown({ area, at, largest }: Piece, more: number, where: [number, number]): Piece {
  return { area: area + more, at: more > largest ? where : at, largest: Math.max(largest, more) };
}
