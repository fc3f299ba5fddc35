import type Stripe from 'stripe';
import type { Call } from '../app.ts';
import type { ErrorBody } from '../http/errors.ts';
import { idOf } from '../ids.ts';
import { linked } from '../store/lookup.ts';
import { unschedule } from '../store/schedule.ts';
import { emit } from '../webhooks/emit.ts';
import { createIntent } from './intents.ts';
import { createCustomer, createPaymentMethod, type CardEntry } from './payment-methods.ts';
import { cancelIntent, confirmIntent, finishChallenge, type Confirmation } from './payments.ts';
import { confirmSetup, finishSetupChallenge, type SetupConfirmation } from './setups.ts';

type Session = Stripe.Checkout.Session;

export type Submission =
  | { kind: 'done'; session: Session }
  | { kind: 'challenge'; url: string }
  | { kind: 'refused'; session: Session; error: ErrorBody };

function save(call: Call, session: Session, change: Partial<Session>): Session {
  const next = { ...session, ...change };
  call.store.update('checkout.session', next);
  return next;
}

/** The address that the payer returns to. */
export function successAddress(session: Session): string {
  return (session.success_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', session.id);
}

export function cancelAddress(session: Session): string | null {
  return session.cancel_url?.replaceAll('{CHECKOUT_SESSION_ID}', session.id) ?? null;
}

function customerFor(call: Call, session: Session, entry: CardEntry): string | null {
  const known = idOf(session.customer);
  if (known !== null || session.customer_creation !== 'always') return known;
  return createCustomer(call, { email: entry.email, name: entry.name }).id;
}

function details(session: Session, entry: { name: string | null; email: string | null }): Session['customer_details'] {
  return {
    address: session.customer_details?.address ?? null,
    business_name: null,
    email: entry.email ?? session.customer_email,
    individual_name: null,
    name: entry.name,
    phone: null,
    tax_exempt: 'none',
    tax_ids: null,
  };
}

/** The intent behind the session: made at the first attempt, used again by later ones. */
function intentFor(call: Call, session: Session): Stripe.PaymentIntent {
  const known = idOf(session.payment_intent);
  if (known !== null) return linked(call, 'payment_intent', known).object;
  const passed = linked(call, 'checkout.session', session.id).hidden.intent;
  if (!passed) throw new Error(`${session.id} has nothing for its payment intent`);
  return createIntent(
    call,
    {
      amount: session.amount_total ?? 0,
      automaticMethods: null,
      captureMethod: passed.captureMethod,
      currency: session.currency ?? 'gbp',
      customer: idOf(session.customer),
      description: passed.description,
      metadata: passed.metadata,
      receiptEmail: passed.receiptEmail,
      setupFutureUsage: passed.setupFutureUsage,
      statementDescriptorSuffix: passed.statementDescriptorSuffix,
      transferGroup: passed.transferGroup,
    },
    { session: session.id },
  );
}

function complete(call: Call, session: Session, paymentStatus: Session['payment_status']): Session {
  unschedule(call, 'session.expire', session.id);
  const done = save(call, session, { payment_status: paymentStatus, status: 'complete', url: null });
  emit(call, 'checkout.session.completed', done);
  return done;
}

function afterPayment(call: Call, session: Session, result: Confirmation): Submission {
  if (result.kind === 'challenge') return { kind: 'challenge', url: result.url };
  if (result.kind === 'refused') return { kind: 'refused', session, error: result.error };
  // Money that is only held counts as unpaid until it is captured.
  return { kind: 'done', session: complete(call, session, result.intent.status === 'succeeded' ? 'paid' : 'unpaid') };
}

function afterSetup(call: Call, session: Session, result: SetupConfirmation): Submission {
  if (result.kind === 'challenge') return { kind: 'challenge', url: result.url };
  if (result.kind === 'refused') return { kind: 'refused', session, error: result.error };
  return { kind: 'done', session: complete(call, session, 'no_payment_required') };
}

/** The payer submits a card on the hosted page. The session must be open. */
export function submitCard(call: Call, open: Session, entry: CardEntry): Submission {
  const customer = customerFor(call, open, entry);
  const session = save(call, open, { customer, customer_details: details(open, entry) });
  const method = createPaymentMethod(call, entry);
  const setupId = idOf(session.setup_intent);
  if (setupId !== null) {
    const intent = { ...linked(call, 'setup_intent', setupId).object, customer };
    return afterSetup(call, session, confirmSetup(call, intent, method.id));
  }
  const intent = intentFor(call, session);
  const known = save(call, session, { payment_intent: intent.id });
  return afterPayment(call, known, confirmIntent(call, intent, method.id, false));
}

/** The payer of a session comes back from a challenge; a session that has ended meanwhile stays as it is. */
export function resumeSession(call: Call, session: Session, passed: boolean): Submission {
  const setupId = idOf(session.setup_intent);
  if (setupId !== null) {
    return afterSetup(call, session, finishSetupChallenge(call, linked(call, 'setup_intent', setupId).object, passed));
  }
  const intent = linked(call, 'payment_intent', idOf(session.payment_intent)).object;
  return afterPayment(call, session, finishChallenge(call, intent, passed));
}

/** Ends an open session; an attempt that waits for a challenge is given up. */
export function expireSession(call: Call, session: Session): Session {
  unschedule(call, 'session.expire', session.id);
  const intentId = idOf(session.payment_intent);
  if (intentId !== null) {
    const intent = linked(call, 'payment_intent', intentId).object;
    if (intent.status !== 'canceled') cancelIntent(call, intent, 'expired');
  }
  const expired = save(call, session, { status: 'expired', url: null });
  emit(call, 'checkout.session.expired', expired);
  return expired;
}

export function expireIfOpen(call: Call, id: string): void {
  const session = linked(call, 'checkout.session', id).object;
  if (session.status === 'open') expireSession(call, session);
}

/** A captured payment turns its session to paid. */
export function markSessionPaid(call: Call, intentId: string): void {
  const sessionId = linked(call, 'payment_intent', intentId).hidden.session;
  if (sessionId === undefined) return;
  save(call, linked(call, 'checkout.session', sessionId).object, { payment_status: 'paid' });
}
