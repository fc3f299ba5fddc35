import * as deal from '../deals.ts';
import type { Market } from '../market.ts';
import type { Scene } from '../play.ts';
import * as turn from '../turns.ts';
import { novakSells, told } from './words.ts';

/** Accepted, released and with the provider's bank: the cast's company. */
export function paidByNovak(market: Market): Scene[] {
  const { day } = market;
  const mixer = told(
    'gwen',
    day(24, 9, 40),
    novakSells.tap,
    { from: day(22, 0) },
    'The kitchen mixer drips day and night.',
    'New ceramic cartridge fitted, tested under pressure.',
  );
  const courtyard = told(
    'estelle',
    day(21, 11, 5),
    novakSells.drain,
    { from: day(19, 0) },
    'Drain in the courtyard of 2 Welsh Back backs up when it rains.',
    'Jetted to the manhole; roots cut. Camera shows a sound pipe.',
  );
  const bath = told(
    'marcus',
    day(20, 18, 15),
    novakSells.tap,
    { from: day(18, 0) },
    'Pipe under the bath is damp.',
    'Compression joint remade, boards dried and put back.',
  );
  return [
    deal.accepted(market, mixer),
    deal.accepted(market, courtyard),
    turn.movedAndDone(market, bath, 'We are away that morning; the day after would suit us.'),
  ];
}

/** The same of others. */
export function paidByOthers(market: Market): Scene[] {
  const { day } = market;
  const sockets = told(
    'amira',
    day(19, 20, 30),
    { trade: 'electrical', kind: 'hourly', hours: 2 },
    { from: day(16, 0) },
    'Two sockets spark, and the light on the landing flickers.',
    'Both sockets replaced, loose neutral on the landing made good.',
  );
  const clean = told(
    'noor',
    day(18, 8, 10),
    { trade: 'cleaning', kind: 'hourly', hours: 3 },
    { from: day(15, 0) },
    'A thorough clean before the family comes.',
    'Kitchen, bathroom and floors, with the oven.',
  );
  const boiler = told(
    'lena',
    day(17, 12, 45),
    { trade: 'heating', title: 'boiler service' },
    { from: day(14, 0) },
    'Yearly boiler service, please.',
    'Serviced, flue gas in order, record signed.',
  );
  return [
    deal.accepted(market, sockets),
    deal.accepted(market, clean),
    turn.secondCardAndDone(market, boiler),
    turn.calledOut(market, {
      who: 'patrick',
      trade: 'locksmith',
      booked: day(13, 10, 20),
      ceilingMinor: 20_000n,
      note: 'The key turns, but the front door does not open.',
      done: 'Door opened without damage, cylinder replaced, three keys handed over.',
    }),
  ];
}
