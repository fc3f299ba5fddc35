import { parse } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import glossary from '../glossary.json' with { type: 'json' };
import { catalogues } from './catalogues.ts';
import { locales, type Locale } from './languages.ts';
import type { Part } from './parts.ts';

const english = catalogues['en-GB'];
const partsOf = (text: string): Part[] => parse(text, { captureLocation: false }) as Part[];

/** What a message asks to be filled in, wherever it stands: name and kind, and the words that a select knows. */
function askedBy(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => {
    const inside = [...(part.children ?? []), ...Object.values(part.options ?? {}).flatMap(({ value }) => value)];
    const words =
      part.type === 5
        ? Object.keys(part.options ?? {})
            .toSorted()
            .join()
        : '';
    const own = part.type === 0 || part.type === 7 ? [] : [`${part.type} ${part.value ?? ''} ${words}`];
    return [...own, ...askedBy(inside)];
  });
}

/** A form of a plural may leave its figure out ("one day"), so only what stands there at least once is compared. */
const fillsOf = (text: string): string[] => [...new Set(askedBy(partsOf(text)))].toSorted();

function pluralsOf(parts: readonly Part[]): string[][] {
  return parts.flatMap((part) => {
    const inside = [...(part.children ?? []), ...Object.values(part.options ?? {}).flatMap(({ value }) => value)];
    return [...(part.type === 6 ? [Object.keys(part.options ?? {})] : []), ...pluralsOf(inside)];
  });
}

/** Forms that a whole number can take; `many` of French is for millions, which we do not count. */
function formsOf(locale: Locale): string[] {
  const rules = new Intl.PluralRules(locale);
  return [...new Set(Array.from({ length: 201 }, (_, n) => rules.select(n)))];
}

/** The same word in both languages. */
const same = new Set([
  'shell.title.page',
  'shell.footer.plumbline',
  'shell.footer.api',
  'booking.who.platform',
  ...['booking.fact.note', 'work.offer.arrival.minutes', 'admin.nav.documents', 'admin.nav.audit'],
  ...['admin.kind.qualification', 'studio.task.documents', 'studio.exceptions.date', 'studio.document.qualification'],
  ...['earnings.payouts.when', 'earnings.payout.line.commission', 'home.offer.commission', 'part.toast.region'],
  ...['work.calendar.person', 'identity.account.name', 'provider.fact.team', 'studio.optional', 'studio.hours.who'],
  ...['studio.own.team', 'studio.packages.name'],
]);

const hasWords = (text: string): boolean => /[a-z]{3}/i.test(text.replaceAll(/\{\w+\}/g, ''));

describe.each(locales.filter((locale) => locale !== 'en-GB'))('%s', (locale) => {
  const messages = catalogues[locale];
  const pairs = Object.entries(english).map(([key, text]) => ({ key, text, said: messages[key] ?? '' }));

  it('has every message, and none that English does not have', () => {
    expect(Object.keys(messages).toSorted()).toEqual(Object.keys(english).toSorted());
  });

  it('fills in what English fills in', () => {
    const wrong = pairs.filter(({ text, said }) => fillsOf(text).join() !== fillsOf(said).join());
    expect(wrong).toEqual([]);
  });

  it('has every plural form of the language', () => {
    const wanted = formsOf(locale);
    const lacking = pairs.filter(({ said }) =>
      pluralsOf(partsOf(said)).some((all) => {
        const forms = all.filter((form) => !form.startsWith('='));
        return !forms.includes('other') || (forms.length > 1 && wanted.some((form) => !forms.includes(form)));
      }),
    );
    expect(lacking.map(({ key }) => key)).toEqual([]);
  });

  it('is translated', () => {
    const left = pairs.filter(({ key, text, said }) => said === text && hasWords(text) && !same.has(key));
    expect(left).toEqual([]);
  });
});

describe.each(Object.entries(glossary))('“%s” of the glossary', (_term, { meaning: _meaning, ...entry }) => {
  it.each(locales)('is said with its word in %s', (locale) => {
    const found = new RegExp(entry['en-GB'].find, 'i');
    const keys = Object.keys(english).filter((key) => found.test((english[key] ?? '').replaceAll(/\{\w+\}/g, '')));
    expect(keys.length).toBeGreaterThan(1);
    const own = new RegExp(entry[locale].find, 'i');
    expect(keys.filter((key) => !own.test(catalogues[locale][key] ?? ''))).toEqual([]);
  });

  it.each(locales)('has no forbidden rival in %s', (locale) => {
    const words = entry[locale];
    if (!('never' in words)) return;
    const rival = new RegExp(String(words.never), 'i');
    const wrong = Object.entries(catalogues[locale]).filter(([, text]) => rival.test(text));
    expect(wrong).toEqual([]);
  });
});
