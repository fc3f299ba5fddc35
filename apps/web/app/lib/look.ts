import { contrasts, densities, schemes, themeFor, themes, type Flow, type Theme } from '@plumbline/tokens/choose';

/** What a browser remembers of the look, one cookie each. What was never chosen follows the device. */
const known = { scheme: schemes, contrast: contrasts, density: densities, theme: themes, campaign: themes } as const;

export type Part = keyof typeof known;
export type Chosen = { [Name in Part]?: (typeof known)[Name][number] };

const parts = Object.keys(known) as Part[];

const valueOf = <Name extends Part>(part: Name, text: unknown): Chosen[Name] =>
  known[part].find((value) => value === text) as Chosen[Name];

export function chosenOf(cookies: string | null): Chosen {
  const texts = new Map((cookies ?? '').split(';').map((pair) => pair.trim().split('=', 2) as [string, string]));
  return Object.fromEntries(
    parts.flatMap((part) => {
      const value = valueOf(part, texts.get(part));
      return value ? [[part, value]] : [];
    }),
  );
}

/** Remembers for a year what a form names; a value that nobody knows takes the cookie away. */
export function lookCookies(form: FormData): string[] {
  return parts
    .filter((part) => form.has(part))
    .map((part) => {
      const value = valueOf(part, form.get(part));
      return `${part}=${value ?? ''}; Path=/; SameSite=Lax; Max-Age=${value ? 31_536_000 : 0}`;
    });
}

const open = [/^\/$/, /^\/explore$/, /^\/services\/[^/]+$/, /^\/providers\/[^/]+$/, /^\/sign-in$/, /^\/_ui(\/|$)/];
const legal = [/^\/sign-up$/, /^\/account$/, /^\/how-held-payment-works$/, /^\/studio\/documents(\/|$)/];

/** What a page is about. Pages that nobody opened to loud themes count as pages where money moves. */
export function flowOf(pathname: string): Flow {
  if (open.some((pattern) => pattern.test(pathname))) return 'open';
  return legal.some((pattern) => pattern.test(pathname)) ? 'legal' : 'money';
}

export const themeOf = ({ theme, campaign }: Chosen, pathname: string): Theme =>
  themeFor({ account: theme, campaign, flow: flowOf(pathname) });
