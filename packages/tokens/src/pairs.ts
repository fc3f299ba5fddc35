import type { ColorToken } from './generated/catalogue.ts';

/** What a pair of colours is for. WCAG 2.2: text 1.4.3 and 1.4.6, parts of controls and drawings 1.4.11. */
export type Use = 'text' | 'mark';

/** Contrast asked for, by use and by the contrast that a person chose. */
export const least = { normal: { text: 4.5, mark: 3 }, high: { text: 7, mark: 3 } } as const;

export interface Pair {
  front: ColorToken;
  back: ColorToken;
  use: Use;
}

type Name<Token extends string> = Token extends `color.${infer Rest}` ? Rest : never;
type Color = Name<ColorToken>;

const pair = (use: Use, front: Color, back: Color): Pair => ({ front: `color.${front}`, back: `color.${back}`, use });
const each = (use: Use, fronts: readonly Color[], backs: readonly Color[]): Pair[] =>
  fronts.flatMap((front) => backs.map((back) => pair(use, front, back)));

const grounds = ['paper', 'sheet', 'sunk'] as const;
const tones = ['good', 'warn', 'bad', 'info', 'alert', 'care'] as const;
const words = ['ink', 'ink-muted'] as const;
const series = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const states = [
  'limited',
  'refused-origin',
  'consent-given',
  'consent-asked',
  'consent-withdrawn',
  'ready',
  'degraded',
  'down',
  'rotation-due',
  'rotating',
  'rotated',
  'allow',
  'deny',
  'money-critical',
  'money-high',
  'money-medium',
  'money-info',
] as const;

const semantic: Pair[] = [
  ...each('text', [...words, 'ink-faint', 'action', 'action-hover', 'brass-ink'], grounds),
  ...each('text', [...words, 'action', 'action-hover'], ['action-soft']),
  ...each('text', ['on-action'], ['action', 'action-hover', 'action-press']),
  ...each('text', ['on-bad'], ['bad', 'bad-hover']),
  ...each('text', ['on-ink'], ['ink', 'ink-muted']),
  ...each('text', [...words, 'brass-ink'], ['brass-soft']),
  ...tones.flatMap((tone) => [
    ...each('text', [`${tone}-ink`, ...words, 'action'], [`${tone}-soft`]),
    ...each('text', [`${tone}-ink`], grounds),
    ...each('mark', [tone], [...grounds, `${tone}-soft`]),
  ]),
  ...each('mark', ['brass-deep', 'line-strong', 'focus', 'action'], grounds),
  ...each('mark', ['focus'], ['action-soft', 'brass-soft', ...tones.map((tone) => `${tone}-soft` as const)]),
  ...each('mark', ['brass-deep'], ['brass-soft']),
  ...each('text', words, ['map-land', 'map-zone', 'map-water']),
  ...each('mark', ['map-zone-edge'], ['map-zone']),
  ...each('text', ['ink'], ['draw-ground']),
  ...each(
    'mark',
    series.map((one) => `chart-${one}` as const),
    ['paper', 'sheet'],
  ),
];

const component: Pair[] = [
  ...(['button.fill', 'button.fill-hover', 'button.fill-press'] as const).map((back): Pair => ({
    front: 'button.text',
    back,
    use: 'text',
  })),
  ...grounds.flatMap((ground): Pair[] => [
    { front: 'button.line', back: `color.${ground}`, use: 'mark' },
    { front: 'button.quiet-line', back: `color.${ground}`, use: 'mark' },
    { front: 'rail.line', back: `color.${ground}`, use: 'mark' },
    { front: 'rail.later', back: `color.${ground}`, use: 'mark' },
    { front: 'field.line', back: `color.${ground}`, use: 'mark' },
    { front: 'chip.line', back: `color.${ground}`, use: 'mark' },
  ]),
  { front: 'button.quiet-text', back: 'color.sheet', use: 'text' },
  { front: 'rail.bob-edge', back: 'color.sheet', use: 'mark' },
  { front: 'field.text', back: 'field.ground', use: 'text' },
  { front: 'field.hint', back: 'field.ground', use: 'text' },
  { front: 'field.placeholder', back: 'field.ground', use: 'text' },
  { front: 'field.wrong', back: 'field.ground', use: 'mark' },
  { front: 'chip.text', back: 'chip.ground', use: 'text' },
  { front: 'chip.chosen-text', back: 'chip.chosen-ground', use: 'text' },
  { front: 'table.head-text', back: 'table.head-ground', use: 'text' },
  { front: 'color.ink', back: 'table.row-hover', use: 'text' },
  { front: 'color.ink', back: 'table.row-chosen', use: 'text' },
  ...states.flatMap((state): Pair[] => [
    { front: `state.${state}.ink`, back: `state.${state}.soft`, use: 'text' },
    { front: `state.${state}.mark`, back: `state.${state}.soft`, use: 'mark' },
    { front: `state.${state}.mark`, back: 'color.sheet', use: 'mark' },
  ]),
];

/** Every pair of front and ground that parts of the product produce; a test reads the parts and finds none beside. */
export const pairs: readonly Pair[] = [...semantic, ...component];
