/** How the ledger says no. It has no routes of its own: what people see of it is in payments and ops. */
export const ledgerRefusals = {
  'ledger.short': 409,
  'ledger.key_reused': 409,
  'ledger.pending_unknown': 404,
  'ledger.pending_resolved': 409,
  'ledger.pending_exceeded': 422,
  'ledger.already_reversed': 409,
  'ledger.journal_unknown': 404,
  'ledger.bad_posting': 422,
} as const satisfies Record<string, number>;
