import { describe, expect, it } from 'vitest';
import { compileMessage } from './compile.ts';
import { foldText } from './fold.ts';
import { createTranslator } from './index.ts';
import { acceptedLocale, directionOf, formattingLocale, matchLocale, splitAddress } from './languages.ts';
import { pseudoMessage } from './pseudo.ts';
import { makeTranslator } from './translator.ts';

describe('the reader’s language', () => {
  it.each([
    ['de', 'de'],
    ['de-AT, en;q=0.8', 'de'],
    ['pl, fr-CA;q=0.4, ar;q=0.7', 'ar'],
    ['fr;q=0, de;q=0.1', 'de'],
    ['en-US,en;q=0.5', 'en-GB'],
    ['pl', undefined],
    ['*', undefined],
    ['', undefined],
    [undefined, undefined],
    ['de;q=x', undefined],
  ])('for %s is %s', (header, expected) => {
    expect(acceptedLocale(header)).toBe(expected);
  });

  it('is ours for any of its countries', () => {
    expect(matchLocale('en-IE')).toBe('en-GB');
    expect(matchLocale('AR-ae')).toBe('ar');
    expect(matchLocale('tlh')).toBeUndefined();
  });

  it('has a direction', () => {
    expect(['en-GB', 'fr', 'de', 'ar', 'ar-AE'].map(directionOf)).toEqual(['ltr', 'ltr', 'ltr', 'rtl', 'rtl']);
  });
});

describe('an address', () => {
  it.each([
    ['/de/explore', 'de', '/explore'],
    ['/en/services/1', 'en-GB', '/services/1'],
    ['/ar', 'ar', '/'],
    ['/fr/', 'fr', '/'],
    ['/fr/_root.data', 'fr', '/_root.data'],
    ['/en-XA/work', 'en-XA', '/work'],
  ])('%s names %s', (address, locale, path) => {
    expect(splitAddress(address)).toEqual({ locale, path });
  });

  it.each(['/', '/explore', '/department', '/en-GB/explore', '/studio/de'])('%s names none', (address) => {
    expect(splitAddress(address)).toEqual({ path: address });
  });
});

describe('formats', () => {
  const german = makeTranslator('de', () => undefined);
  const arabic = makeTranslator('ar', (key) => compileMessage(key, 'ar'));

  it('keep the digits of postcodes and cards in Arabic', () => {
    expect(formattingLocale('ar')).toBe('ar-u-nu-latn');
    expect(arabic.money({ minor: '123450', currency: 'GBP' })).toBe('\u2066£1,234.50\u2069');
    expect(arabic.money({ minor: '-500', currency: 'EUR' }, { short: true })).toBe('\u2066-€5\u2069');
    expect(arabic('{n, plural, one {x} other {#}}' as never, { n: 1200 })).toBe('1,200');
  });

  it('read money of any market by the reader’s language', () => {
    expect(german.money({ minor: '123450', currency: 'EUR' }).replace('\u00a0', ' ')).toBe('1.234,50 €');
    expect(german.money({ minor: '123450', currency: 'GBP' }).replace('\u00a0', ' ')).toBe('1.234,50 £');
  });

  it('sort by the alphabet, figures by their worth', () => {
    const sorted = (names: string[]) => german.sorted(names, (name) => name);
    expect(sorted(['Zorn', 'Ökotest', 'Oder', 'ähnlich', 'Adler'])).toEqual([
      'Adler',
      'ähnlich',
      'Oder',
      'Ökotest',
      'Zorn',
    ]);
    expect(sorted(['BS10', 'BS2'])).toEqual(['BS2', 'BS10']);
  });

  it('keep a Latin value apart within an Arabic sentence, and leave forms to be chosen', () => {
    expect(arabic('رمز {code}' as never, { code: 'BS3 1AB' })).toBe('رمز \u2068BS3 1AB\u2069');
    expect(arabic('{money, select, none {لا} other {مع {money}}}' as never, { money: 'none' })).toBe('لا');
    expect(arabic('{money, select, none {لا} other {مع {money}}}' as never, { money: '5' })).toBe('مع \u20685\u2069');
  });

  it('keep an Arabic date whole within a sentence', () => {
    const { moment } = createTranslator('ar');
    expect(moment({ at: '2026-11-25T08:00:00Z', zone: 'Europe/London' }, { zone: false })).toBe(
      'الأربعاء 25 نوفمبر، 08:00',
    );
  });

  it('have all six forms of an Arabic plural', () => {
    const forms = '{n, plural, zero {0} one {1} two {2} few {few} many {many} other {other}}' as never;
    expect([0, 1, 2, 3, 11, 100].map((n) => arabic(forms, { n }))).toEqual(['0', '1', '2', 'few', 'many', 'other']);
  });
});

describe('folding for a search', () => {
  it.each([
    ['Élan', 'elan'],
    ['STRAẞE', 'strasse'],
    ['Straße', 'strasse'],
    ['Łódź', 'lodz'],
    ['سَبّاك', 'سباك'],
    ['أنابيب', 'انابيب'],
    ['صيانة', 'صيانه'],
    ['مستشفى', 'مستشفي'],
    ['كهربـاء', 'كهرباء'],
    ['٢٤', '24'],
  ])('%s is found as %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
    expect(foldText(folded)).toBe(folded);
  });
});

describe('the pseudo-language', () => {
  it('is accented and 40 % longer', () => {
    const text = 'Cancel free until 48 hours before the start';
    const shown = pseudoMessage(text) as string;
    expect(shown.length / text.length).toBeGreaterThan(1.3);
    expect(shown).not.toMatch(/[a-z]/i);
    expect(shown).toContain('48');
  });

  it('fills in the same values', () => {
    const pseudo = makeTranslator('en-XA', (key) => pseudoMessage(compileMessage(key, 'en-GB')));
    expect(pseudo('{n, plural, one {# day} other {# days}} of {name}' as never, { n: 2, name: 'Ada' })).toMatch(
      /^2 .+ Ada$/,
    );
  });
});
