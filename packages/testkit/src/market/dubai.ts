/** The Dubai market: zones and coast drawn roughly by us and place names with rounded coordinates, demo data all of it. */
import type { MarketGeography, MarketPlace, MarketZone } from './geography.ts';

/** Corners that neighbouring zones share, from the coast inland. [longitude, latitude] */
const corner = {
  a: [55.105, 25.055],
  b: [55.155, 25.1],
  c: [55.185, 25.145],
  d: [55.232, 25.205],
  e: [55.275, 25.248],
  f: [55.3, 25.285],
  g: [55.35, 25.315],
  h: [55.145, 25.025],
  i: [55.195, 25.075],
  j: [55.22, 25.12],
  k: [55.255, 25.165],
  l: [55.3, 25.21],
  m: [55.33, 25.245],
  n: [55.385, 25.285],
  o: [55.195, 24.99],
  p: [55.25, 25.03],
  q: [55.295, 25.085],
  r: [55.345, 25.15],
  s: [55.4, 25.19],
  t: [55.455, 25.235],
} satisfies Record<string, [number, number]>;

const around = (corners: string): number[][][][] => {
  const ring = [...corners, corners.charAt(0)].map((name) => [
    ...(corner[name as keyof typeof corner] ?? missing(name)),
  ]);
  return [[ring]];
};

function missing(name: string): never {
  throw new Error(`no corner ${name}`);
}

const zones: MarketZone[] = [
  { slug: 'marina', name: 'Marina and Jumeirah Lakes', demand: 'high', shape: around('ahib') },
  { slug: 'barsha', name: 'Al Barsha', demand: 'medium', shape: around('bijc') },
  { slug: 'jumeirah', name: 'Jumeirah and Umm Suqeim', demand: 'high', shape: around('cjkd') },
  { slug: 'downtown', name: 'Downtown and Satwa', demand: 'high', shape: around('dkle') },
  { slug: 'deira', name: 'Deira and Bur Dubai', demand: 'high', shape: around('elmf') },
  { slug: 'mamzar', name: 'Al Mamzar and Qusais', demand: 'low', shape: around('fmng') },
  { slug: 'arjan', name: 'Arjan and Dubai Hills', demand: 'medium', shape: around('hopqji') },
  { slug: 'al-quoz', name: 'Al Quoz and Meydan', demand: 'medium', shape: around('jqrlk') },
  { slug: 'mirdif', name: 'Mirdif and Rashidiya', demand: 'medium', shape: around('lrstnm') },
];

const names: [name: string, arabic: string, lat: number, lng: number][] = [
  ['Dubai Marina', 'دبي مارينا', 25.08, 55.14],
  ['Jumeirah Lakes Towers', 'أبراج بحيرات جميرا', 25.069, 55.142],
  ['Jumeirah Beach Residence', 'جميرا بيتش ريزيدنس', 25.078, 55.134],
  ['Internet City', 'مدينة الإنترنت', 25.095, 55.159],
  ['Al Barsha', 'البرشاء', 25.107, 55.2],
  ['Tecom', 'تيكوم', 25.098, 55.176],
  ['Al Sufouh', 'الصفوح', 25.115, 55.17],
  ['Umm Suqeim', 'أم سقيم', 25.15, 55.205],
  ['Jumeirah', 'جميرا', 25.19, 55.235],
  ['Al Safa', 'الصفا', 25.17, 55.23],
  ['Al Wasl', 'الوصل', 25.188, 55.25],
  ['Al Quoz', 'القوز', 25.135, 55.235],
  ['Satwa', 'السطوة', 25.221, 55.275],
  ['Karama', 'الكرامة', 25.245, 55.302],
  ['Bur Dubai', 'بر دبي', 25.235, 55.275],
  ['Oud Metha', 'عود ميثاء', 25.235, 55.31],
  ['Deira', 'ديرة', 25.265, 55.305],
  ['Al Rigga', 'الرقة', 25.264, 55.32],
  ['Al Mamzar', 'الممزر', 25.3, 55.345],
  ['Al Qusais', 'القصيص', 25.28, 55.37],
  ['Downtown Dubai', 'وسط مدينة دبي', 25.195, 55.275],
  ['Business Bay', 'الخليج التجاري', 25.185, 55.275],
  ['City Walk', 'سيتي ووك', 25.205, 55.265],
  ['Dubai Hills', 'دبي هيلز', 25.09, 55.25],
  ['Arjan', 'أرجان', 25.06, 55.235],
  ['Al Barsha South', 'البرشاء جنوب', 25.045, 55.225],
  ['Ras Al Khor', 'رأس الخور', 25.185, 55.345],
  ['Mirdif', 'مردف', 25.22, 55.42],
  ['Rashidiya', 'الراشدية', 25.23, 55.39],
  ['Garhoud', 'القرهود', 25.243, 55.35],
];

export const dubai: MarketGeography = {
  regionId: 'ae',
  zones,
  places: names.map(([name, arabic, lat, lng]): MarketPlace => ({
    id: name.toLowerCase().replaceAll(' ', '-'),
    kind: 'place',
    name,
    label: `${name} · ${arabic}`,
    also: [arabic],
    point: { lat, lng },
  })),
  land: [
    [
      [
        [55.0, 24.9],
        [55.0, 24.98],
        [55.06, 25.02],
        [55.1, 25.056],
        [55.128, 25.08],
        [55.15, 25.1],
        [55.18, 25.145],
        [55.228, 25.207],
        [55.262, 25.245],
        [55.29, 25.282],
        [55.335, 25.315],
        [55.38, 25.345],
        [55.6, 25.4],
        [55.6, 24.9],
        [55.0, 24.9],
      ],
    ],
  ],
  attribution: ['Rough drawing for a demo: not for finding one’s way.'],
};
