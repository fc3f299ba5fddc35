/**
 * The chart of accounts. `authorising` accounts have a balance row that is locked and may not go below zero;
 * `recording` accounts are append-only and folded later. The table ledger_code holds the same; a test compares them.
 */
export const chart = {
  A100: { name: 'psp_clearing', ownerType: 'psp', normal: 'debit', mode: 'recording' },
  A110: { name: 'bank', ownerType: 'bank', normal: 'debit', mode: 'recording' },
  A120: { name: 'payout_in_transit', ownerType: 'psp', normal: 'debit', mode: 'recording' },
  A130: { name: 'dispute_receivable', ownerType: 'dispute', normal: 'debit', mode: 'authorising' },
  A140: { name: 'provider_receivable', ownerType: 'provider', normal: 'debit', mode: 'authorising' },
  A190: { name: 'suspense', ownerType: 'break', normal: 'debit', mode: 'recording' },
  L200: { name: 'escrow', ownerType: 'order_line', normal: 'credit', mode: 'authorising' },
  L210: { name: 'provider_pending', ownerType: 'provider', normal: 'credit', mode: 'authorising' },
  L220: { name: 'provider_available', ownerType: 'provider', normal: 'credit', mode: 'authorising' },
  L230: { name: 'provider_reserve', ownerType: 'provider', normal: 'credit', mode: 'authorising' },
  L240: { name: 'deposit', ownerType: 'rental', normal: 'credit', mode: 'authorising' },
  L250: { name: 'refund_payable', ownerType: 'refund', normal: 'credit', mode: 'authorising' },
  L260: { name: 'customer_credit', ownerType: 'person', normal: 'credit', mode: 'authorising' },
  L270: { name: 'vat_payable', ownerType: 'jurisdiction', normal: 'credit', mode: 'recording' },
  I400: { name: 'commission', ownerType: 'product', normal: 'credit', mode: 'recording' },
  I410: { name: 'booking_fee', ownerType: 'product', normal: 'credit', mode: 'recording' },
  X500: { name: 'psp_fee', ownerType: 'psp', normal: 'debit', mode: 'recording' },
  X510: { name: 'dispute_fee', ownerType: 'psp', normal: 'debit', mode: 'recording' },
  X520: { name: 'chargeback_loss', ownerType: 'product', normal: 'debit', mode: 'recording' },
  X530: { name: 'goodwill', ownerType: 'product', normal: 'debit', mode: 'recording' },
  X540: { name: 'bad_debt', ownerType: 'product', normal: 'debit', mode: 'recording' },
  X550: { name: 'rounding', ownerType: 'product', normal: 'debit', mode: 'recording' },
  F600: { name: 'fx_position', ownerType: 'currency', normal: 'credit', mode: 'recording' },
  R700: { name: 'inter_region', ownerType: 'region', normal: 'debit', mode: 'recording' },
} as const;

export type AccountCode = keyof typeof chart;
export type OwnerType = (typeof chart)[AccountCode]['ownerType'];

/** Names one account of a region and currency. It is opened by its first posting. */
export interface AccountRef {
  code: AccountCode;
  ownerType: OwnerType;
  ownerId: string;
}

const named = (code: AccountCode) => {
  const { ownerType } = chart[code];
  return (ownerId: string): AccountRef => ({ code, ownerType, ownerId });
};

/** The accounts by their meaning: `account.escrow(lineId)`. */
export const account = {
  pspClearing: named('A100'),
  bank: named('A110'),
  payoutInTransit: named('A120'),
  disputeReceivable: named('A130'),
  providerReceivable: named('A140'),
  suspense: named('A190'),
  escrow: named('L200'),
  providerPending: named('L210'),
  providerAvailable: named('L220'),
  providerReserve: named('L230'),
  deposit: named('L240'),
  refundPayable: named('L250'),
  customerCredit: named('L260'),
  vatPayable: named('L270'),
  commission: named('I400'),
  bookingFee: named('I410'),
  pspFee: named('X500'),
  disputeFee: named('X510'),
  chargebackLoss: named('X520'),
  goodwill: named('X530'),
  badDebt: named('X540'),
  rounding: named('X550'),
  fxPosition: named('F600'),
  interRegion: named('R700'),
} as const;
