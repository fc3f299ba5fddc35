import { categoryIds, type CategoryId } from '@plumbline/domain/categories';
import { seeded, type Seeded } from '../random.ts';
import type { OfferTemplate } from './offer.ts';
import { offersByTrade } from './trades.ts';

/** A company of the demo market. All of it is made up; ratings are marked as demo data where they are kept. */
export interface DemoProvider {
  name: string;
  /** Its first is the owner. */
  people: string[];
  trade: CategoryId;
  offers: OfferTemplate[];
  /** Which place it starts from: an index into the market's places. */
  base: number;
  /** How many of the zones nearest to its base it serves. */
  zones: number;
  vatRegistered: boolean;
  foundedYear: number;
  qualified: boolean;
  /** Early, usual or long days. */
  hours: { from: string; to: string; weekdays: number[] };
  stars: number[];
  done: number;
  answersFast: number;
}

export interface DemoMarket {
  regionId: string;
  seed: number;
  /** Companies for each category. */
  perTrade: number;
  /** Further companies of a trade that people ask for most. */
  more?: { trade: CategoryId; count: number };
  names: readonly string[];
}

const bristolNames = [
  'Severn',
  'Avon',
  'Brunel',
  'Cabot',
  'Clifton',
  'Harbourside',
  'Totterdown',
  'Ashton',
  'Redcliffe',
  'Kingsdown',
  'Montpelier',
  'St Werburgh’s',
  'Greville',
  'Victoria Park',
  'Arnos',
  'Durdham',
  'Blaise',
  'Purdown',
  'Old Market',
  'Floating Harbour',
];
const dublinNames = ['Liffey', 'Ha’penny', 'Phoenix', 'Dodder', 'Rathmines', 'Clontarf', 'Howth', 'Tolka'];
const dubaiNames = ['Creek', 'Marina', 'Jumeirah', 'Deira', 'Al Quoz', 'Barsha', 'Mirdif', 'Karama'];

export const demoMarkets: readonly DemoMarket[] = [
  { regionId: 'gb', seed: 1, perTrade: 5, more: { trade: 'plumbing', count: 8 }, names: bristolNames },
  { regionId: 'ie', seed: 2, perTrade: 1, names: dublinNames },
  { regionId: 'ae', seed: 3, perTrade: 1, names: dubaiNames },
];

const tradeWords: Record<CategoryId, readonly string[]> = {
  plumbing: ['Plumbing', 'Pipe & Tap', 'Waterworks', 'Plumbers', 'Drains'],
  electrical: ['Electrical', 'Spark', 'Circuits', 'Electricians', 'Power'],
  heating: ['Heat', 'Boilers', 'Heating', 'Warm Homes', 'Gas'],
  cleaning: ['Cleaning', 'Bright Rooms', 'Cleaners', 'Fresh', 'Clean & Co'],
  painting: ['Decorators', 'Painters', 'Colour', 'Brush & Roller', 'Decorating'],
  carpentry: ['Joinery', 'Carpentry', 'Woodwork', 'Joiners', 'Timber'],
  gardening: ['Gardens', 'Green', 'Gardeners', 'Lawn & Hedge', 'Roots'],
  roofing: ['Roofing', 'Slate & Gutter', 'Roofs', 'Tiles', 'Ridge'],
  handyperson: ['Odd Jobs', 'Handy', 'Fixers', 'Home Repairs', 'Toolbox'],
  locksmith: ['Locks', 'Key & Door', 'Locksmiths', 'Secure', 'Latch'],
  removals: ['Removals', 'Vans', 'Movers', 'Carry', 'Clearance'],
  appliances: ['Appliance Repair', 'White Goods', 'Repairs', 'Machines', 'Domestic Repair'],
};

const firstNames = [
  'Aisha',
  'Ben',
  'Carys',
  'Dan',
  'Eleri',
  'Farid',
  'Grace',
  'Hamza',
  'Isla',
  'Jay',
  'Kofi',
  'Leah',
  'Mo',
  'Nia',
  'Owen',
  'Priya',
  'Rhys',
  'Sana',
  'Theo',
  'Uma',
  'Vik',
  'Wren',
  'Yusuf',
  'Zoe',
];
const lastNames = [
  'Adeyemi',
  'Bishop',
  'Carter',
  'Dawes',
  'Evans',
  'Farah',
  'Gill',
  'Hughes',
  'Iqbal',
  'Jenkins',
  'Kaur',
  'Lloyd',
  'Marsh',
  'Nolan',
  'Okafor',
  'Price',
  'Quinn',
  'Rao',
  'Sheppard',
  'Tucker',
  'Vaughan',
  'Webb',
  'Yates',
];

const days: DemoProvider['hours'][] = [
  { from: '08:00', to: '17:00', weekdays: [1, 2, 3, 4, 5] },
  { from: '09:00', to: '18:00', weekdays: [1, 2, 3, 4, 5, 6] },
  { from: '07:00', to: '16:00', weekdays: [1, 2, 3, 4, 5] },
  { from: '08:00', to: '20:00', weekdays: [1, 2, 3, 4, 5, 6, 7] },
];

/** The companies of a demo market, the same for the same seed. The first of plumbing in Bristol is the cast's. */
export function demoProviders(market: DemoMarket, places: number): DemoProvider[] {
  const random = seeded(market.seed);
  const taken = new Set<string>();
  const usual = categoryIds.flatMap((trade) =>
    Array.from({ length: market.perTrade }, (_, index) => {
      const isCast = market.regionId === 'gb' && trade === 'plumbing' && index === 0;
      return isCast ? novak(places) : company(random, market, trade, index, places, taken);
    }),
  );
  return [...usual, ...further(market, places, taken)];
}

/** Companies beyond the usual number come last and from numbers of their own, so that they change no other. */
function further(market: DemoMarket, places: number, taken: Set<string>): DemoProvider[] {
  if (!market.more) return [];
  const { trade, count } = market.more;
  const random = seeded(market.seed + 100);
  return Array.from({ length: count }, (_, index) => {
    const one = company(random, market, trade, index, places, taken);
    const first = offersByTrade[trade][0];
    const sellsFirst = one.offers.some(({ title }) => title === first?.title);
    const offers = sellsFirst || !first ? one.offers : [priced(random, first), ...one.offers];
    return { ...one, offers, zones: 12 };
  });
}

function novak(places: number): DemoProvider {
  return {
    name: 'Novak Plumbing',
    people: ['Bea Novak', 'Tom Baker'],
    trade: 'plumbing',
    offers: offersByTrade.plumbing,
    base: Math.min(5, places - 1),
    zones: 12,
    vatRegistered: true,
    foundedYear: 2009,
    qualified: true,
    hours: { from: '08:00', to: '18:00', weekdays: [1, 2, 3, 4, 5, 6] },
    stars: [...Array.from({ length: 26 }, () => 5), 5, 4, 5, 4, 5],
    done: 131,
    answersFast: 128,
  };
}

function company(
  random: Seeded,
  market: DemoMarket,
  trade: CategoryId,
  index: number,
  places: number,
  taken: Set<string>,
): DemoProvider {
  const offers = offersByTrade[trade];
  const isNew = random.next() < 0.15;
  const done = isNew ? random.between(0, 2) : random.between(8, 160);
  const mean = 3.6 + random.next() * 1.4;
  return {
    name: freshName(random, market, trade, index, taken),
    people: Array.from({ length: random.between(1, 3) }, () => `${random.pick(firstNames)} ${random.pick(lastNames)}`),
    trade,
    offers: random
      .some(offers, random.between(Math.min(2, offers.length), offers.length))
      .map((one) => priced(random, one)),
    base: random.between(0, places - 1),
    zones: random.between(3, 12),
    vatRegistered: random.next() < 0.6,
    foundedYear: isNew ? 2026 : random.between(1988, 2024),
    qualified: random.next() < 0.55,
    hours: random.pick(days),
    stars: Array.from({ length: Math.floor(done * 0.6) }, () => starsAround(random, mean)),
    done,
    answersFast: Math.floor(done * (0.5 + random.next() * 0.5)),
  };
}

function freshName(random: Seeded, market: DemoMarket, trade: CategoryId, index: number, taken: Set<string>): string {
  const words = tradeWords[trade];
  for (;;) {
    const name = `${random.pick(market.names)} ${words[index % words.length] ?? ''}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

/** The usual price up to a fifth more or less, in whole pounds. */
function priced(random: Seeded, offer: OfferTemplate): OfferTemplate {
  const factor = 0.85 + random.next() * 0.35;
  return { ...offer, minor: Math.round((offer.minor * factor) / 100) * 100 };
}

const starsAround = (random: Seeded, mean: number): number =>
  Math.min(5, Math.max(1, Math.round(mean + (random.next() - 0.5) * 2)));
