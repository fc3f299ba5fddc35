import type { ServicePage } from '@plumbline/contracts/matching';
import type { MoneyValue } from '@plumbline/i18n';
import { grossPrice, maxHours } from '@plumbline/domain/price';

/** What the customer chose before the time: hours of hourly work, or a package. */
export interface Choice {
  packageId: string | null;
  hours: number | null;
}

export function readChoice(search: URLSearchParams, service: ServicePage): Choice {
  const packageId = service.packages.find((item) => item.packageId === search.get('packageId'))?.packageId ?? null;
  const hours = Number(search.get('hours') ?? 2);
  const hourly = service.price.kind === 'hourly' && !packageId;
  return { packageId, hours: hourly ? Math.min(maxHours, Math.max(1, Math.trunc(hours) || 1)) : null };
}

/** The price of the choice: all of it, VAT included. Undefined while there is none. */
export function priceOf(service: ServicePage, { packageId, hours }: Choice): MoneyValue | undefined {
  const chosen = service.packages.find((item) => item.packageId === packageId);
  const { kind, amount } = service.price;
  const currency = chosen?.amount.currency ?? amount?.currency;
  const gross = grossPrice(
    { kind, amountMinor: amount ? BigInt(amount.minor) : null },
    { ...(hours && { hours }), ...(chosen && { packageMinor: BigInt(chosen.amount.minor) }) },
  );
  return gross === undefined || !currency ? undefined : { minor: gross.toString(), currency };
}

/** The choice as it stands in an address. */
export const choiceQuery = ({ packageId, hours }: Choice) => ({ packageId, hours });
