import { ledgerRefusals } from '@plumbline/contracts/ledger';

export type LedgerRefusal = keyof typeof ledgerRefusals;

export function isRefusalCode(text: string): text is LedgerRefusal {
  return Object.hasOwn(ledgerRefusals, text);
}
