export const schemes = ['light', 'dark'] as const;
export type Scheme = (typeof schemes)[number];

const cookieName = 'scheme';

/** The chosen appearance; undefined follows the device, which needs no script and no flash. */
export function schemeOf(cookies: string | null): Scheme | undefined {
  const value = cookies?.match(new RegExp(`(?:^|;\\s*)${cookieName}=(\\w+)`))?.[1];
  return schemes.find((scheme) => scheme === value);
}

/** A year; without a scheme the cookie goes away. */
export function schemeCookie(scheme: string): string {
  const known = schemes.find((one) => one === scheme);
  return `${cookieName}=${known ?? ''}; Path=/; SameSite=Lax; Max-Age=${known ? 31_536_000 : 0}`;
}
