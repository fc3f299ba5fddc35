/** What can be chosen about the look, and who may choose it. */

export const themes = ['default', 'industrial', 'premium', 'emo'] as const;
export const schemes = ['light', 'dark'] as const;
export const contrasts = ['normal', 'high'] as const;
export const densities = ['comfortable', 'compact'] as const;

export type Theme = (typeof themes)[number];
export type Scheme = (typeof schemes)[number];
export type Contrast = (typeof contrasts)[number];
export type Density = (typeof densities)[number];

export interface Look {
  theme: Theme;
  scheme: Scheme;
  contrast: Contrast;
  density: Density;
}

/** What a page is about: where money moves or somebody is bound, the page stays plain. */
export type Flow = 'open' | 'money' | 'legal';

export interface ThemeSources {
  /** What the person's account is set to. */
  account?: string | undefined;
  /** What the organisation chose for its own front. */
  front?: string | undefined;
  /** What a running campaign wears. */
  campaign?: string | undefined;
  flow: Flow;
}

/** Loud, for a moment and a place: nobody's everyday, and never beside a price to be paid or words to be agreed to. */
const loud: Theme = 'emo';

/**
 * The theme of a page: the campaign's, else the front's, else the account's, else the default. A name nobody knows is
 * passed over. The loud theme is refused to accounts, and in money and legal flows it gives way to the default.
 */
export function themeFor({ account, front, campaign, flow }: ThemeSources): Theme {
  const known = (name: string | undefined): Theme | undefined => themes.find((theme) => theme === name);
  const everyday = known(account) === loud ? undefined : known(account);
  const chosen = known(campaign) ?? known(front) ?? everyday ?? 'default';
  return chosen === loud && flow !== 'open' ? 'default' : chosen;
}
