import {
  contrastWCAG21,
  ColorSpace,
  OKLab,
  OKLCH,
  sRGB,
  sRGB_Linear,
  to,
  type ColorObject,
  type PlainColorObject,
} from 'colorjs.io/fn';

/** Colours of tokens as numbers: for the build and its tests, never in a page. */

for (const space of [sRGB, sRGB_Linear, OKLab, OKLCH]) ColorSpace.register(space);

/** A DTCG colour; the tokens are all in OKLCH. */
export interface Colour {
  colorSpace: string;
  components: readonly (number | 'none' | null)[];
  alpha?: number | undefined;
}

type Triple = [number, number, number];

const triple = (values: readonly (number | 'none' | null)[]): Triple =>
  values.map((value) => (typeof value === 'number' ? value : 0)) as Triple;

const object = ({ components, alpha = 1 }: Colour): ColorObject => ({
  spaceId: 'oklch',
  coords: triple(components),
  alpha,
});

/** Linear sRGB, cut to the gamut as screens do. */
export const linear = (colour: Colour): Triple =>
  triple(to(object(colour), sRGB_Linear).coords).map((channel) => Math.min(1, Math.max(0, channel))) as Triple;

const shown = (colour: Colour): PlainColorObject =>
  to({ spaceId: 'srgb-linear', coords: linear(colour), alpha: 1 }, sRGB);

/** `#rrggbb` (or `#rrggbbaa`), for platforms without OKLCH. */
export function hex(colour: Colour): string {
  const channels = triple(shown(colour).coords);
  if (colour.alpha !== undefined && colour.alpha < 1) channels.push(colour.alpha);
  return `#${channels
    .map((channel) =>
      Math.round(channel * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** 1 (same) to 21 (black on white), as WCAG 2.2 counts. */
export const contrast = (one: Colour, other: Colour): number => contrastWCAG21(shown(one), shown(other));

/** How linear light is seen with one kind of cone missing (Machado, Oliveira and Fernandes 2009, severity 1). */
export const visions = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const;

export type Vision = keyof typeof visions;

function seen(colour: Colour, vision: Vision): Triple {
  const light = linear(colour);
  const coords = visions[vision].map((row) =>
    Math.min(1, Math.max(0, row[0] * light[0] + row[1] * light[1] + row[2] * light[2])),
  ) as Triple;
  return triple(to({ spaceId: 'srgb-linear', coords, alpha: 1 }, OKLab).coords);
}

/** How far two colours are apart in OKLab for an eye of this kind. 0.02 is just noticeable side by side. */
export const distance = (one: Colour, other: Colour, vision: Vision): number =>
  Math.hypot(...seen(one, vision).map((value, at) => value - (seen(other, vision)[at] ?? 0)));
