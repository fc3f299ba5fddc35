import type Stripe from 'stripe';
import type { Call } from '../app.ts';
import { newId } from '../ids.ts';
import type { SessionIntent } from '../store/kinds.ts';
import { schedule } from '../store/schedule.ts';
import { createSetupIntent } from './intents.ts';

export interface SessionLine {
  name: string;
  description: string | null;
  currency: string;
  unitAmount: number;
  quantity: number;
}

export interface SessionInput {
  mode: 'payment' | 'setup';
  currency: string | null;
  lines: SessionLine[];
  intent: SessionIntent;
  setup: { description: string | null; metadata: Record<string, string> };
  successUrl: string;
  cancelUrl: string | null;
  clientReferenceId: string | null;
  customer: string | null;
  customerCreation: 'always' | 'if_required' | null;
  customerEmail: string | null;
  expiresAt: number;
  locale: string | null;
  metadata: Record<string, string>;
  submitType: 'auto' | 'book' | 'pay' | null;
}

function priceOf(call: Call, line: SessionLine): Stripe.Price {
  return {
    id: newId('price'),
    object: 'price',
    active: false,
    billing_scheme: 'per_unit',
    created: call.now,
    currency: line.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: newId('prod', 14),
    recurring: null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: line.unitAmount,
    // A string on the wire, which the SDK's type hides behind its own decimal class.
    unit_amount_decimal: String(line.unitAmount) as unknown as Stripe.Price['unit_amount_decimal'],
  };
}

function insertLine(call: Call, sessionId: string, line: SessionLine): void {
  const amount = line.unitAmount * line.quantity;
  const item: Stripe.LineItem = {
    id: newId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: line.currency,
    description: line.name,
    metadata: {},
    price: priceOf(call, line),
    quantity: line.quantity,
  };
  call.store.insert('item', call.account, item, { session: sessionId });
}

export function totalOf(lines: readonly SessionLine[]): number {
  return lines.reduce((sum, line) => sum + line.unitAmount * line.quantity, 0);
}

function setupFor(call: Call, input: SessionInput, sessionId: string): string | null {
  if (input.mode !== 'setup') return null;
  return createSetupIntent(call, { customer: input.customer, ...input.setup }, { session: sessionId }).id;
}

function blankDetails(email: string | null): Session['customer_details'] {
  if (email === null) return null;
  return {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name: null,
    phone: null,
    tax_exempt: 'none',
    tax_ids: null,
  };
}

type Session = Stripe.Checkout.Session;

/** What no session of the sandbox uses. */
const UNUSED = {
  after_expiration: null,
  allow_promotion_codes: null,
  allowed_payment_method_types: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  billing_address_collection: null,
  client_secret: null,
  collected_information: { business_name: null, individual_name: null, shipping_details: null },
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
  customer_account: null,
  integration_identifier: null,
  invoice: null,
  managed_payments: null,
  origin_context: null,
  payment_link: null,
  payment_method_configuration_details: null,
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  saved_payment_method_options: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  subscription: null,
  wallet_options: null,
} satisfies Partial<Session>;

const NO_INVOICE: Session['invoice_creation'] = {
  enabled: false,
  invoice_data: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: null,
    metadata: {},
    rendering_options: null,
  },
};

/** What differs between paying and saving a card. */
function byMode(input: SessionInput) {
  if (input.mode === 'setup') {
    return {
      adaptive_pricing: null,
      amount_subtotal: null,
      amount_total: null,
      customer_creation: input.customerCreation,
      discounts: null,
      invoice_creation: null,
      payment_method_collection: 'always',
      payment_status: 'no_payment_required',
      total_details: null,
    } satisfies Partial<Session>;
  }
  const total = totalOf(input.lines);
  return {
    adaptive_pricing: { enabled: false },
    amount_subtotal: total,
    amount_total: total,
    customer_creation: input.customerCreation ?? (input.customer === null ? 'if_required' : null),
    discounts: [],
    invoice_creation: NO_INVOICE,
    payment_method_collection: 'if_required',
    payment_status: 'unpaid',
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  } satisfies Partial<Session>;
}

/** A hosted page that waits for one payer until it expires. */
export function createSession(call: Call, input: SessionInput): Session {
  const id = newId('cs_test', 58);
  const session: Session = {
    ...UNUSED,
    ...byMode(input),
    id,
    object: 'checkout.session',
    cancel_url: input.cancelUrl,
    client_reference_id: input.clientReferenceId,
    created: call.now,
    currency: input.currency,
    customer: input.customer,
    customer_details: blankDetails(input.customerEmail),
    customer_email: input.customerEmail,
    expires_at: input.expiresAt,
    livemode: false,
    locale: input.locale,
    metadata: input.metadata,
    mode: input.mode,
    payment_intent: null,
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: ['card'],
    setup_intent: setupFor(call, input, id),
    status: 'open',
    submit_type: input.submitType,
    success_url: input.successUrl,
    ui_mode: 'hosted_page',
    url: `${call.app.settings.publicUrl}/c/pay/${id}`,
  };
  call.store.insert(
    'checkout.session',
    call.account,
    session,
    input.mode === 'payment' ? { intent: input.intent } : {},
  );
  for (const line of input.lines) insertLine(call, id, line);
  schedule(call, 'session.expire', id, input.expiresAt);
  return session;
}
