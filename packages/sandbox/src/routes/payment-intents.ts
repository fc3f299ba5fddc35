import type Stripe from 'stripe';
import type { Call } from '../app.ts';
import { created, listPage, listShape, textFilters } from '../api/listing.ts';
import { createIntent, type IntentInput } from '../flows/intents.ts';
import { cancelIntent, captureIntent, confirmIntent, unexpected, type Confirmation } from '../flows/payments.ts';
import { markSessionPaid } from '../flows/sessions.ts';
import { ApiError, invalid, noSuch } from '../http/errors.ts';
import {
  clearable,
  currency,
  flag,
  list,
  mergeMetadata,
  metadata,
  must,
  oneOf,
  shape,
  text,
  url,
  whole,
  type Values,
} from '../http/params.ts';
import { route, type Answer } from '../http/route.ts';
import { idOf } from '../ids.ts';
import { amountProblem, formatMinor } from '../money/currency.ts';
import { linked, own } from '../store/lookup.ts';
import { methodOrToken } from './customers.ts';

const confirmFields = {
  error_on_requires_action: flag,
  off_session: flag,
  payment_method: text(),
  return_url: url,
};

interface ConfirmInput {
  error_on_requires_action: boolean | undefined;
  off_session: boolean | undefined;
  payment_method: string | undefined;
  return_url: string | undefined;
}

function intentOf(call: Call, id: string): Stripe.PaymentIntent {
  return own(call, 'payment_intent', id, 'intent').object;
}

/** A declined payment is answered with 402, and what happened stays. */
function answerTo(result: Confirmation, errorOnAction: boolean): Answer {
  if (result.kind === 'refused') return new ApiError(result.error.type === 'card_error' ? 402 : 400, result.error);
  if (result.kind === 'challenge' && errorOnAction) {
    return new ApiError(402, {
      type: 'card_error',
      code: 'authentication_required',
      message: 'This payment required an authentication action to complete, but `error_on_requires_action` was set.',
      payment_intent: result.intent,
    });
  }
  return result.intent;
}

/** The payment method must belong to the intent's customer, or to nobody. */
function usableMethod(
  call: Call,
  intent: Stripe.PaymentIntent,
  given: string | undefined,
  offSession: boolean,
): string {
  const wanted = given ?? idOf(intent.payment_method);
  if (wanted === null) {
    throw invalid(
      "You cannot confirm this PaymentIntent because it's missing a payment method. Update the PaymentIntent with a payment method and then confirm it again.",
      { code: 'payment_intent_unexpected_state' },
    );
  }
  const { object } = methodOrToken(call, wanted, 'payment_method');
  const holder = idOf(object.customer);
  if (holder !== null && holder !== idOf(intent.customer)) {
    throw invalid(
      'The provided PaymentMethod belongs to a Customer. Please include the Customer in the `customer` parameter on the PaymentIntent.',
      { param: 'payment_method' },
    );
  }
  if (offSession && idOf(intent.customer) !== null && holder === null) {
    throw invalid('The provided PaymentMethod cannot be used off-session: it is not attached to the Customer.', {
      param: 'payment_method',
    });
  }
  return object.id;
}

function confirm(call: Call, intent: Stripe.PaymentIntent, params: ConfirmInput): Answer {
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status))
    throw unexpected(intent, 'confirm');
  const offSession = params.off_session === true;
  const methodId = usableMethod(call, intent, params.payment_method, offSession);
  const { hidden } = linked(call, 'payment_intent', intent.id);
  call.store.update('payment_intent', intent, {
    ...hidden,
    offSession,
    ...(params.return_url === undefined ? {} : { returnUrl: params.return_url }),
  });
  return answerTo(confirmIntent(call, intent, methodId, offSession), params.error_on_requires_action === true);
}

const automatic = shape({ allow_redirects: oneOf('always', 'never'), enabled: must(flag) });

function automaticMethods(
  given: ReturnType<typeof automatic> | undefined,
  types: string[] | undefined,
): Stripe.PaymentIntent.AutomaticPaymentMethods | null {
  if (types !== undefined) return null;
  return { allow_redirects: given?.allow_redirects ?? 'always', enabled: given?.enabled ?? true };
}

const createFields = {
  ...confirmFields,
  allowed_payment_method_types: list(oneOf('card')),
  amount: must(whole()),
  automatic_payment_methods: automatic,
  capture_method: oneOf('automatic', 'automatic_async', 'manual'),
  confirm: flag,
  currency: must(currency),
  customer: text(),
  description: text(),
  metadata,
  receipt_email: text(),
  setup_future_usage: oneOf('off_session', 'on_session'),
  statement_descriptor_suffix: text(22),
  transfer_group: text(),
};
type CreateParams = Values<typeof createFields>;

function checkCreate(call: Call, params: CreateParams): void {
  const problem = amountProblem(params.amount, params.currency, 'amount');
  if (problem) throw problem;
  if (params.customer !== undefined && call.store.find('customer', params.customer)?.account !== call.account) {
    throw noSuch('customer', params.customer, 'customer');
  }
  if (params.off_session && !params.confirm) {
    throw invalid('`off_session` can only be set when `confirm` is true.', { param: 'off_session' });
  }
}

function inputOf(params: CreateParams): IntentInput {
  return {
    amount: params.amount,
    automaticMethods: automaticMethods(params.automatic_payment_methods, params.allowed_payment_method_types),
    captureMethod: params.capture_method ?? 'automatic_async',
    currency: params.currency,
    customer: params.customer ?? null,
    description: params.description ?? null,
    metadata: mergeMetadata({}, params.metadata),
    receiptEmail: params.receipt_email ?? null,
    setupFutureUsage: params.setup_future_usage ?? null,
    statementDescriptorSuffix: params.statement_descriptor_suffix ?? null,
    transferGroup: params.transfer_group ?? null,
  };
}

const createOne = route('POST', '/v1/payment_intents', createFields, (call, params) => {
  checkCreate(call, params);
  const intent = createIntent(call, inputOf(params));
  if (params.confirm) return confirm(call, intent, params);
  if (params.payment_method === undefined) return intent;
  const methodId = usableMethod(call, intent, params.payment_method, false);
  const ready: Stripe.PaymentIntent = { ...intent, payment_method: methodId, status: 'requires_confirmation' };
  call.store.update('payment_intent', ready);
  return ready;
});

const confirmOne = route('POST', '/v1/payment_intents/:id/confirm', confirmFields, (call, params, id) =>
  confirm(call, intentOf(call, id), params),
);

const update = route(
  'POST',
  '/v1/payment_intents/:id',
  { description: clearable(), metadata, receipt_email: clearable(), transfer_group: text() },
  (call, params, id) => {
    const intent = intentOf(call, id);
    const next: Stripe.PaymentIntent = {
      ...intent,
      description: params.description === undefined ? intent.description : params.description,
      metadata: mergeMetadata(intent.metadata, params.metadata),
      receipt_email: params.receipt_email === undefined ? intent.receipt_email : params.receipt_email,
      transfer_group: params.transfer_group ?? intent.transfer_group,
    };
    call.store.update('payment_intent', next);
    return next;
  },
);

const capture = route(
  'POST',
  '/v1/payment_intents/:id/capture',
  { amount_to_capture: whole({ min: 1 }), final_capture: flag, metadata },
  (call, params, id) => {
    const intent = intentOf(call, id);
    if (intent.status !== 'requires_capture') throw unexpected(intent, 'capture');
    const amount = params.amount_to_capture ?? intent.amount_capturable;
    if (amount > intent.amount_capturable) {
      const asked = formatMinor(amount, intent.currency);
      const most = formatMinor(intent.amount_capturable, intent.currency);
      throw invalid(`The amount to capture (${asked}) must be less than or equal to the capturable amount (${most}).`, {
        code: 'amount_too_large',
        param: 'amount_to_capture',
      });
    }
    const told = { ...intent, metadata: mergeMetadata(intent.metadata, params.metadata) };
    const captured = captureIntent(call, told, amount);
    markSessionPaid(call, id);
    return captured;
  },
);

function refuseWhileCheckoutIsOpen(call: Call, id: string): void {
  const sessionId = linked(call, 'payment_intent', id).hidden.session;
  const session = sessionId === undefined ? undefined : call.store.find('checkout.session', sessionId)?.object;
  if (session?.status !== 'open') return;
  throw invalid(
    'You cannot cancel PaymentIntents created by Checkout while the Checkout Session is open. Expire the Checkout Session instead.',
    {
      code: 'payment_intent_unexpected_state',
    },
  );
}

const cancel = route(
  'POST',
  '/v1/payment_intents/:id/cancel',
  { cancellation_reason: oneOf('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer') },
  (call, params, id) => {
    const intent = intentOf(call, id);
    if (intent.status === 'succeeded' || intent.status === 'canceled') throw unexpected(intent, 'cancel');
    refuseWhileCheckoutIsOpen(call, id);
    return cancelIntent(call, intent, params.cancellation_reason ?? null);
  },
);

const retrieve = route('GET', '/v1/payment_intents/:id', {}, (call, _params, id) => intentOf(call, id));

const listAll = route(
  'GET',
  '/v1/payment_intents',
  listShape({ ...created, ...textFilters('customer') }),
  (call, params) => listPage(call, 'payment_intent', '/v1/payment_intents', params),
);

export const paymentIntentRoutes = [createOne, confirmOne, capture, cancel, update, retrieve, listAll];
