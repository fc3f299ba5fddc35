import type Stripe from 'stripe';
import { actingFor, type Call } from '../app.ts';
import { created, listPage, listShape, paging, textFilters } from '../api/listing.ts';
import { present } from '../api/present.ts';
import { createTransfer, reverseTransfer, transferredFrom } from '../flows/transfers.ts';
import { invalid, missingParameter, noSuch } from '../http/errors.ts';
import { currency, mergeMetadata, metadata, must, text, whole } from '../http/params.ts';
import { route } from '../http/route.ts';
import { idOf } from '../ids.ts';
import { balanceIn } from '../money/balance.ts';
import { linked, own } from '../store/lookup.ts';

function checkDestination(call: Call, id: string): void {
  const found = call.store.find('account', id);
  if (!found || found.account !== call.account) throw noSuch('destination', id, 'destination');
  if (found.object.capabilities?.transfers === 'active') return;
  throw invalid(
    'Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments',
    { code: 'insufficient_capabilities_for_transfer', param: 'destination' },
  );
}

function sourceOf(call: Call, id: string, wanted: string, amount: number): Stripe.Charge {
  const charge = own(call, 'charge', id, 'source_transaction').object;
  if (!charge.captured)
    throw invalid('Cannot use a charge that has not been captured as a source_transaction.', {
      param: 'source_transaction',
    });
  if (charge.currency !== wanted) {
    throw invalid(
      `The currency of source_transaction's balance transaction (${charge.currency}) must be the same as the transfer currency (${wanted})`,
      { param: 'currency' },
    );
  }
  const left = charge.amount_captured - transferredFrom(call, id);
  if (amount > left) {
    throw invalid(
      `Transfers using this transaction as a source must not exceed the source amount of ${charge.amount_captured}. (There are already transfers using this source, amounting to a total of ${charge.amount_captured - left})`,
      {
        code: 'balance_insufficient',
        param: 'amount',
      },
    );
  }
  return charge;
}

/** Charge and transfer share a group; a charge without one gets its own. */
function groupOf(call: Call, source: Stripe.Charge | null, given: string | undefined): string | null {
  if (!source) return given ?? null;
  if (source.transfer_group !== null && given !== undefined && given !== source.transfer_group) {
    throw invalid('The transfer_group of a transfer must match the transfer_group of its source_transaction.', {
      param: 'transfer_group',
    });
  }
  const group = source.transfer_group ?? given ?? `group_${idOf(source.payment_intent) ?? source.id}`;
  if (source.transfer_group === null)
    call.store.update('charge', { ...linked(call, 'charge', source.id).object, transfer_group: group });
  return group;
}

const create = route(
  'POST',
  '/v1/transfers',
  {
    amount: whole({ min: 1 }),
    currency: must(currency),
    description: text(),
    destination: must(text()),
    metadata,
    source_transaction: text(),
    transfer_group: text(),
  },
  (call, params) => {
    const { amount } = params;
    if (amount === undefined) throw missingParameter('amount');
    checkDestination(call, params.destination);
    const source =
      params.source_transaction === undefined
        ? null
        : sourceOf(call, params.source_transaction, params.currency, amount);
    if (!source && balanceIn(call, params.currency).available < amount) {
      throw invalid(
        'You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance by creating Charges using the 4000000000000077 test card.',
        {
          code: 'balance_insufficient',
        },
      );
    }
    const transfer = createTransfer(call, {
      amount,
      currency: params.currency,
      description: params.description ?? null,
      destination: params.destination,
      metadata: mergeMetadata({}, params.metadata),
      sourceTransaction: source,
      transferGroup: groupOf(call, source, params.transfer_group),
    });
    return present(call, transfer);
  },
);

const update = route('POST', '/v1/transfers/:id', { description: text(), metadata }, (call, params, id) => {
  const { object } = own(call, 'transfer', id, 'transfer');
  const next = {
    ...object,
    description: params.description ?? object.description,
    metadata: mergeMetadata(object.metadata, params.metadata),
  };
  call.store.update('transfer', next);
  return present(call, next);
});

const retrieve = route('GET', '/v1/transfers/:id', {}, (call, _params, id) =>
  present(call, own(call, 'transfer', id, 'transfer').object),
);

const list = route(
  'GET',
  '/v1/transfers',
  listShape({ ...created, ...textFilters('destination', 'transfer_group') }),
  (call, params) => listPage(call, 'transfer', '/v1/transfers', params),
);

const reverse = route(
  'POST',
  '/v1/transfers/:id/reversals',
  { amount: whole({ min: 1 }), description: text(), metadata },
  (call, params, id) => {
    const { object } = own(call, 'transfer', id, 'transfer');
    const left = object.amount - object.amount_reversed;
    const amount = params.amount ?? left;
    if (left === 0) throw invalid(`Transfer ${id} is already fully reversed.`, { param: 'id' });
    if (amount > left)
      throw invalid(
        `Transfer reversal amount (${amount}) is greater than the unreversed amount on transfer (${left})`,
        { param: 'amount' },
      );
    const held = balanceIn(actingFor(call, idOf(object.destination) ?? ''), object.currency);
    if (held.available + held.pending < amount) {
      throw invalid('The connected account has insufficient funds to reverse this transfer.', {
        code: 'balance_insufficient',
      });
    }
    return reverseTransfer(call, object, {
      amount,
      description: params.description ?? null,
      metadata: mergeMetadata({}, params.metadata),
    });
  },
);

const reversals = route('GET', '/v1/transfers/:id/reversals', paging, (call, params, id) => {
  own(call, 'transfer', id, 'transfer');
  return listPage(call, 'transfer_reversal', `/v1/transfers/${id}/reversals`, params, [{ field: 'transfer', is: id }]);
});

const reversal = route('GET', '/v1/transfers/:id/reversals/:reversal', {}, (call, _params, id, reversalId) => {
  const { object } = own(call, 'transfer_reversal', reversalId);
  if (object.transfer !== id) throw noSuch('transfer_reversal', reversalId, 'id');
  return object;
});

export const transferRoutes = [create, update, retrieve, list, reverse, reversals, reversal];
