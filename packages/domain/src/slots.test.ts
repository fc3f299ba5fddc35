import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dayInterval,
  epochDayOf,
  hoursOverlap,
  isZone,
  localDayOf,
  merge,
  momentOf,
  openTime,
  slots,
  subtract,
  type Interval,
  type Plan,
  type SlotRules,
} from './slots.ts';

const everyDay = (from: string, to: string) => [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from, to }));
const rules: SlotRules = {
  durationMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  stepMinutes: 30,
  notBefore: 0,
};
const plan = (zone: string, from: string, to: string): Plan => ({ zone, weekly: everyDay(from, to), exceptions: [] });
const iso = (at: number) => new Date(at).toISOString().slice(0, 16);
const startsOn = (one: Plan, date: string, over: Partial<SlotRules> = {}, busy: Interval[][] = [[]]) => {
  const day = dayInterval(one.zone, date);
  return slots(one, busy, { ...rules, ...over }, day.from, day.to).map((slot) => iso(slot.from));
};

describe('wall times on days of change', () => {
  it('skips the hour that does not exist in spring', () => {
    const day = epochDayOf('2026-03-29');
    expect(momentOf('Europe/London', day, 90)).toEqual({ at: Date.parse('2026-03-29T01:00Z'), exists: false });
    expect(startsOn(plan('Europe/London', '00:00', '04:00'), '2026-03-29')).toEqual([
      '2026-03-29T00:00',
      '2026-03-29T00:30',
      '2026-03-29T01:00',
      '2026-03-29T01:30',
      '2026-03-29T02:00',
    ]);
  });

  it('takes the first of the doubled hour in autumn', () => {
    const day = epochDayOf('2026-10-25');
    expect(momentOf('Europe/London', day, 90)).toEqual({ at: Date.parse('2026-10-25T00:30Z'), exists: true });
    expect(startsOn(plan('Europe/London', '00:00', '03:00'), '2026-10-25', { stepMinutes: 60 })).toEqual([
      '2026-10-24T23:00',
      '2026-10-25T00:00',
      '2026-10-25T02:00',
    ]);
  });

  it('knows a change of half an hour and a change at midnight', () => {
    const lordHowe = dayInterval('Australia/Lord_Howe', '2026-04-05');
    expect(lordHowe.to - lordHowe.from).toBe(24.5 * 3_600_000);
    const beirut = dayInterval('Asia/Beirut', '2026-03-29');
    expect(beirut.to - beirut.from).toBe(23 * 3_600_000);
  });

  it('survives a whole day that a country skipped', () => {
    const skipped = dayInterval('Pacific/Apia', '2011-12-30');
    expect(skipped.to - skipped.from).toBe(0);
    expect(startsOn(plan('Pacific/Apia', '09:00', '12:00'), '2011-12-30')).toEqual([]);
    expect(startsOn(plan('Pacific/Apia', '09:00', '10:00'), '2011-12-31')).toHaveLength(1);
  });

  it('keeps nine in the morning at nine on both sides of the change', () => {
    const london = plan('Europe/London', '09:00', '10:00');
    expect(startsOn(london, '2026-10-24')).toEqual(['2026-10-24T08:00']);
    expect(startsOn(london, '2026-10-25')).toEqual(['2026-10-25T09:00']);
  });
});

describe('hours', () => {
  it('lets a window pass midnight and belong to the date on which it begins', () => {
    const night: Plan = { zone: 'Europe/London', weekly: [{ weekday: 5, from: '22:00', to: '02:00' }], exceptions: [] };
    const friday = dayInterval('Europe/London', '2026-01-09', 2);
    expect(openTime(night, friday.from, friday.to).map((one) => [iso(one.from), iso(one.to)])).toEqual([
      ['2026-01-09T22:00', '2026-01-10T02:00'],
    ]);
    const saturday = dayInterval('Europe/London', '2026-01-10');
    expect(slots(night, [[]], rules, saturday.from, saturday.to).map((one) => one.date)).toEqual([
      '2026-01-10',
      '2026-01-10',
      '2026-01-10',
    ]);
  });

  it('replaces the weekly hours of a date by those of an exception', () => {
    const one = plan('Europe/London', '09:00', '12:00');
    const with_ = {
      ...one,
      exceptions: [
        { date: '2026-01-09', hours: [{ from: '14:00', to: '15:00' }] },
        { date: '2026-01-10', hours: [] },
      ],
    };
    expect(startsOn(with_, '2026-01-09')).toEqual(['2026-01-09T14:00']);
    expect(startsOn(with_, '2026-01-10')).toEqual([]);
    expect(startsOn(with_, '2026-01-11')).toHaveLength(5);
  });

  it('finds windows of a week that overlap, across Sunday midnight too', () => {
    expect(
      hoursOverlap([
        { weekday: 1, from: '09:00', to: '12:00' },
        { weekday: 1, from: '12:00', to: '13:00' },
      ]),
    ).toBe(false);
    expect(
      hoursOverlap([
        { weekday: 1, from: '09:00', to: '12:00' },
        { weekday: 1, from: '11:45', to: '13:00' },
      ]),
    ).toBe(true);
    expect(
      hoursOverlap([
        { weekday: 7, from: '22:00', to: '02:00' },
        { weekday: 1, from: '01:00', to: '03:00' },
      ]),
    ).toBe(true);
    expect(
      hoursOverlap([
        { weekday: 7, from: '00:00', to: '00:00' },
        { weekday: 1, from: '00:00', to: '08:00' },
      ]),
    ).toBe(false);
  });

  it('knows zones by their IANA names only', () => {
    expect(isZone('Europe/London')).toBe(true);
    expect(isZone('Mars/Olympus')).toBe(false);
    expect(isZone('+01:00')).toBe(false);
  });
});

describe('what can be offered', () => {
  const london = plan('Europe/London', '09:00', '12:00');
  const at = (time: string) => Date.parse(`2026-01-12T${time}Z`);

  it('keeps the minimum notice', () => {
    expect(startsOn(london, '2026-01-12', { notBefore: at('10:10') })).toEqual([
      '2026-01-12T10:30',
      '2026-01-12T11:00',
    ]);
  });

  it('wants the buffers free, but not inside the opening hours', () => {
    const busy = [[{ from: at('10:00'), to: at('10:30') }]];
    const wide = { bufferBeforeMinutes: 30, bufferAfterMinutes: 30, durationMinutes: 30 };
    expect(startsOn(london, '2026-01-12', wide, busy)).toEqual([
      '2026-01-12T09:00',
      '2026-01-12T11:00',
      '2026-01-12T11:30',
    ]);
  });

  it('offers while one unit of the capacity is free for the whole of it', () => {
    const half = [[{ from: at('09:00'), to: at('10:30') }], [{ from: at('10:30'), to: at('12:00') }]];
    expect(startsOn(london, '2026-01-12', { durationMinutes: 90 }, half)).toEqual([
      '2026-01-12T09:00',
      '2026-01-12T10:30',
    ]);
    expect(startsOn(london, '2026-01-12', { durationMinutes: 90 }, [[{ from: at('09:00'), to: at('12:00') }]])).toEqual(
      [],
    );
  });
});

describe('intervals', () => {
  const interval = fc
    .tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 200 }))
    .map(([from, length]) => ({ from, to: from + length }));
  const total = (all: readonly Interval[]) => all.reduce((sum, one) => sum + one.to - one.from, 0);

  it('free and taken time are the open time', () => {
    fc.assert(
      fc.property(fc.array(interval), fc.array(interval), (open, busy) => {
        const free = subtract(open, busy);
        const taken = subtract(open, free);
        expect(total(free) + total(taken)).toBe(total(merge(open)));
        expect(total(subtract(free, busy))).toBe(total(free));
      }),
    );
  });
});

describe('every change of the clocks 2024–2030', () => {
  const program = fileURLToPath(new URL('../test/slots-sweep.ts', import.meta.url));
  const all = Intl.supportedValuesOf('timeZone');
  const telling = [
    'Europe/London',
    'Europe/Dublin',
    'Africa/Casablanca',
    'Australia/Lord_Howe',
    'Antarctica/Troll',
    'America/Havana',
    'Asia/Beirut',
    'Pacific/Apia',
    'Asia/Dubai',
    'Asia/Kolkata',
    'America/St_Johns',
    'Pacific/Chatham',
  ];
  const zones = process.env['PLUMBLINE_FULL']
    ? all
    : [...new Set([...telling, ...all.filter((_, index) => index % 12 === 0)])];

  const run = (processZone: string) =>
    new Promise<{ days: number; starts: number; failures: string[]; digest: string }>((resolve, reject) => {
      const child = spawn(process.execPath, [program, ...zones], {
        env: { ...process.env, TZ: processZone },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let text = '';
      child.stdout.on('data', (part: Buffer) => (text += part.toString()));
      child.on('error', reject);
      child.on('close', (code) =>
        code === 0 ? resolve(JSON.parse(text)) : reject(new Error(`The sweep ended with ${code}`)),
      );
    });

  it('agrees with the printed wall clock, under four process time zones alike', { timeout: 180_000 }, async () => {
    const digests = new Set<string>();
    for (const processZone of ['UTC', 'Europe/London', 'America/New_York', 'Pacific/Apia']) {
      const report = await run(processZone);
      expect(report.failures).toEqual([]);
      expect(report.starts).toBeGreaterThan(zones.length * 10);
      digests.add(report.digest);
    }
    expect(digests.size).toBe(1);
  });

  it('dates begin where the day interval says', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2031, 0) }),
        (zone, moment) => {
          const day = localDayOf(zone, moment);
          expect(momentOf(zone, day, 0).at).toBeLessThanOrEqual(moment);
          expect(momentOf(zone, day + 1, 0).at).toBeGreaterThan(moment);
        },
      ),
    );
  });
});
