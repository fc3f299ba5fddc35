import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { pick, seeded } from './seed.ts';

/** Ground, and the lines on it. */
const grounds: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['fill-brass-soft', 'fill-brass-deep stroke-brass-deep'],
  ['fill-info-soft', 'fill-info stroke-info'],
  ['fill-good-soft', 'fill-good stroke-good'],
  ['fill-bad-soft', 'fill-bad stroke-bad'],
  ['fill-action-soft', 'fill-action stroke-action'],
];

const sizes = { small: 36, normal: 48, large: 80 } as const;

/** The first letters of a name on a pattern of its own, until there is a picture. */
export function Monogram({
  name,
  seed,
  size = 'normal',
  className,
}: {
  name: string;
  seed: string;
  size?: keyof typeof sizes;
  className?: string;
}): ReactNode {
  const next = seeded(seed);
  const [ground, line] = pick(next, grounds);
  const lines = Array.from({ length: 5 }, (_, index) => ({ x: 4 + index * 10, length: 8 + Math.round(next() * 30) }));
  return (
    <svg
      viewBox="0 0 48 48"
      width={sizes[size]}
      height={sizes[size]}
      aria-hidden="true"
      className={cx('block shrink-0 rounded-control', className)}
    >
      <rect width="48" height="48" className={ground} />
      {lines.map(({ x, length }) => (
        <g key={x} className={cx(line, 'opacity-40')} strokeWidth="1">
          <path d={`M${x} 0v${length}`} />
          <circle cx={x} cy={length + 1.5} r="1.5" />
        </g>
      ))}
      <text x="24" y="31" textAnchor="middle" className="heading fill-ink text-18">
        {initials(name)}
      </text>
    </svg>
  );
}

/** Up to two letters: two words give two letters. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => word?.match(/\p{L}/u)?.[0] ?? '',
  );
  return letters.join('').toLocaleUpperCase();
}
