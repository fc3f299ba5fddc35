import { isCurrency, type CurrencyCode } from '@plumbline/money';
import type { PolicyNumbers } from '@plumbline/domain/policy-numbers';
import type { Ctx } from '../../platform/ctx.ts';
import * as zones from '../zones/index.ts';

/** The PSP that all money goes through; its name in the ledger. */
export const psp = 'stripe';

export interface Market {
  currency: CurrencyCode;
  /** IANA zone of the market, for what is not about one job. */
  zone: string;
  /** ISO 3166, also the jurisdiction of the VAT on commission. */
  country: string;
  numbers: PolicyNumbers;
  numbersVersion: number;
}

/** The market of the ctx: its currency and the numbers in force. */
export async function marketOf(ctx: Ctx): Promise<Market> {
  const region = await zones.region(ctx);
  const { version, numbers } = await zones.numbersInForce(ctx);
  return {
    currency: currencyOfRegion(region),
    zone: region.timeZone,
    country: region.country,
    numbers,
    numbersVersion: version,
  };
}

export function currencyOfRegion({ id, currency }: { id: string; currency: string }): CurrencyCode {
  if (!isCurrency(currency)) throw new Error(`region ${id} has a currency that we do not know: ${currency}`);
  return currency;
}
