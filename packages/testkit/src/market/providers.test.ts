import { describe, expect, it } from 'vitest';
import { categoryIds } from '@plumbline/domain/categories';
import { demoMarkets, demoProviders } from './providers.ts';

describe('the companies of the demo market', () => {
  const bristol = demoMarkets.find(({ regionId }) => regionId === 'gb');
  if (!bristol) throw new Error('no Bristol');

  it('are the same every time', () => {
    expect(demoProviders(bristol, 30)).toEqual(demoProviders(bristol, 30));
  });

  it('are five of each trade and thirteen plumbers, under different names', () => {
    const companies = demoProviders(bristol, 30);
    expect(companies).toHaveLength(68);
    expect(new Set(companies.map(({ name }) => name)).size).toBe(68);
    for (const trade of categoryIds) {
      const many = trade === 'plumbing' ? 13 : 5;
      expect(companies.filter((company) => company.trade === trade)).toHaveLength(many);
    }
  });

  it('number at least eight that repair a tap and go to all of the city', () => {
    const repairers = demoProviders(bristol, 12).filter(
      ({ offers, zones }) => zones >= 12 && offers.some(({ tags }) => tags.includes('tap')),
    );
    expect(repairers.length).toBeGreaterThanOrEqual(8);
  });

  it('are the same whether or not further ones follow', () => {
    const { more: _, ...usual } = bristol;
    expect(demoProviders(bristol, 30).slice(0, 60)).toEqual(demoProviders(usual, 30));
  });

  it('begin at a place of the market and ask whole pounds', () => {
    for (const company of demoProviders(bristol, 30)) {
      expect(company.base).toBeGreaterThanOrEqual(0);
      expect(company.base).toBeLessThan(30);
      for (const { kind, minor, description } of company.offers) {
        expect(minor % 100).toBe(0);
        expect(description.length).toBeGreaterThanOrEqual(40);
        expect(kind === 'quote' ? minor === 0 : minor > 0).toBe(true);
      }
    }
  });
});
