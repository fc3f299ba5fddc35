import type { Call } from '../app.ts';
import { invalid } from '../http/errors.ts';
import { present } from './present.ts';
import { lineItemsOf, refundsOf } from './sublists.ts';

/** Which fields hold ids that may be replaced by their objects. */
const EXPANDABLE: Record<string, readonly string[]> = {
  balance_transaction: ['source'],
  bank_account: ['account'],
  charge: ['balance_transaction', 'customer', 'failure_balance_transaction', 'payment_intent', 'source_transfer'],
  'checkout.session': ['customer', 'payment_intent', 'setup_intent'],
  dispute: ['charge', 'payment_intent'],
  payment_intent: ['customer', 'latest_charge', 'payment_method'],
  payment_method: ['customer'],
  payout: ['balance_transaction', 'destination', 'failure_balance_transaction'],
  refund: ['balance_transaction', 'charge', 'failure_balance_transaction', 'payment_intent', 'payment_method'],
  setup_intent: ['customer', 'payment_method'],
  transfer: ['balance_transaction', 'destination', 'destination_payment', 'source_transaction'],
  transfer_reversal: ['balance_transaction', 'transfer'],
};

/** Lists that are shown only on request. */
const INCLUDABLE: Record<string, (call: Call, id: string) => object> = {
  'charge.refunds': refundsOf,
  'checkout.session.line_items': lineItemsOf,
};

/** Fields that are shown in full always and may be walked through. */
const EMBEDDED: Record<string, readonly string[]> = {
  account: ['external_accounts'],
  dispute: ['balance_transactions'],
  transfer: ['reversals'],
};

const MAX_DEPTH = 4;
type Json = Record<string, unknown>;

function refusal(path: string): never {
  throw invalid(`This property cannot be expanded (${path}).`, { param: 'expand' });
}

function fetched(call: Call, id: string): object {
  const found = call.store.findAny(id);
  if (!found) throw new Error(`cannot expand ${id}: no such object`);
  return present(call, found.object);
}

function expandField(call: Call, owner: Json, name: string, path: string): unknown {
  const kind = String(owner['object']);
  const include = INCLUDABLE[`${kind}.${name}`];
  if (include) return include(call, String(owner['id']));
  if (EMBEDDED[kind]?.includes(name)) return owner[name];
  if (!EXPANDABLE[kind]?.includes(name)) refusal(path);
  const value = owner[name];
  return typeof value === 'string' ? fetched(call, value) : value;
}

function expandPath(call: Call, value: unknown, segments: string[], path: string): unknown {
  const [name, ...rest] = segments;
  if (name === undefined || value === null || value === undefined) return value;
  if (Array.isArray(value)) return value.map((one) => expandPath(call, one, segments, path));
  if (typeof value !== 'object') refusal(path);
  const owner = value as Json;
  if (owner['object'] === 'list') {
    if (name !== 'data') refusal(path);
    return { ...owner, data: expandPath(call, owner['data'], rest, path) };
  }
  return { ...owner, [name]: expandPath(call, expandField(call, owner, name, path), rest, path) };
}

/** The answer with every `expand[]` path replaced by objects; an unknown path is refused. */
export function expand(call: Call, answer: object, paths: readonly string[]): object {
  let expanded: unknown = answer;
  for (const path of paths) {
    const segments = path.split('.');
    if (segments.length > MAX_DEPTH) {
      throw invalid(`You cannot expand more than ${MAX_DEPTH} levels of a property. Property: ${path}`, {
        param: 'expand',
      });
    }
    expanded = expandPath(call, expanded, segments, path);
  }
  return expanded as object;
}
