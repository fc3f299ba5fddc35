import { vatFromGross } from '@plumbline/money';
import type { PriceKind } from './listing.ts';

/** What a service asks, in minor units of its region's currency, VAT included. */
export interface Asking {
  kind: PriceKind;
  /** For the whole job, or for an hour; null for a price on request. */
  amountMinor: bigint | null;
}

/** What the customer chose: hours for hourly work, a package instead of the plain service. */
export interface Choice {
  hours?: number;
  packageMinor?: bigint;
}

/** The largest number of hours that can be booked at once. */
export const maxHours = 12;

/**
 * The gross price of a choice, in minor units. A package has its own price; a fixed price is for the whole job; an
 * hourly one is paid for the hours booked, whole ones from 1 to 12. Undefined when there is no price to pay yet (a
 * quote) or the hours are not allowed.
 */
export function grossPrice({ kind, amountMinor }: Asking, { hours, packageMinor }: Choice): bigint | undefined {
  if (packageMinor !== undefined) return packageMinor;
  if (kind === 'quote' || amountMinor === null) return undefined;
  if (kind === 'fixed') return amountMinor;
  if (hours === undefined || !Number.isInteger(hours) || hours < 1 || hours > maxHours) return undefined;
  return amountMinor * BigInt(hours);
}

/** How long the chosen work takes: hours booked, or the minutes of the package or service. */
export function minutesOf(
  kind: PriceKind,
  serviceMinutes: number,
  choice: { hours?: number; packageMinutes?: number },
): number {
  if (choice.packageMinutes !== undefined) return choice.packageMinutes;
  return kind === 'hourly' && choice.hours !== undefined ? choice.hours * 60 : serviceMinutes;
}

/** The lowest price at which a service can be booked, for "from" on a card; null when it is only given on request. */
export function fromPrice({ kind, amountMinor }: Asking, packagesMinor: readonly bigint[]): bigint | null {
  const asked = kind === 'quote' ? null : amountMinor;
  if (kind === 'hourly') return asked;
  const all = asked === null ? [...packagesMinor] : [asked, ...packagesMinor];
  return all.reduce<bigint | null>((least, amount) => (least === null || amount < least ? amount : least), null);
}

/** Net and VAT of a gross price: all of it is net when the supplier is not registered. `vatBp`: 2000 is 20 %. */
export function splitVat(
  grossMinor: bigint,
  registered: boolean,
  vatBp: number,
): { netMinor: bigint; vatMinor: bigint } {
  return registered ? vatFromGross(grossMinor, vatBp) : { netMinor: grossMinor, vatMinor: 0n };
}

/** True for an amount that can be asked: not negative, at least one minor unit unless it is a quote. */
export function isAskable({ kind, amountMinor }: Asking): boolean {
  return kind === 'quote' ? amountMinor === null : amountMinor !== null && amountMinor > 0n;
}
