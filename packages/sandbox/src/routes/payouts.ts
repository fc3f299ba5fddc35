import type Stripe from 'stripe';
import type { Call } from '../app.ts';
import { created, listPage, listShape, textFilters } from '../api/listing.ts';
import { cancelPayout, createPayout } from '../flows/payouts.ts';
import { invalid, noSuch } from '../http/errors.ts';
import { currency, mergeMetadata, metadata, must, oneOf, range, text, whole } from '../http/params.ts';
import { route } from '../http/route.ts';
import { balanceIn } from '../money/balance.ts';
import { formatMinor } from '../money/currency.ts';
import { own } from '../store/lookup.ts';
import { PLATFORM_ACCOUNT } from '../version.ts';

function checkAccount(call: Call): void {
  if (call.account === PLATFORM_ACCOUNT) return;
  const account = call.store.find('account', call.account)?.object;
  if (!account?.payouts_enabled) {
    throw invalid('Cannot create payouts: this account has requirements that are past due.', {
      code: 'payouts_not_allowed',
    });
  }
  // Automatic payouts are not simulated; an account that relied on them would be paid twice in real life.
  if (account.settings?.payouts?.schedule.interval === 'manual') return;
  throw invalid(
    "Cannot create payouts: the account's payout schedule is automatic. Set settings[payouts][schedule][interval] to manual first.",
    {
      code: 'payouts_not_allowed',
    },
  );
}

function bankFor(call: Call, wanted: string, id: string | undefined): Stripe.BankAccount {
  const all = call.store.list('bank_account', call.account, [{ field: 'currency', is: wanted }]).items;
  const found =
    id === undefined ? all.find((bank) => bank.default_for_currency === true) : all.find((bank) => bank.id === id);
  if (found) return found;
  if (id !== undefined) throw noSuch('external_account', id, 'destination');
  throw invalid(`Sorry, you don't have any external accounts in that currency (${wanted}).`, { param: 'currency' });
}

const create = route(
  'POST',
  '/v1/payouts',
  {
    amount: must(whole({ min: 1 })),
    currency: must(currency),
    description: text(),
    destination: text(),
    metadata,
    method: oneOf('standard'),
    source_type: oneOf('card'),
    statement_descriptor: text(22),
  },
  (call, params) => {
    checkAccount(call);
    const bank = bankFor(call, params.currency, params.destination);
    const { available } = balanceIn(call, params.currency);
    if (available < params.amount) {
      throw invalid(
        `You have insufficient funds in your Stripe account for this payout. Your available balance is ${formatMinor(Math.max(0, available), params.currency)}.`,
        {
          code: 'balance_insufficient',
        },
      );
    }
    return createPayout(call, {
      amount: params.amount,
      bankAccount: bank.id,
      currency: params.currency,
      description: params.description ?? null,
      metadata: mergeMetadata({}, params.metadata),
      statementDescriptor: params.statement_descriptor ?? null,
    });
  },
);

const cancel = route('POST', '/v1/payouts/:id/cancel', {}, (call, _params, id) => {
  const { object } = own(call, 'payout', id, 'payout');
  if (object.status !== 'pending')
    throw invalid(`Payouts can only be canceled while they are pending. This one is ${object.status}.`, {
      param: 'payout',
    });
  return cancelPayout(call, object);
});

const update = route('POST', '/v1/payouts/:id', { metadata }, (call, params, id) => {
  const { object } = own(call, 'payout', id, 'payout');
  const next = { ...object, metadata: mergeMetadata(object.metadata, params.metadata) };
  call.store.update('payout', next);
  return next;
});

const retrieve = route('GET', '/v1/payouts/:id', {}, (call, _params, id) => own(call, 'payout', id, 'payout').object);

const list = route(
  'GET',
  '/v1/payouts',
  listShape({ ...created, ...textFilters('destination', 'status'), arrival_date: range }),
  (call, params) => listPage(call, 'payout', '/v1/payouts', params),
);

export const payoutRoutes = [create, cancel, update, retrieve, list];
