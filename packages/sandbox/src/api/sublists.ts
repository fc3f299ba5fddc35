import type { Call } from '../app.ts';
import type { Kind, Kinds } from '../store/kinds.ts';

export interface ApiList<T> {
  object: 'list';
  data: T[];
  has_more: boolean;
  url: string;
}

const EMBEDDED = 10;

function listOf<K extends Kind>(
  call: Call,
  kind: K,
  account: string,
  field: string,
  id: string,
  url: string,
): ApiList<Kinds[K]> {
  const { items, more } = call.store.list(kind, account, [{ field, is: id }], { limit: EMBEDDED });
  return { object: 'list', data: items, has_more: more, url };
}

/** The lists that stand inside other objects, newest first, at most ten. */
export function refundsOf(call: Call, chargeId: string): ApiList<Kinds['refund']> {
  return listOf(call, 'refund', call.account, 'charge', chargeId, `/v1/charges/${chargeId}/refunds`);
}

export function reversalsOf(call: Call, transferId: string): ApiList<Kinds['transfer_reversal']> {
  return listOf(
    call,
    'transfer_reversal',
    call.account,
    'transfer',
    transferId,
    `/v1/transfers/${transferId}/reversals`,
  );
}

export function bankAccountsOf(call: Call, accountId: string): ApiList<Kinds['bank_account']> {
  return listOf(call, 'bank_account', accountId, 'account', accountId, `/v1/accounts/${accountId}/external_accounts`);
}

export function lineItemsOf(call: Call, sessionId: string): ApiList<Kinds['item']> {
  const rows = call.store.db.all<{ body: string }>(
    "SELECT body FROM object WHERE kind = 'item' AND json_extract(hidden, '$.session') = ? ORDER BY seq",
    sessionId,
  );
  const data = rows.map((row) => JSON.parse(row.body) as Kinds['item']);
  return { object: 'list', data, has_more: false, url: `/v1/checkout/sessions/${sessionId}/line_items` };
}
