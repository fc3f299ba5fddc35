/** The Dublin market: zones and coast drawn roughly by us and place names with rounded coordinates, demo data all of it. */
import type { MarketGeography, MarketPlace, MarketZone } from './geography.ts';

/** Corners that neighbouring zones share. [longitude, latitude] */
const corner = {
  a: [-6.48, 53.41],
  b: [-6.33, 53.412],
  c: [-6.238, 53.405],
  d: [-6.06, 53.398],
  e: [-6.485, 53.345],
  f: [-6.318, 53.362],
  g: [-6.242, 53.36],
  h: [-6.192, 53.351],
  i: [-6.05, 53.366],
  j: [-6.315, 53.338],
  k: [-6.24, 53.334],
  l: [-6.19, 53.336],
  m: [-6.47, 53.298],
  n: [-6.32, 53.3],
  o: [-6.232, 53.298],
  p: [-6.132, 53.298],
  q: [-6.44, 53.255],
  r: [-6.31, 53.258],
  s: [-6.225, 53.256],
  t: [-6.095, 53.258],
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
  { slug: 'city-centre', name: 'City centre', demand: 'high', shape: around('fjkg') },
  { slug: 'drumcondra', name: 'Drumcondra and Glasnevin', demand: 'medium', shape: around('bfgc') },
  { slug: 'clontarf', name: 'Clontarf and Howth', demand: 'medium', shape: around('cghid') },
  { slug: 'rathmines', name: 'Rathmines and Terenure', demand: 'high', shape: around('jnok') },
  { slug: 'ballsbridge', name: 'Ballsbridge and Dún Laoghaire', demand: 'high', shape: around('gkostplh') },
  { slug: 'dundrum', name: 'Dundrum and Rathfarnham', demand: 'medium', shape: around('nrso') },
  { slug: 'lucan', name: 'Lucan and Blanchardstown', demand: 'low', shape: around('aemnjfb') },
  { slug: 'tallaght', name: 'Tallaght', demand: 'low', shape: around('mqrn') },
];

const names: [name: string, lat: number, lng: number, outcode: string][] = [
  ['Temple Bar', 53.345, -6.264, 'D02'],
  ['Smithfield', 53.348, -6.278, 'D07'],
  ['Portobello', 53.336, -6.265, 'D08'],
  ['Stoneybatter', 53.354, -6.286, 'D07'],
  ['Phibsborough', 53.361, -6.273, 'D07'],
  ['Drumcondra', 53.37, -6.255, 'D09'],
  ['Glasnevin', 53.376, -6.275, 'D09'],
  ['Ballymun', 53.397, -6.264, 'D11'],
  ['Fairview', 53.364, -6.239, 'D03'],
  ['Clontarf', 53.366, -6.195, 'D03'],
  ['Raheny', 53.381, -6.176, 'D05'],
  ['Sutton', 53.388, -6.115, 'D13'],
  ['Howth', 53.385, -6.068, 'D13'],
  ['Rathmines', 53.322, -6.266, 'D06'],
  ['Ranelagh', 53.326, -6.256, 'D06'],
  ['Harold’s Cross', 53.325, -6.283, 'D06W'],
  ['Terenure', 53.31, -6.284, 'D06W'],
  ['Ballsbridge', 53.328, -6.229, 'D04'],
  ['Sandymount', 53.332, -6.214, 'D04'],
  ['Donnybrook', 53.32, -6.235, 'D04'],
  ['Blackrock', 53.302, -6.178, 'A94'],
  ['Dún Laoghaire', 53.293, -6.137, 'A96'],
  ['Dalkey', 53.277, -6.102, 'A96'],
  ['Dundrum', 53.289, -6.243, 'D14'],
  ['Rathfarnham', 53.297, -6.286, 'D14'],
  ['Tallaght', 53.287, -6.356, 'D24'],
  ['Clondalkin', 53.322, -6.395, 'D22'],
  ['Lucan', 53.357, -6.449, 'K78'],
  ['Blanchardstown', 53.388, -6.375, 'D15'],
  ['Swords', 53.458, -6.218, 'K67'],
];

const slugOf = (name: string) =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}|’/gu, '')
    .toLowerCase()
    .replaceAll(' ', '-');

export const dublin: MarketGeography = {
  regionId: 'ie',
  zones,
  places: names.map(([name, lat, lng, outcode]): MarketPlace => ({
    id: slugOf(name),
    kind: 'place',
    name,
    label: `${name} ${outcode}`,
    also: [outcode],
    point: { lat, lng },
  })),
  land: [
    [
      [
        [-6.6, 53.2],
        [-6.085, 53.2],
        [-6.09, 53.245],
        [-6.095, 53.275],
        [-6.13, 53.297],
        [-6.175, 53.305],
        [-6.205, 53.33],
        [-6.19, 53.346],
        [-6.205, 53.357],
        [-6.16, 53.366],
        [-6.125, 53.38],
        [-6.075, 53.366],
        [-6.05, 53.372],
        [-6.06, 53.39],
        [-6.115, 53.394],
        [-6.125, 53.43],
        [-6.1, 53.5],
        [-6.6, 53.5],
        [-6.6, 53.2],
      ],
    ],
  ],
  attribution: ['Rough drawing for a demo: not for finding one’s way.'],
};
