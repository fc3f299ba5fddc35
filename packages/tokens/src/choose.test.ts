import { describe, expect, it } from 'vitest';
import { themeFor, type Theme, type ThemeSources } from './choose.ts';

const table: [string, ThemeSources, Theme][] = [
  ['nothing chosen', { flow: 'open' }, 'default'],
  ['the account', { account: 'industrial', flow: 'open' }, 'industrial'],
  ['a front before the account', { account: 'industrial', front: 'premium', flow: 'open' }, 'premium'],
  ['a campaign before a front', { account: 'industrial', front: 'premium', campaign: 'emo', flow: 'open' }, 'emo'],
  ['a front may be loud', { front: 'emo', flow: 'open' }, 'emo'],
  ['an account may not be loud', { account: 'emo', flow: 'open' }, 'default'],
  ['a loud campaign where money moves', { campaign: 'emo', flow: 'money' }, 'default'],
  ['a loud campaign where words bind', { campaign: 'emo', flow: 'legal' }, 'default'],
  ['a loud front where money moves', { front: 'emo', account: 'premium', flow: 'money' }, 'default'],
  ['a quiet theme where money moves', { front: 'premium', flow: 'money' }, 'premium'],
  ['a quiet account where words bind', { account: 'industrial', flow: 'legal' }, 'industrial'],
  ['a name nobody knows', { campaign: 'neon', front: 'emo ', account: 'premium', flow: 'open' }, 'premium'],
];

describe('the theme of a page', () => {
  it.each(table)('%s', (_, sources, theme) => {
    expect(themeFor(sources)).toBe(theme);
  });
});
