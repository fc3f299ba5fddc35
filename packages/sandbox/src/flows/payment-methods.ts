import type Stripe from 'stripe';
import type { Call } from '../app.ts';
import { newId, token } from '../ids.ts';
import { cardSpec, type CardKey } from '../money/cards.ts';
import { emit } from '../webhooks/emit.ts';

export interface CardEntry {
  card: CardKey;
  expMonth: number;
  expYear: number;
  name: string | null;
  email: string | null;
}

const NO_ADDRESS = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

export function billingDetails(name: string | null, email: string | null): Stripe.PaymentMethod.BillingDetails {
  return { address: { ...NO_ADDRESS }, email, name, phone: null, tax_id: null };
}

/** The same for every use of one card number, and nothing from which the number could be told. */
function fingerprint(card: CardKey): string {
  return `sandbox${card}`.padEnd(16, '0').slice(0, 16);
}

function cardDetails(entry: CardEntry): Stripe.PaymentMethod.Card {
  const spec = cardSpec(entry.card);
  return {
    brand: spec.brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'GB',
    display_brand: spec.brand,
    exp_month: entry.expMonth,
    exp_year: entry.expYear,
    fingerprint: fingerprint(entry.card),
    funding: 'credit',
    generated_from: null,
    last4: spec.number.slice(-4),
    networks: { available: [spec.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

/** A new, unattached payment method for a test card. */
export function createPaymentMethod(call: Call, entry: CardEntry): Stripe.PaymentMethod {
  const method: Stripe.PaymentMethod = {
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: billingDetails(entry.name, entry.email),
    card: cardDetails(entry),
    created: call.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  };
  call.store.insert('payment_method', call.account, method, { card: entry.card });
  return method;
}

export function attachTo(call: Call, method: Stripe.PaymentMethod, customerId: string): Stripe.PaymentMethod {
  if (method.customer === customerId) return method;
  const attached = { ...method, customer: customerId };
  call.store.update('payment_method', attached);
  emit(call, 'payment_method.attached', attached);
  return attached;
}

export function createCustomer(
  call: Call,
  given: {
    email?: string | null;
    name?: string | null;
    phone?: string | null;
    description?: string | null;
    metadata?: Record<string, string>;
  },
): Stripe.Customer {
  const customer: Stripe.Customer = {
    id: newId('cus', 14),
    object: 'customer',
    address: null,
    balance: 0,
    created: call.now,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: given.description ?? null,
    discount: null,
    email: given.email ?? null,
    invoice_prefix: token(8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: given.metadata ?? {},
    name: given.name ?? null,
    next_invoice_sequence: 1,
    phone: given.phone ?? null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  };
  call.store.insert('customer', call.account, customer);
  emit(call, 'customer.created', customer);
  return customer;
}
