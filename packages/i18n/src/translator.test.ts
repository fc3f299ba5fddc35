import { describe, expect, it } from 'vitest';
import { localDate } from './dates.ts';
import { createTranslator } from './index.ts';
import { formatMoney, toDecimal } from './money.ts';

const t = createTranslator('en-GB');

describe('money', () => {
  it.each([
    ['12050', 'GBP', '£120.50'],
    ['5', 'GBP', '£0.05'],
    ['-240', 'GBP', '-£2.40'],
    ['1200', 'JPY', '¥1,200'],
    ['1234567', 'KWD', 'KWD 1,234.567'],
  ])('shows %s %s as %s', (minor, currency, expected) => {
    expect(formatMoney({ minor, currency }, 'en-GB').replaceAll('\u00a0', ' ')).toBe(expected);
  });

  it('keeps every digit of amounts beyond floating point', () => {
    expect(toDecimal({ minor: '9007199254740993123', currency: 'GBP' })).toBe('90071992547409931.23');
    expect(formatMoney({ minor: '9007199254740993123', currency: 'GBP' }, 'en-GB')).toBe('£90,071,992,547,409,931.23');
  });

  it('leaves out .00 only when asked, and only when there is nothing behind the point', () => {
    expect(t.money({ minor: '12000', currency: 'GBP' }, { short: true })).toBe('£120');
    expect(t.money({ minor: '12050', currency: 'GBP' }, { short: true })).toBe('£120.50');
    expect(t.money({ minor: '12000', currency: 'GBP' })).toBe('£120.00');
  });
});

describe('times', () => {
  const london = 'Europe/London';

  it('shows a window on the clock of the job, with its zone', () => {
    const window = { from: '2024-12-03T09:00:00Z', to: '2024-12-03T11:00:00Z', zone: london };
    expect(t.window(window)).toBe('Tue 3 Dec, 09:00–11:00, London time');
    expect(t.window({ ...window, zone: 'Asia/Dubai' })).toBe('Tue 3 Dec, 13:00–15:00, Dubai time');
  });

  it('names both days when a window goes over midnight there', () => {
    const window = { from: '2024-12-03T19:00:00Z', to: '2024-12-03T21:30:00Z', zone: 'Asia/Dubai' };
    expect(t.window(window, { zone: false })).toBe('Tue 3 Dec, 23:00 – Wed 4 Dec, 01:30');
  });

  it('keeps the wall clock over the change of clocks', () => {
    expect(t.time({ at: '2026-03-29T00:30:00Z', zone: london })).toBe('00:30');
    expect(t.time({ at: '2026-03-29T01:30:00Z', zone: london })).toBe('02:30');
  });

  it('names the year only when it is another one', () => {
    const moment = { at: '2027-01-02T09:00:00Z', zone: london };
    expect(t.day(moment, { now: '2026-12-30T09:00:00Z' })).toBe('Sat 2 Jan 2027');
    expect(t.day(moment, { now: '2027-01-01T09:00:00Z' })).toBe('Sat 2 Jan');
  });

  it('knows the date of a zone', () => {
    expect(localDate(new Date('2026-06-01T23:30:00Z'), london)).toBe('2026-06-02');
  });
});

describe('messages', () => {
  it('puts nodes into a message', () => {
    expect(t.rich('shell.error.reference', { id: { node: true } })).toEqual(['Reference ', { node: true }]);
  });

  it('refuses a key that does not exist', () => {
    expect(() => t('nowhere.at_all' as never)).toThrow("no message 'nowhere.at_all'");
    expect(t.has('nowhere.at_all')).toBe(false);
  });
});
