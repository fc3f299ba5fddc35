import { created, listPage, listShape, textFilters } from '../api/listing.ts';
import { present } from '../api/present.ts';
import { currency } from '../http/params.ts';
import { route } from '../http/route.ts';
import { balances } from '../money/balance.ts';
import { own } from '../store/lookup.ts';

const balance = route('GET', '/v1/balance', {}, (call) => {
  const found = balances(call);
  const rows = found.length > 0 ? found : [{ available: 0, currency: 'gbp', pending: 0 }];
  const part = (pick: (row: (typeof rows)[number]) => number) =>
    rows.map((row) => ({ amount: pick(row), currency: row.currency, source_types: { card: pick(row) } }));
  return {
    object: 'balance',
    available: part((row) => row.available),
    connect_reserved: rows.map((row) => ({ amount: 0, currency: row.currency })),
    livemode: false,
    pending: part((row) => row.pending),
  };
});

const retrieve = route('GET', '/v1/balance_transactions/:id', {}, (call, _params, id) =>
  present(call, own(call, 'balance_transaction', id).object),
);

const list = route(
  'GET',
  '/v1/balance_transactions',
  listShape({ ...created, ...textFilters('source', 'type'), currency }),
  (call, params) => listPage(call, 'balance_transaction', '/v1/balance_transactions', params),
);

export const balanceRoutes = [balance, retrieve, list];
