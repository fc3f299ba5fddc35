import type Stripe from 'stripe';
import type { Call } from '../app.ts';
import { created, listPage, listShape, paging, textFilters } from '../api/listing.ts';
import { lineItemsOf } from '../api/sublists.ts';
import { createSession, totalOf, type SessionInput, type SessionLine } from '../flows/checkout.ts';
import { expireSession } from '../flows/sessions.ts';
import { invalid, missingParameter, noSuch } from '../http/errors.ts';
import {
  currency,
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
import { route } from '../http/route.ts';
import { amountProblem } from '../money/currency.ts';
import { own } from '../store/lookup.ts';

const MINUTE = 60;
const SHORTEST = 30 * MINUTE;
const LONGEST = 24 * 60 * MINUTE;

const fields = {
  allowed_payment_method_types: list(oneOf('card')),
  cancel_url: url,
  client_reference_id: text(200),
  currency,
  customer: text(),
  customer_creation: oneOf('always', 'if_required'),
  customer_email: text(512),
  expires_at: whole(),
  line_items: list(
    shape({
      price_data: must(
        shape({
          currency: must(currency),
          product_data: must(shape({ description: text(), metadata, name: must(text()) })),
          tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
          unit_amount: must(whole({ min: 0 })),
        }),
      ),
      quantity: whole({ min: 1 }),
    }),
  ),
  locale: oneOf('auto', 'en', 'en-GB'),
  metadata,
  mode: must(oneOf('payment', 'setup')),
  payment_intent_data: shape({
    capture_method: oneOf('automatic', 'automatic_async', 'manual'),
    description: text(1000),
    metadata,
    receipt_email: text(),
    setup_future_usage: oneOf('off_session', 'on_session'),
    statement_descriptor_suffix: text(22),
    transfer_group: text(),
  }),
  setup_intent_data: shape({ description: text(1000), metadata }),
  submit_type: oneOf('auto', 'book', 'pay'),
  success_url: must(url),
  ui_mode: oneOf('hosted_page'),
};
type Params = Values<typeof fields>;

function linesOf(params: Params): SessionLine[] {
  return (params.line_items ?? []).map((item) => ({
    currency: item.price_data.currency,
    description: item.price_data.product_data.description ?? null,
    name: item.price_data.product_data.name,
    quantity: item.quantity ?? 1,
    unitAmount: item.price_data.unit_amount,
  }));
}

function notInMode(param: string, mode: string): Error {
  return invalid(`You can not pass \`${param}\` in \`${mode}\` mode.`, { param });
}

function checkPayment(params: Params, lines: SessionLine[]): string {
  if (params.setup_intent_data) throw notInMode('setup_intent_data', 'payment');
  const first = lines[0];
  if (!first) throw missingParameter('line_items');
  if (lines.some((line) => line.currency !== first.currency)) {
    throw invalid('All line items must have the same currency.', { param: 'line_items' });
  }
  const problem = amountProblem(totalOf(lines), first.currency, 'line_items');
  if (problem) throw problem;
  return first.currency;
}

function checkSetup(params: Params, lines: SessionLine[]): string | null {
  if (lines.length > 0) throw notInMode('line_items', 'setup');
  if (params.payment_intent_data) throw notInMode('payment_intent_data', 'setup');
  if (params.currency === undefined && params.allowed_payment_method_types === undefined)
    throw missingParameter('currency');
  return params.currency ?? null;
}

function checkCustomer(call: Call, params: Params): void {
  if (params.customer === undefined) return;
  if (params.customer_email !== undefined || params.customer_creation !== undefined) {
    throw invalid('You may only specify one of these parameters: customer, customer_email, customer_creation.', {
      code: 'parameters_exclusive',
      param: 'customer',
    });
  }
  if (call.store.find('customer', params.customer)?.account !== call.account)
    throw noSuch('customer', params.customer, 'customer');
}

function expiryOf(call: Call, given: number | undefined): number {
  if (given === undefined) return call.now + LONGEST;
  // A minute's grace on both sides, for the time that the request took.
  if (given < call.now + SHORTEST - MINUTE || given > call.now + LONGEST + MINUTE) {
    throw invalid(
      'The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from Checkout Session creation.',
      { param: 'expires_at' },
    );
  }
  return given;
}

function intentData(given: Params['payment_intent_data']): SessionInput['intent'] {
  return {
    captureMethod: given?.capture_method ?? 'automatic_async',
    description: given?.description ?? null,
    metadata: mergeMetadata({}, given?.metadata),
    receiptEmail: given?.receipt_email ?? null,
    setupFutureUsage: given?.setup_future_usage ?? null,
    statementDescriptorSuffix: given?.statement_descriptor_suffix ?? null,
    transferGroup: given?.transfer_group ?? null,
  };
}

function setupData(given: Params['setup_intent_data']): SessionInput['setup'] {
  return { description: given?.description ?? null, metadata: mergeMetadata({}, given?.metadata) };
}

function inputOf(call: Call, params: Params, lines: SessionLine[], sessionCurrency: string | null): SessionInput {
  return {
    cancelUrl: params.cancel_url ?? null,
    clientReferenceId: params.client_reference_id ?? null,
    currency: sessionCurrency,
    customer: params.customer ?? null,
    customerCreation: params.customer_creation ?? null,
    customerEmail: params.customer_email ?? null,
    expiresAt: expiryOf(call, params.expires_at),
    intent: intentData(params.payment_intent_data),
    lines,
    locale: params.locale ?? null,
    metadata: mergeMetadata({}, params.metadata),
    mode: params.mode,
    setup: setupData(params.setup_intent_data),
    submitType: params.submit_type ?? null,
    successUrl: params.success_url,
  };
}

const create = route('POST', '/v1/checkout/sessions', fields, (call, params) => {
  const lines = linesOf(params);
  checkCustomer(call, params);
  const sessionCurrency = params.mode === 'payment' ? checkPayment(params, lines) : checkSetup(params, lines);
  return createSession(call, inputOf(call, params, lines, sessionCurrency));
});

function sessionOf(call: Call, id: string): Stripe.Checkout.Session {
  return own(call, 'checkout.session', id, 'session').object;
}

const expire = route('POST', '/v1/checkout/sessions/:id/expire', {}, (call, _params, id) => {
  const session = sessionOf(call, id);
  if (session.status !== 'open') {
    throw invalid(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
    );
  }
  return expireSession(call, session);
});

const retrieve = route('GET', '/v1/checkout/sessions/:id', {}, (call, _params, id) => sessionOf(call, id));

const lineItems = route('GET', '/v1/checkout/sessions/:id/line_items', paging, (call, _params, id) => {
  sessionOf(call, id);
  return lineItemsOf(call, id);
});

const listAll = route(
  'GET',
  '/v1/checkout/sessions',
  listShape({ ...created, ...textFilters('customer', 'payment_intent'), status: oneOf('open', 'complete', 'expired') }),
  (call, params) => listPage(call, 'checkout.session', '/v1/checkout/sessions', params),
);

export const checkoutSessionRoutes = [create, expire, retrieve, lineItems, listAll];
