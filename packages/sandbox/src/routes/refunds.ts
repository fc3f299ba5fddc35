import type Stripe from 'stripe';
import type { Call } from '../app.ts';
import { created, listPage, listShape, textFilters } from '../api/listing.ts';
import { createRefund } from '../flows/refunds.ts';
import { invalid } from '../http/errors.ts';
import { mergeMetadata, metadata, oneOf, text, whole } from '../http/params.ts';
import { route } from '../http/route.ts';
import { idOf } from '../ids.ts';
import { formatMinor } from '../money/currency.ts';
import { own } from '../store/lookup.ts';

function chargeOf(call: Call, chargeId: string | undefined, intentId: string | undefined): Stripe.Charge {
  if ((chargeId === undefined) === (intentId === undefined)) {
    throw invalid('One of the following params should be provided for this request: payment_intent or charge.', {
      code: 'parameter_missing',
    });
  }
  if (chargeId !== undefined) return own(call, 'charge', chargeId, 'charge').object;
  const intent = own(call, 'payment_intent', intentId ?? '', 'payment_intent').object;
  const latest = idOf(intent.latest_charge);
  if (intent.status !== 'succeeded' || latest === null) {
    throw invalid(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, {
      param: 'payment_intent',
    });
  }
  return own(call, 'charge', latest, 'charge').object;
}

function checkRefundable(call: Call, charge: Stripe.Charge): void {
  if (!charge.captured)
    throw invalid(`Charge ${charge.id} has not been captured; cancel its PaymentIntent instead.`, {
      code: 'charge_not_refundable',
      param: 'charge',
    });
  const open = call.store.list('dispute', call.account, [{ field: 'charge', is: charge.id }], { limit: 1 }).items[0];
  if (charge.disputed && open && !open.is_charge_refundable) {
    throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
      param: 'charge',
    });
  }
  if (charge.refunded)
    throw invalid(`Charge ${charge.id} has already been refunded.`, {
      code: 'charge_already_refunded',
      param: 'charge',
    });
}

const create = route(
  'POST',
  '/v1/refunds',
  {
    amount: whole({ min: 1 }),
    charge: text(),
    metadata,
    payment_intent: text(),
    reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
  },
  (call, params) => {
    const charge = chargeOf(call, params.charge, params.payment_intent);
    checkRefundable(call, charge);
    const left = charge.amount - charge.amount_refunded;
    const amount = params.amount ?? left;
    if (amount > left) {
      const asked = formatMinor(amount, charge.currency);
      throw invalid(
        `Refund amount (${asked}) is greater than unrefunded amount on charge (${formatMinor(left, charge.currency)})`,
        { param: 'amount' },
      );
    }
    return createRefund(call, {
      amount,
      charge,
      metadata: mergeMetadata({}, params.metadata),
      reason: params.reason ?? null,
    });
  },
);

const update = route('POST', '/v1/refunds/:id', { metadata }, (call, params, id) => {
  const { object } = own(call, 'refund', id);
  const next = { ...object, metadata: mergeMetadata(object.metadata, params.metadata) };
  call.store.update('refund', next);
  return next;
});

const retrieve = route('GET', '/v1/refunds/:id', {}, (call, _params, id) => own(call, 'refund', id).object);

const list = route(
  'GET',
  '/v1/refunds',
  listShape({ ...created, ...textFilters('charge', 'payment_intent') }),
  (call, params) => listPage(call, 'refund', '/v1/refunds', params),
);

export const refundRoutes = [create, update, retrieve, list];
