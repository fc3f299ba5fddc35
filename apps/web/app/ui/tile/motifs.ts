import { pick } from '../seed.ts';

/** One flat shape of a drawing: a path in a cell of 40 × 40 and its colour. */
export interface Shape {
  d: string;
  fill?: Hue;
  stroke?: Hue;
  width?: number;
}

export type Hue = 'a' | 'b' | 'c' | 'd' | 'ink' | 'light' | 'ground';
export type Motif = (next: () => number) => Shape[];

const disc = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
const box = (x: number, y: number, w: number, h: number): string => `M${x} ${y}h${w}v${h}h${-w}z`;
const ring = (x: number, y: number, r: number, stroke: Hue, width: number): Shape => ({
  d: disc(x, y, r),
  stroke,
  width,
});

const bend =
  (hue: Hue): Motif =>
  () => [
    { d: 'M20-.6V0A20 20 0 0 1 0 20h-.6', stroke: hue, width: 13 },
    { d: 'M20 0A20 20 0 0 1 0 20', stroke: 'light', width: 2 },
    { d: 'M20 40.6V40A20 20 0 0 1 40 20h.6', stroke: hue, width: 13 },
  ];
const valve: Motif = () => [
  { d: 'M20-.6V40.6M-.6 20H40.6', stroke: 'a', width: 13 },
  { d: disc(20, 20, 12), fill: 'b' },
  { d: 'M20 12v16M12 20h16', stroke: 'ink', width: 3 },
];

const socket: Motif = () => [
  { d: 'M7 4h26a3 3 0 0 1 3 3v26a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3z', fill: 'light' },
  { d: box(18.5, 9, 3, 8) + box(10, 23, 7, 3) + box(23, 23, 7, 3), fill: 'ink' },
];
const bolt: Motif = () => [{ d: 'M24 2 8 23h10l-4 15 18-22H21z', fill: 'b' }];
const wire =
  (hue: Hue): Motif =>
  () => [{ d: 'M0 10h10c14 0 6 20 20 20h10', stroke: hue, width: 4 }];
const bulb: Motif = () => [
  { d: disc(20, 18, 13), fill: 'b' },
  { d: box(14, 31, 12, 3) + box(16, 35, 8, 3), fill: 'ink' },
];

const radiator: Motif = () => [
  { d: [4, 13, 22, 31].map((x) => `M${x} 5a2.5 2.5 0 0 1 5 0v30a2.5 2.5 0 0 1-5 0z`).join(''), fill: 'c' },
  { d: 'M0 10h40M0 30h40', stroke: 'ink', width: 2 },
];
const flame: Motif = () => [
  { d: 'M20 2c10 9 14 16 14 22a14 14 0 0 1-28 0c0-4 2-8 6-11 0 4 2 6 4 6C14 12 16 7 20 2z', fill: 'b' },
  { d: 'M20 20c5 4 7 8 7 11a7 7 0 0 1-14 0c0-3 2-7 7-11z', fill: 'c' },
];
const sun: Motif = () => [
  { d: 'M0 40a20 20 0 0 1 40 0z', fill: 'c' },
  { d: 'M10 40a10 10 0 0 1 20 0z', fill: 'b' },
];

const bubble: Motif = (next) => {
  const r = 7 + next() * 11;
  return [
    { d: disc(20, 20, r), fill: pick(next, ['a', 'a', 'light', 'd'] as const) },
    {
      d: `M${20 - r * 0.55} ${20 - r * 0.1}A${r * 0.6} ${r * 0.6} 0 0 1 ${20 - r * 0.05} ${20 - r * 0.6}`,
      stroke: 'light',
      width: 2.5,
    },
  ];
};
const sparkle: Motif = () => [
  { d: 'M20 3c2 11 5 15 17 17-12 2-15 6-17 17-2-11-5-15-17-17 12-2 15-6 17-17z', fill: 'b' },
];
const wipe: Motif = () => [{ d: 'M0 40A40 40 0 0 1 40 0v14A26 26 0 0 0 14 40z', fill: 'light' }];

const stroke =
  (hue: Hue): Motif =>
  () => [{ d: 'M5 10h30M5 22h22', stroke: hue, width: 9 }];
const drip =
  (hue: Hue): Motif =>
  (next) => [
    {
      d: `M0 0h40v${16 + Math.round(next() * 8)}q-4 6-8 0v-4q-4-4-8 0v${8 + Math.round(next() * 6)}q-4 6-8 0v-8q-4-4-8 0v4q-4 5-8 0z`,
      fill: hue,
    },
  ];
const swatch =
  (hue: Hue): Motif =>
  () => [
    { d: box(4, 4, 32, 22), fill: hue },
    { d: box(4, 26, 32, 10), fill: 'light' },
  ];

const board =
  (hue: Hue): Motif =>
  () => [
    { d: box(0, 2, 40, 16), fill: hue },
    { d: box(0, 22, 40, 16), fill: 'c' },
    { d: 'M4 10h14c4 0 4-4 8-4h14M0 30h10c5 0 5 4 10 4h20', stroke: 'ink', width: 1.2 },
  ];
const endGrain: Motif = () => [
  { d: 'M0 0h36a36 36 0 0 1-36 36z', fill: 'c' },
  { d: 'M0 0h24a24 24 0 0 1-24 24z', fill: 'b' },
  { d: 'M0 0h12a12 12 0 0 1-12 12z', fill: 'light' },
];
const dovetail: Motif = () => [{ d: 'M0 40V20h8l4-20h16l4 20h8v20z', fill: 'b' }];

const leaf =
  (hue: Hue): Motif =>
  () => [
    { d: 'M3 3C27 3 37 13 37 37 13 37 3 27 3 3z', fill: hue },
    { d: 'M3 3l34 34', stroke: 'light', width: 1.6 },
  ];
const flower: Motif = () => [
  { d: disc(20, 11, 8) + disc(20, 29, 8) + disc(11, 20, 8) + disc(29, 20, 8), fill: 'c' },
  { d: disc(20, 20, 6), fill: 'b' },
];
const sprout: Motif = () => [
  { d: 'M20 40V18', stroke: 'ink', width: 2 },
  { d: 'M20 20C8 20 4 12 4 4c10 0 16 6 16 16zM20 20c12 0 16-8 16-16-10 0-16 6-16 16z', fill: 'd' },
];

const scale =
  (hue: Hue): Motif =>
  () => [
    { d: 'M0 0h40v16a20 20 0 0 1-40 0z', fill: hue },
    { d: 'M0 16a20 20 0 0 0 40 0', stroke: 'light', width: 1.6 },
  ];
const gable: Motif = () => [
  { d: 'M0 36 20 6l20 30z', fill: 'ink' },
  { d: box(16, 24, 8, 12), fill: 'b' },
];

const nut: Motif = () => [
  { d: 'M12 4h16l10 16-10 16H12L2 20z', fill: 'b' },
  { d: disc(20, 20, 8), fill: 'ground' },
];
const screw: Motif = () => [
  { d: disc(20, 20, 16), fill: 'a' },
  { d: 'M20 10v20M10 20h20', stroke: 'ink', width: 3.5 },
];
const washer: Motif = () => [ring(20, 20, 12, 'c', 8)];
const ruler: Motif = () => [
  { d: box(2, 8, 36, 24), fill: 'b' },
  { d: 'M7 8v10M13 8v6M19 8v10M25 8v6M31 8v10', stroke: 'ink', width: 1.6 },
];

const keyhole: Motif = () => [
  { d: disc(20, 20, 18), fill: 'b' },
  { d: 'M20 10a5.5 5.5 0 0 1 3 10l2 10H15l2-10a5.5 5.5 0 0 1 3-10z', fill: 'ink' },
];
const keyBit: Motif = () => [{ d: 'M0 16h40v8h-6v8h-6v-5h-5v7h-6V24H0z', fill: 'a' }];
const keyBow: Motif = () => [ring(20, 20, 12, 'a', 7), { d: box(30, 16, 10, 8), fill: 'a' }];

const crate =
  (hue: Hue): Motif =>
  () => [
    { d: box(3, 3, 34, 34), fill: hue },
    { d: box(16, 3, 8, 34), fill: 'light' },
  ];
const cube: Motif = () => [
  { d: 'M20 2 38 11 20 20 2 11z', fill: 'b' },
  { d: 'M2 11 20 20v18L2 29z', fill: 'c' },
  { d: 'M38 11 20 20v18l18-9z', fill: 'a' },
];
const upward: Motif = () => [{ d: 'M12 34V14H5L16 3l11 11h-7v20zM24 34V22h12', stroke: 'ink', width: 2 }];

const drum: Motif = () => [
  { d: 'M6 2h28a4 4 0 0 1 4 4v28a4 4 0 0 1-4 4H6a4 4 0 0 1-4-4V6a4 4 0 0 1 4-4z', fill: 'light' },
  ring(20, 22, 10, 'a', 4),
  { d: disc(9, 8, 2) + disc(31, 8, 2), fill: 'ink' },
];
const dial: Motif = () => [
  { d: disc(20, 20, 15), fill: 'b' },
  { d: 'M20 20 28 9', stroke: 'ink', width: 3 },
];
const vents: Motif = () => [{ d: 'M6 8h28M6 16h28M6 24h28M6 32h28', stroke: 'a', width: 4 }];

/** For a trade that has no drawing of its own. */
export const fallback: readonly [Motif, ...Motif[]] = [nut, screw, washer, ruler];

/** The shapes of each trade; repeated ones come more often. */
export const motifs: Record<string, readonly [Motif, ...Motif[]]> = {
  plumbing: [bend('a'), bend('a'), bend('a'), bend('b'), valve],
  electrical: [socket, bolt, wire('a'), wire('c'), bulb],
  heating: [radiator, flame, radiator, sun],
  cleaning: [bubble, bubble, bubble, sparkle, wipe],
  painting: [drip('c'), drip('a'), swatch('d'), swatch('b'), stroke('a'), stroke('c')],
  carpentry: [board('b'), endGrain, board('c'), dovetail, endGrain],
  gardening: [leaf('d'), leaf('d'), leaf('a'), leaf('b'), flower, sprout],
  roofing: [scale('c'), scale('c'), scale('b'), scale('c'), gable],
  handyperson: fallback,
  locksmith: [keyhole, keyBit, keyBow, keyhole],
  removals: [crate('c'), cube, crate('b'), cube, upward],
  appliances: [drum, dial, vents, drum],
};
