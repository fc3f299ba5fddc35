import { describe, expect, it } from 'vitest';
import { chosenOf, flowOf, lookCookies, themeOf } from './look.ts';

const form = (values: Record<string, string>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  return data;
};

describe('what a browser remembers', () => {
  it('is read from its cookies', () => {
    expect(chosenOf('session=abc=; scheme=dark; contrast=high;density=compact; theme=premium')).toEqual({
      scheme: 'dark',
      contrast: 'high',
      density: 'compact',
      theme: 'premium',
    });
  });

  it('is nothing without cookies, and never what nobody knows', () => {
    expect(chosenOf(null)).toEqual({});
    expect(chosenOf('scheme=blue; xscheme=dark; theme="><script>; contrast')).toEqual({});
  });

  it('changes only in what the form names', () => {
    expect(lookCookies(form({ back: '/', scheme: 'dark' }))).toEqual([
      'scheme=dark; Path=/; SameSite=Lax; Max-Age=31536000',
    ]);
  });

  it('is forgotten for a value that nobody knows', () => {
    expect(lookCookies(form({ contrast: 'system' }))).toEqual(['contrast=; Path=/; SameSite=Lax; Max-Age=0']);
  });
});

describe('loud themes', () => {
  const chosen = { campaign: 'emo', theme: 'industrial' } as const;

  it.each(['/', '/explore', '/services/a1', '/providers/novak-plumbing', '/_ui'])('are worn on %s', (path) => {
    expect(themeOf(chosen, path)).toBe('emo');
  });

  it.each([
    ['/services/a1/book', 'money'],
    ['/services/a1/quote', 'money'],
    ['/call-now', 'money'],
    ['/bookings/b1/pay', 'money'],
    ['/earnings', 'money'],
    ['/studio/payments', 'money'],
    ['/admin/payouts', 'money'],
    ['/a-page-of-tomorrow', 'money'],
    ['/sign-up', 'legal'],
    ['/account', 'legal'],
    ['/how-held-payment-works', 'legal'],
    ['/studio/documents/insurance', 'legal'],
  ])('are refused on %s (%s)', (path, flow) => {
    expect(flowOf(path)).toBe(flow);
    expect(themeOf(chosen, path)).toBe('default');
  });

  it('leave quiet themes alone', () => {
    expect(themeOf({ theme: 'premium' }, '/bookings/b1/pay')).toBe('premium');
  });
});
