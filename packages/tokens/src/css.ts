import type { Oklch } from './color.ts';
import type { Token } from './resolve.ts';

interface Dimension {
  value: number;
  unit: string;
}

interface Shadow {
  color: Oklch;
  offsetX: Dimension;
  offsetY: Dimension;
  blur: Dimension;
  spread: Dimension;
}

const dimension = ({ value, unit }: Dimension): string => (value === 0 ? '0' : `${value}${unit}`);

function color({ components, alpha }: Oklch): string {
  const channels = components.join(' ');
  return alpha === undefined ? `oklch(${channels})` : `oklch(${channels} / ${alpha})`;
}

function shadow(value: Shadow): string {
  const lengths = [value.offsetX, value.offsetY, value.blur, value.spread].map(dimension);
  return `${lengths.join(' ')} ${color(value.color)}`;
}

const fontFamily = (names: string[]): string =>
  names.map((name) => (/^[a-z-]+$/.test(name) ? name : `'${name}'`)).join(', ');

const writers: Record<string, (value: never) => string> = {
  color,
  shadow,
  fontFamily,
  dimension,
  duration: dimension,
  cubicBezier: (points: number[]) => `cubic-bezier(${points.join(', ')})`,
  number: String,
  fontWeight: String,
};

/** The CSS text of one token's value. */
export function cssValue(token: Token): string {
  const write = writers[token.type];
  if (!write) throw new Error(`token ${token.path}: no CSS for type ${token.type}`);
  return write(token.value as never);
}

/** `color.ink-muted` → `--pl-color-ink-muted` */
export const cssName = (path: string): string => `--pl-${path.replaceAll('.', '-')}`;
