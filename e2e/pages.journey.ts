import type { Page } from 'playwright';
import type { CastName } from '@plumbline/testkit/cast';
import { expect, it } from 'vitest';
import routes from '../apps/web/app/routes.ts';
import { expectGoodInEveryLook } from './support/audit.ts';
import { useBrowser } from './support/browser.ts';
import { sampled } from './support/sample.ts';

const browser = useBrowser();

/** Where a page is: its address, or how somebody who looks for it gets there. */
type Search = (page: Page) => Promise<void>;
type Way = string | Search;

/** Goes to the first page that a list links to. */
const firstLink =
  (list: string, address: RegExp): Search =>
  async (page) => {
    await page.goto(list);
    const found = await page.evaluate(() => [...document.links].map((link) => link.pathname));
    const path = found.find((one) => address.test(one));
    expect(path, `a link like ${address} on ${list}`).toBeDefined();
    await page.goto(path ?? list);
  };

/** Every page of the web, by the pattern of its address, as the one who uses it sees it. */
const pages: Record<CastName | 'stranger', Record<string, Way>> = {
  stranger: {
    '/': '/',
    'how-held-payment-works': '/how-held-payment-works',
    explore: '/explore?q=tap&place=BS3',
    'services/:serviceId': firstLink('/explore?q=tap&place=BS3', /^\/services\/[^/]+$/),
    'providers/:slug': async (page) => {
      await firstLink('/explore?q=tap&place=BS3', /^\/services\/[^/]+$/)(page);
      await firstLink(page.url(), /^\/providers\//)(page);
    },
    'sign-in': '/sign-in',
    'sign-up': '/sign-up?as=provider',
    _ui: '/_ui',
    '_ui/tokens': '/_ui/tokens',
    '*': '/no/such/page',
  },
  amira: {
    account: '/account',
    bookings: '/bookings',
    'call-now': '/call-now?category=plumbing&near=BS3',
  },
  estelle: {},
  sid: {},
  tom: { work: '/work', 'work/calendar': '/work/calendar' },
  bea: {
    'work/finished': '/work/finished',
    earnings: '/earnings',
    studio: '/studio',
    'studio/profile': '/studio/profile',
    'studio/coverage': '/studio/coverage',
    'studio/hours': '/studio/hours',
    'studio/service': '/studio/service',
    'studio/service/new': '/studio/service/new',
    'studio/service/:serviceId': firstLink('/studio/service', /^\/studio\/service\/(?!new)[^/]+$/),
    'studio/service/:serviceId/:part': async (page) => {
      await firstLink('/studio/service', /^\/studio\/service\/(?!new)[^/]+$/)(page);
      await page.goto(`${new URL(page.url()).pathname}/packages`);
    },
    'studio/documents': '/studio/documents',
    'studio/documents/:kind': '/studio/documents/insurance',
    'studio/payments': '/studio/payments',
  },
  ada: {
    admin: '/admin',
    'admin/documents': '/admin/documents?show=approved',
    'admin/listings': '/admin/listings',
    'admin/orders': '/admin/orders',
    'admin/payouts': '/admin/payouts',
    'admin/tasks': '/admin/tasks',
    'admin/audit': '/admin/audit',
  },
};

/** Pages that need a deal: their journeys look at them in every look. */
const elsewhere = [
  'services/:serviceId/book',
  'services/:serviceId/quote',
  'bookings/:bookingId',
  'bookings/:bookingId/:act',
  'earnings/payouts/:payoutId',
];

interface RouteEntry {
  path?: string | undefined;
  index?: boolean | undefined;
  file: string;
  children?: RouteEntry[] | undefined;
}

/** The patterns of all addresses that show a page: files that are no component answer with something else. */
const patternsOf = (entries: RouteEntry[]): string[] =>
  entries.flatMap(({ path, index, file, children }) => [
    ...(index ? ['/'] : path && file.endsWith('.tsx') ? [path] : []),
    ...patternsOf(children ?? []),
  ]);

it('every page of the web is looked at', () => {
  const looked = Object.values(pages).flatMap((ways) => Object.keys(ways));
  expect([...looked, ...elsewhere].toSorted()).toEqual(patternsOf(routes).toSorted());
});

const ways = Object.entries(pages).flatMap(([who, own]) =>
  Object.entries(own).map(([pattern, way]) => ({ who: who as keyof typeof pages, pattern, way })),
);

it.each(sampled(ways, ({ pattern }) => pattern, 12))(
  '$pattern, as $who: nothing is wrong in any look',
  async ({ who, way }) => {
    const { page, leave } = who === 'stranger' ? await browser.visitor() : await browser.person(who);
    await (typeof way === 'string' ? page.goto(way) : way(page));
    await expectGoodInEveryLook(page);
    await leave();
  },
);
