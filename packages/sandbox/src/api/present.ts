import type { Call } from '../app.ts';
import type { Kinds } from '../store/kinds.ts';
import { bankAccountsOf, reversalsOf } from './sublists.ts';

/** The fields that follow from other rows or from the time, worked out when an object is shown. */
function derived(call: Call, object: object): object {
  if (!('object' in object)) return {};
  switch (object.object) {
    case 'balance_transaction': {
      const { available_on } = object as Kinds['balance_transaction'];
      return { status: available_on <= call.now ? 'available' : 'pending' };
    }
    case 'transfer':
      return { reversals: reversalsOf(call, (object as Kinds['transfer']).id) };
    case 'account':
      return { external_accounts: bankAccountsOf(call, (object as Kinds['account']).id) };
    case 'dispute': {
      const { balance_transactions } = object as Kinds['dispute'];
      return { balance_transactions: balance_transactions.map((one) => present(call, one)) };
    }
    default:
      return {};
  }
}

/** An object as the API shows it at the call's time. */
export function present<T extends object>(call: Call, object: T): T {
  return { ...object, ...derived(call, object) };
}
