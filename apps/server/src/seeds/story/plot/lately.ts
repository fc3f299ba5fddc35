import * as deal from '../deals.ts';
import type { Market } from '../market.ts';
import type { Scene } from '../play.ts';
import * as turn from '../turns.ts';
import { novakSells, told } from './words.ts';

/** Work done or under way; the money is held, or waits for its release. */
export function onTheWay(market: Market): Scene[] {
  const { day, ago } = market;
  const toilet = told(
    'idris',
    day(9, 13, 30),
    novakSells.toilet,
    { until: ago(90) },
    'The cistern is cracked, a new suite is in the hall.',
    'New suite fitted and sealed, old one taken away.',
  );
  const radiators = told(
    'lena',
    day(6, 9, 15),
    novakSells.hours(2),
    { until: ago(44) },
    'Two radiators stay cold at the bottom.',
    'Bled and balanced, one valve replaced.',
  );
  const hedge = told(
    'amira',
    day(5, 19, 5),
    { trade: 'gardening' },
    { until: ago(20) },
    'Hedge and beds before winter.',
    'Hedge to shoulder height, beds cleared, waste taken away.',
  );
  const bedroom = told('gwen', day(4, 10), { trade: 'painting' }, { until: ago(0.6) }, 'Small bedroom, off-white.');
  return [
    deal.acceptedAt(market, toilet, ago(72.5)),
    deal.accepted(market, radiators),
    deal.only(deal.finished(market, hedge)),
    deal.only(deal.started(market, bedroom)),
  ];
}

/** What came to nothing. */
export function gaveUp(market: Market): Scene[] {
  const { day } = market;
  const { tap, drain } = novakSells;
  const wall = told('patrick', day(16, 21, 50), tap, { from: day(13, 0) }, 'Outside tap leaks at the wall.');
  const sink = told('noor', day(15, 7, 35), drain, { from: day(11, 0) }, 'Kitchen sink drains slowly.');
  const door = told(
    'amira',
    day(14, 17, 25),
    { trade: 'carpentry', kind: 'fixed' },
    { from: day(9, 0) },
    'The door to the study sticks.',
  );
  const oven = told(
    'marcus',
    day(12, 16, 55),
    { trade: 'appliances', title: 'oven' },
    { from: day(10, 0) },
    'The oven no longer gets hot.',
  );
  const sofa = told(
    'idris',
    day(11, 22, 10),
    { trade: 'removals', kind: 'fixed' },
    { from: day(8, 0) },
    'One sofa from the second floor.',
  );
  return [
    turn.declined(market, wall, 'Both of us are on a bathroom that week.'),
    turn.cancelled(market, sink, 20, 'It cleared itself overnight.'),
    turn.cancelled(market, door, 60, 'We are moving the door in the spring instead.'),
    turn.nobodyHome(market, oven, 'Rang three times, waited half an hour.'),
    // Nobody answers: it expires after a day.
    deal.only(deal.request(market, sofa)),
  ];
}

/** What people do not agree about. */
export function disputed(market: Market): Scene[] {
  const { day, ago } = market;
  const skirting = told(
    'noor',
    day(12, 9),
    { trade: 'carpentry', kind: 'hourly', hours: 2 },
    { from: day(9, 0) },
    'Skirting in two rooms.',
    'Both rooms done; one corner filled.',
  );
  const basin = told(
    'patrick',
    day(5, 8, 20),
    novakSells.tap,
    { until: ago(26) },
    'Basin tap drips again.',
    'Washer changed.',
  );
  return [
    turn.problemEnded(market, skirting, 'The corner by the window has a gap of a finger.', {
      refundMinor: 2_000n,
      reason: 'One corner has to be done again; a part of the price goes back.',
    }),
    turn.problemOpen(market, basin, 'It still drips, slower than before but all night.'),
  ];
}
