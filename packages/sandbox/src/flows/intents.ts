import type Stripe from 'stripe';
import type { Call } from '../app.ts';
import { newId, token } from '../ids.ts';
import type { Hidden } from '../store/kinds.ts';
import { emit } from '../webhooks/emit.ts';

export interface IntentInput {
  amount: number;
  currency: string;
  captureMethod: 'automatic' | 'automatic_async' | 'manual';
  customer: string | null;
  description: string | null;
  metadata: Record<string, string>;
  receiptEmail: string | null;
  setupFutureUsage: 'off_session' | 'on_session' | null;
  statementDescriptorSuffix: string | null;
  transferGroup: string | null;
  /** Dynamic payment methods, or only those named. */
  automaticMethods: Stripe.PaymentIntent.AutomaticPaymentMethods | null;
}

/** A new payment intent that waits for a payment method. */
export function createIntent(call: Call, input: IntentInput, hidden: Hidden = {}): Stripe.PaymentIntent {
  const id = newId('pi');
  const intent: Stripe.PaymentIntent = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: input.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: input.automaticMethods,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: input.captureMethod,
    client_secret: `${id}_secret_${token(25)}`,
    confirmation_method: 'automatic',
    created: call.now,
    currency: input.currency,
    customer: input.customer,
    customer_account: null,
    description: input.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: input.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: input.receiptEmail,
    review: null,
    setup_future_usage: input.setupFutureUsage,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: input.statementDescriptorSuffix,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: input.transferGroup,
  };
  call.store.insert('payment_intent', call.account, intent, hidden);
  emit(call, 'payment_intent.created', intent);
  return intent;
}

/** A new setup intent, as a checkout session in setup mode makes it. */
export function createSetupIntent(
  call: Call,
  input: { customer: string | null; description: string | null; metadata: Record<string, string> },
  hidden: Hidden,
): Stripe.SetupIntent {
  const id = newId('seti');
  const intent: Stripe.SetupIntent = {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${token(31)}`,
    created: call.now,
    customer: input.customer,
    customer_account: null,
    description: input.description,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: input.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: 'off_session',
  };
  call.store.insert('setup_intent', call.account, intent, hidden);
  emit(call, 'setup_intent.created', intent);
  return intent;
}
