import type { ColorToken } from './generated/tokens.ts';

/** Contrast that WCAG 2.2 AA asks for: text (1.4.3) and the parts of controls and drawings (1.4.11). */
export const TEXT = 4.5;
export const MARK = 3;

export interface Pair {
  front: ColorToken;
  back: ColorToken;
  least: number;
}

const grounds = ['paper', 'sheet', 'sunk'] as const;
const onGrounds = (front: ColorToken, least: number): Pair[] => grounds.map((back) => ({ front, back, least }));

const tones = ['good', 'warn', 'bad', 'info', 'brass'] as const;

/** Every pair of front and ground that the parts in `apps/web/app/ui` produce. */
export const pairs: Pair[] = [
  ...(['ink', 'ink-muted', 'ink-faint', 'action', 'action-hover', 'bad-ink', 'good-ink', 'brass-ink'] as const).flatMap(
    (front) => onGrounds(front, TEXT),
  ),
  ...(['ink', 'ink-muted', 'action'] as const).map((front) => ({ front, back: 'action-soft' as const, least: TEXT })),
  ...(['action', 'action-hover', 'action-press'] as const).map((back) => ({
    front: 'on-action' as const,
    back,
    least: TEXT,
  })),
  { front: 'on-bad', back: 'bad', least: TEXT },
  { front: 'on-bad', back: 'bad-hover', least: TEXT },
  { front: 'on-ink', back: 'ink', least: TEXT },
  ...tones.flatMap((tone): Pair[] => [
    { front: `${tone}-ink`, back: `${tone}-soft`, least: TEXT },
    { front: 'ink', back: `${tone}-soft`, least: TEXT },
    { front: 'ink-muted', back: `${tone}-soft`, least: TEXT },
  ]),
  ...(['good', 'warn', 'bad', 'info'] as const).flatMap((tone): Pair[] => [
    { front: tone, back: 'sheet', least: MARK },
    { front: tone, back: `${tone}-soft`, least: MARK },
  ]),
  ...onGrounds('brass-deep', MARK),
  ...onGrounds('line-strong', MARK),
  ...onGrounds('focus', MARK),
  { front: 'focus', back: 'action-soft', least: MARK },
  { front: 'ink', back: 'map-land', least: TEXT },
  { front: 'ink', back: 'map-zone', least: TEXT },
  { front: 'ink-muted', back: 'map-land', least: TEXT },
  { front: 'ink-muted', back: 'map-water', least: TEXT },
  { front: 'ink', back: 'draw-ground', least: TEXT },
];
