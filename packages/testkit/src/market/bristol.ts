/** The Bristol market: twelve zones made of the real wards, with the outcodes and place names of the city. */
import { dissolve } from '@plumbline/domain/geo-arcs';
import land from './data/bristol-land.json' with { type: 'json' };
import wards from './data/bristol-wards.json' with { type: 'json' };
import type { MarketGeography, MarketPlace, MarketZone } from './geography.ts';

export const bristolZones: { slug: string; name: string; demand: MarketZone['demand']; wards: string[] }[] = [
  // Cabot, Lawrence Hill
  { slug: 'harbourside', name: 'Harbourside and centre', demand: 'high', wards: ['E05001979', 'E05001995'] },
  // Clifton, Clifton East
  { slug: 'clifton', name: 'Clifton and Hotwells', demand: 'high', wards: ['E05001980', 'E05001981'] },
  // Cotham, Redland
  { slug: 'redland', name: 'Redland and Cotham', demand: 'high', wards: ['E05001982', 'E05001997'] },
  // Southville, Bedminster, Windmill Hill
  {
    slug: 'bedminster',
    name: 'Bedminster and Southville',
    demand: 'high',
    wards: ['E05002001', 'E05001974', 'E05002006'],
  },
  // Bishopsworth, Hartcliffe, Whitchurch Park, Filwood
  {
    slug: 'south-bristol',
    name: 'South Bristol',
    demand: 'medium',
    wards: ['E05001976', 'E05001987', 'E05002005', 'E05001985'],
  },
  // Knowle, Hengrove, Stockwood, Brislington East, Brislington West
  {
    slug: 'knowle',
    name: 'Knowle and Brislington',
    demand: 'medium',
    wards: ['E05001994', 'E05001989', 'E05002002', 'E05001977', 'E05001978'],
  },
  // Easton, Eastville, St George East, St George West
  {
    slug: 'easton',
    name: 'Easton and St George',
    demand: 'high',
    wards: ['E05001983', 'E05001984', 'E05001998', 'E05001999'],
  },
  // Ashley, Bishopston, Horfield, Lockleaze
  {
    slug: 'bishopston',
    name: 'Bishopston and Montpelier',
    demand: 'high',
    wards: ['E05001972', 'E05001975', 'E05001992', 'E05001996'],
  },
  // Henleaze, Westbury-on-Trym, Stoke Bishop, Southmead
  {
    slug: 'westbury',
    name: 'Westbury and Henleaze',
    demand: 'medium',
    wards: ['E05001990', 'E05002004', 'E05002003', 'E05002000'],
  },
  // Avonmouth, Kingsweston, Henbury
  {
    slug: 'avonmouth',
    name: 'Avonmouth and Shirehampton',
    demand: 'low',
    wards: ['E05001973', 'E05001993', 'E05001988'],
  },
  // Frome Vale, Hillfields, Kings Chase, Staple Hill, Woodstock, Hanham, Rodway, Downend, Parkwall
  {
    slug: 'kingswood',
    name: 'Kingswood and Fishponds',
    demand: 'medium',
    wards: [
      'E05001986',
      'E05001991',
      'E05002059',
      'E05002069',
      'E05002075',
      'E05002058',
      'E05002066',
      'E05002053',
      'E05002063',
    ],
  },
  // Filton, Patchway, Stoke Gifford, Frenchay and Stoke Park, Bradley Stoke
  {
    slug: 'filton',
    name: 'Filton and Bradley Stoke',
    demand: 'low',
    wards: ['E05002055', 'E05002064', 'E05002070', 'E05002057', 'E05002046', 'E05002047', 'E05002048'],
  },
];

const outcodes: [code: string, lat: number, lng: number, place: string][] = [
  ['BA1', 51.391, -2.359, 'Bath'],
  ['BA2', 51.36, -2.376, 'Bath'],
  ['BA3', 51.275, -2.473, 'Kilmersdon'],
  ['BS1', 51.453, -2.593, 'Bristol'],
  ['BS2', 51.459, -2.58, 'Bristol'],
  ['BS3', 51.438, -2.601, 'Bristol'],
  ['BS4', 51.434, -2.561, 'Bristol'],
  ['BS5', 51.461, -2.55, 'Bristol'],
  ['BS6', 51.47, -2.599, 'Bristol'],
  ['BS7', 51.486, -2.58, 'Bristol'],
  ['BS8', 51.457, -2.62, 'Bristol'],
  ['BS9', 51.487, -2.625, 'Bristol'],
  ['BS10', 51.506, -2.61, 'Bristol'],
  ['BS11', 51.497, -2.674, 'Bristol'],
  ['BS13', 51.412, -2.611, 'Bristol'],
  ['BS14', 51.413, -2.561, 'Bristol'],
  ['BS15', 51.459, -2.505, 'Kingswood'],
  ['BS16', 51.485, -2.51, 'Kingswood'],
  ['BS20', 51.479, -2.752, 'Portbury'],
  ['BS21', 51.434, -2.849, 'Clevedon'],
  ['BS22', 51.36, -2.929, 'Weston-super-Mare'],
  ['BS23', 51.343, -2.971, 'Weston-super-Mare'],
  ['BS24', 51.328, -2.932, 'Hutton'],
  ['BS25', 51.32, -2.825, 'Winscombe'],
  ['BS26', 51.28, -2.855, 'Weare'],
  ['BS27', 51.271, -2.77, 'Cheddar'],
  ['BS28', 51.225, -2.813, 'Wedmore'],
  ['BS29', 51.331, -2.877, 'Banwell'],
  ['BS30', 51.445, -2.472, 'Bitton'],
  ['BS31', 51.408, -2.492, 'Keynsham'],
  ['BS32', 51.542, -2.56, 'Bradley Stoke'],
  ['BS34', 51.523, -2.564, 'Stoke Gifford'],
  ['BS35', 51.596, -2.549, 'Aust'],
  ['BS36', 51.526, -2.486, 'Frampton Cotterell'],
  ['BS37', 51.539, -2.417, 'Yate'],
  ['BS39', 51.327, -2.531, 'Clutton'],
  ['BS40', 51.346, -2.691, 'Nempnett Thrubwell'],
  ['BS41', 51.422, -2.652, 'Long Ashton'],
  ['BS48', 51.425, -2.748, 'Nailsea'],
  ['BS49', 51.38, -2.818, 'Yatton'],
  ['BS99', 51.458, -2.573, 'Bristol'],
];

/** Quarters that people name, with a point in each (middles of the wards of that name). */
const quarters: [name: string, lat: number, lng: number, also?: string[]][] = [
  ['Ashley Down', 51.475, -2.58],
  ['Avonmouth', 51.499, -2.69, ['BS11']],
  ['Bedminster', 51.44, -2.598, ['BS3']],
  ['Bishopston', 51.481, -2.587, ['BS7']],
  ['Bishopsworth', 51.416, -2.622, ['BS13']],
  ['Bradley Stoke', 51.536, -2.551, ['BS32']],
  ['Brislington', 51.435, -2.544, ['BS4']],
  ['Clifton', 51.458, -2.618, ['BS8']],
  ['Cotham', 51.467, -2.6, ['BS6']],
  ['Downend', 51.492, -2.506, ['BS16']],
  ['Easton', 51.464, -2.56, ['BS5']],
  ['Eastville', 51.472, -2.552],
  ['Filton', 51.51, -2.575, ['BS34']],
  ['Fishponds', 51.481, -2.53, ['BS16']],
  ['Hanham', 51.446, -2.517, ['BS15']],
  ['Harbourside', 51.45, -2.6, ['BS1']],
  ['Hartcliffe', 51.409, -2.606, ['BS13']],
  ['Henbury', 51.507, -2.625, ['BS10']],
  ['Hengrove', 51.413, -2.572, ['BS14']],
  ['Henleaze', 51.484, -2.609, ['BS9']],
  ['Horfield', 51.494, -2.587, ['BS7']],
  ['Hotwells', 51.4485, -2.618, ['BS8']],
  ['Keynsham', 51.411, -2.497, ['BS31']],
  ['Kingswood', 51.463, -2.505, ['BS15']],
  ['Knowle', 51.434, -2.571, ['BS4']],
  ['Lawrence Hill', 51.456, -2.572, ['BS5']],
  ['Lockleaze', 51.489, -2.563, ['BS7']],
  ['Montpelier', 51.4655, -2.589, ['BS6']],
  ['Patchway', 51.527, -2.583, ['BS34']],
  ['Redland', 51.473, -2.602, ['BS6']],
  ['Shirehampton', 51.489, -2.673, ['BS11']],
  ['Southmead', 51.503, -2.6, ['BS10']],
  ['Southville', 51.443, -2.606, ['BS3']],
  ['St George', 51.459, -2.54, ['BS5']],
  ['Staple Hill', 51.48, -2.502, ['BS16']],
  ['Stockwood', 51.416, -2.548, ['BS14']],
  ['Stoke Bishop', 51.478, -2.634, ['BS9']],
  ['Stoke Gifford', 51.522, -2.549, ['BS34']],
  ['Totterdown', 51.4415, -2.578, ['BS4']],
  ['Westbury-on-Trym', 51.494, -2.618, ['BS9']],
  ['Windmill Hill', 51.437, -2.588, ['BS3']],
  ['Long Ashton', 51.431, -2.655, ['BS41']],
];

const byCode = new Map(wards.map((ward) => [ward.code, ward.shape]));

function zoneOf({ slug, name, demand, wards: codes }: (typeof bristolZones)[number]): MarketZone {
  const shapes = codes.map((code) => byCode.get(code) ?? missing(code));
  return {
    slug,
    name,
    demand,
    shape: dissolve(shapes).map((polygon) => polygon.map((ring) => ring.map((position) => [...position]))),
  };
}

function missing(code: string): never {
  throw new Error(`no ward ${code} in bristol-wards.json`);
}

const slugOf = (name: string) => name.toLowerCase().replaceAll(' ', '-');

const places: MarketPlace[] = [
  ...outcodes.map(([code, lat, lng, place]): MarketPlace => ({
    id: code,
    kind: 'outcode',
    name: code,
    label: `${code} ${place}`,
    also: [place],
    point: { lat, lng },
  })),
  ...quarters.map(([name, lat, lng, also = []]): MarketPlace => ({
    id: slugOf(name),
    kind: 'place',
    name,
    label: name,
    also,
    point: { lat, lng },
  })),
];

export const bristol: MarketGeography = {
  regionId: 'gb',
  get zones() {
    return bristolZones.map(zoneOf);
  },
  places,
  land,
  attribution: [
    'Boundaries: martinjc/UK-GeoJSON by Martin Chorley, CC BY 4.0, cut and simplified; Open Government Licence 3.',
    'Contains Ordnance Survey, Office of National Statistics, National Records Scotland and LPS Intellectual Property data © Crown copyright and database right 2016.',
  ],
};
