import * as deal from '../deals.ts';
import type { Market } from '../market.ts';
import type { Scene } from '../play.ts';
import * as turn from '../turns.ts';
import { novakSells, told } from './words.ts';

/** What is agreed, asked or offered for the days to come: the cast's company. */
export function aheadForNovak(market: Market): Scene[] {
  const { day, ago } = market;
  const { tap, drain, toilet, hours, quote } = novakSells;
  const tray = told('marcus', ago(30), drain, { from: day(-1, 0) }, 'The shower tray fills while it runs.');
  const traps = told('estelle', ago(27), hours(3), { from: day(-2, 0) }, 'Six basin traps in the flats upstairs.');
  const garden = told('lena', ago(2.5), tap, { from: day(-3, 0) }, 'Garden tap to be made frost-proof.');
  const guest = told('idris', ago(5), toilet, { from: day(-2, 0) }, 'Guest toilet, the suite is here.');
  return [
    deal.only(deal.confirmed(market, tray)),
    deal.only(deal.confirmed(market, traps)),
    deal.only(deal.request(market, garden)),
    turn.otherTimeOffered(market, guest, 'Later that day we can come with two people.'),
    deal.only(
      turn.quoteAsked(market, {
        ...quote,
        who: 'noor',
        booked: ago(4),
        note: 'Bathroom of four square metres, shower instead of the bath.',
      }),
    ),
  ];
}

/** The same of others. */
export function aheadForOthers(market: Market): Scene[] {
  const { day, ago } = market;
  const gutter = told(
    'amira',
    ago(50),
    { trade: 'roofing', title: 'gutter' },
    { from: day(-4, 0) },
    'The gutter above the bay overflows.',
  );
  const stairs = told('lena', ago(60), { trade: 'painting' }, { from: day(-66, 0) }, 'Hall and stairs, in two months.');
  const shelves = told(
    'gwen',
    ago(1.5),
    { trade: 'handyperson', kind: 'hourly', hours: 2 },
    { from: day(-3, 0) },
    'Two shelves and a blind.',
  );
  return [
    deal.only(deal.confirmed(market, gutter)),
    deal.only(deal.confirmed(market, stairs)),
    deal.only(deal.request(market, shelves)),
    turn.quotePaid(
      market,
      { trade: 'carpentry', who: 'estelle', booked: ago(75), note: 'Cupboards for the meter room, three doors.' },
      { amountMinor: 128_000n, start: day(-9, 9), durationMinutes: 480, note: 'Birch ply, oiled; fitted in a day.' },
    ),
  ];
}
