import { splitGross, splitRefund, spreadOver, type GivenBack, type Split } from '@plumbline/domain/fees';
import type { LineRow, OrderRow } from '../tables.ts';

/** What of a line is still the customer's: taken from the card, neither accepted nor given back before that. */
export const leftInEscrow = (line: LineRow): bigint => line.captured_minor - line.refunded_minor - keptOf(line);

/** What left escrow for the provider's side and has not come back. */
export const keptOf = (line: LineRow): bigint => line.accepted_minor - backOf(line);

export const backOf = (line: LineRow): bigint => line.back_provider + line.back_commission + line.back_vat;

export const sumOf = <T>(items: readonly T[], amount: (item: T) => bigint): bigint =>
  items.reduce((sum, item) => sum + amount(item), 0n);

export interface Shares {
  provider: bigint;
  commission: bigint;
  vat: bigint;
}

/** How so much of a line divides by the order's own terms. */
export function sharesOf(order: OrderRow, line: LineRow, gross: bigint): Shares {
  const split = splitGross(gross, {
    vatRateBp: line.vat_rate_bp,
    commissionBp: order.commission_bp,
    commissionVatBp: order.commission_vat_bp,
  });
  return { provider: split.provider, commission: split.commission, vat: split.vatOnCommission };
}

/** The line after so much of it was accepted. A line is accepted once: in full, or the fee that is kept of it. */
export function accepted(line: LineRow, gross: bigint, shares: Shares): LineRow {
  return {
    ...line,
    accepted_minor: gross,
    provider_minor: shares.provider,
    commission_minor: shares.commission,
    vat_minor: shares.vat,
  };
}

/** Spreads a refund over what the lines still have in escrow. */
export function refundFromEscrow(lines: readonly LineRow[], amount: bigint): { line: LineRow; amount: bigint }[] {
  const parts = spreadOver(amount, lines.map(leftInEscrow));
  return lines.map((line, index) => {
    const part = parts[index] ?? 0n;
    return { line: { ...line, refunded_minor: line.refunded_minor + part }, amount: part };
  });
}

/** Spreads a refund over what was accepted of the lines, and each part over those who share in it. */
export function refundFromAccepted(lines: readonly LineRow[], amount: bigint): { line: LineRow; back: GivenBack }[] {
  const parts = spreadOver(amount, lines.map(keptOf));
  return lines.map((line, index) => {
    const part = parts[index] ?? 0n;
    const back = splitRefund(splitOf(line), givenBack(line), part);
    return {
      back,
      line: {
        ...line,
        refunded_minor: line.refunded_minor + part,
        back_provider: line.back_provider + back.provider,
        back_commission: line.back_commission + back.commission,
        back_vat: line.back_vat + back.vatOnCommission,
      },
    };
  });
}

const splitOf = (line: LineRow): Split => ({
  gross: line.accepted_minor,
  net: line.accepted_minor,
  commission: line.commission_minor,
  vatOnCommission: line.vat_minor,
  provider: line.provider_minor,
});

const givenBack = (line: LineRow): GivenBack => ({
  provider: line.back_provider,
  commission: line.back_commission,
  vatOnCommission: line.back_vat,
});

/** The provider's share of an accepted order as it stands, after what was given back. */
export const providerShare = (lines: readonly LineRow[]): bigint =>
  sumOf(lines, (line) => line.provider_minor - line.back_provider);
