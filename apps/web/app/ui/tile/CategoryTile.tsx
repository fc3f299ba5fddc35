import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import { pick, seeded } from '../seed.ts';
import { fallback, motifs, type Hue, type Shape } from './motifs.ts';

const fills: Record<Hue, string> = {
  a: 'fill-draw-a',
  b: 'fill-draw-b',
  c: 'fill-draw-c',
  d: 'fill-draw-d',
  ink: 'fill-draw-ink',
  light: 'fill-draw-light',
  ground: 'fill-draw-ground',
};

const strokes: Record<Hue, string> = {
  a: 'stroke-draw-a',
  b: 'stroke-draw-b',
  c: 'stroke-draw-c',
  d: 'stroke-draw-d',
  ink: 'stroke-draw-ink',
  light: 'stroke-draw-light',
  ground: 'stroke-draw-ground',
};

/** Trades whose shapes must not be turned: a roof has a top. */
const upright = new Set(['roofing']);

interface TileProps {
  category: string;
  /** The same seed draws the same tile: every listing has its own. */
  seed: string;
  columns?: number;
  rows?: number;
  className?: string;
}

/** A drawing from the shapes of a trade, in the hues of the theme. It is never a picture of somebody's work. */
export function CategoryTile({ category, seed, columns = 4, rows = 3, className }: TileProps): ReactNode {
  const next = seeded(`${category} ${seed}`);
  const choices = motifs[category] ?? fallback;
  const cells = Array.from({ length: columns * rows }, (_, index) => ({
    x: (index % columns) * 40,
    y: Math.floor(index / columns) * 40,
    turn: upright.has(category) ? 0 : Math.floor(next() * 4) * 90,
    shapes: pick(next, choices)(next),
  }));
  return (
    <svg
      viewBox={`0 0 ${columns * 40} ${rows * 40}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      className={cx('block', className)}
    >
      <rect width={columns * 40} height={rows * 40} className="fill-draw-ground" />
      {cells.map(({ x, y, turn, shapes }) => (
        <g key={`${x} ${y}`} transform={`translate(${x} ${y}) rotate(${turn} 20 20)`}>
          {shapes.map((shape) => (
            <path
              key={shape.d + (shape.fill ?? shape.stroke)}
              d={shape.d}
              className={paint(shape)}
              strokeWidth={shape.width}
            />
          ))}
        </g>
      ))}
    </svg>
  );
}

const paint = ({ fill, stroke }: Shape): string => (fill ? fills[fill] : cx('fill-none', stroke && strokes[stroke]));
