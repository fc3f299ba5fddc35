import type Stripe from 'stripe';
import type { Call } from '../app.ts';
import { cardErrorBody, invalid, type ApiError, type ErrorBody } from '../http/errors.ts';
import { idOf } from '../ids.ts';
import { cardSpec, type Decline } from '../money/cards.ts';
import { linked } from '../store/lookup.ts';
import { schedule, unschedule } from '../store/schedule.ts';
import { emit } from '../webhooks/emit.ts';
import { createCharge, settleCharge, type Attempt } from './charges.ts';
import { attachTo } from './payment-methods.ts';
import { recordRelease } from './releases.ts';

type Intent = Stripe.PaymentIntent;

export type Confirmation =
  | { kind: 'done'; intent: Intent }
  | { kind: 'challenge'; intent: Intent; url: string }
  | { kind: 'refused'; intent: Intent; error: ErrorBody };

const CHALLENGE_NEEDED: Decline = {
  code: 'authentication_required',
  declineCode: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
};

function save(call: Call, intent: Intent, change: Partial<Intent>): Intent {
  const next = { ...intent, ...change };
  call.store.update('payment_intent', next);
  return next;
}

function asLastError(error: ErrorBody, method: Stripe.PaymentMethod): Stripe.PaymentIntent.LastPaymentError {
  return {
    ...(error.charge === undefined ? {} : { charge: error.charge }),
    ...(error.code === undefined ? {} : { code: error.code }),
    ...(error.decline_code === undefined ? {} : { decline_code: error.decline_code }),
    ...(error.doc_url === undefined ? {} : { doc_url: error.doc_url }),
    message: error.message,
    payment_method: method,
    type: error.type,
  };
}

function refuse(call: Call, attempt: Attempt, error: ErrorBody, chargeId: string | null): Confirmation {
  const intent = save(call, attempt.intent, {
    last_payment_error: asLastError(error, attempt.method),
    latest_charge: chargeId ?? attempt.intent.latest_charge,
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  });
  emit(call, 'payment_intent.payment_failed', intent);
  return { kind: 'refused', intent, error: { ...error, payment_intent: intent, payment_method: attempt.method } };
}

function decline(call: Call, attempt: Attempt, reason: Decline): Confirmation {
  const charge = createCharge(call, attempt, reason);
  emit(call, 'charge.failed', charge);
  return refuse(call, attempt, cardErrorBody({ ...reason, charge: charge.id }), charge.id);
}

function approve(call: Call, attempt: Attempt): Confirmation {
  const { intent, method, card } = attempt;
  const customer = idOf(intent.customer);
  if (customer !== null && intent.setup_future_usage !== null) attachTo(call, method, customer);
  const charge = createCharge(call, attempt);
  const common = { last_payment_error: null, latest_charge: charge.id, next_action: null, payment_method: method.id };
  if (intent.capture_method === 'manual') {
    const held = save(call, intent, { ...common, amount_capturable: intent.amount, status: 'requires_capture' });
    const until = charge.payment_method_details?.card?.capture_before ?? call.now;
    schedule(call, 'authorisation.expire', intent.id, until);
    emit(call, 'charge.succeeded', charge);
    emit(call, 'payment_intent.amount_capturable_updated', held);
    return { kind: 'done', intent: held };
  }
  const settled = settleCharge(call, charge, card, intent.amount);
  const paid = save(call, intent, { ...common, amount_received: intent.amount, status: 'succeeded' });
  emit(call, 'charge.succeeded', settled);
  emit(call, 'payment_intent.succeeded', paid);
  return { kind: 'done', intent: paid };
}

function askForChallenge(call: Call, attempt: Attempt): Confirmation {
  const url = `${call.app.settings.publicUrl}/3ds/${attempt.intent.id}`;
  const stored = linked(call, 'payment_intent', attempt.intent.id);
  const intent = save(call, attempt.intent, {
    next_action: { redirect_to_url: { return_url: stored.hidden.returnUrl ?? null, url }, type: 'redirect_to_url' },
    payment_method: attempt.method.id,
    status: 'requires_action',
  });
  emit(call, 'payment_intent.requires_action', intent);
  return { kind: 'challenge', intent, url };
}

function attemptOf(
  call: Call,
  intent: Intent,
  methodId: string,
  how: { offSession: boolean; challenged: boolean },
): { attempt: Attempt; saved: boolean } {
  const method = linked(call, 'payment_method', methodId);
  const card = method.hidden.card;
  if (!card) throw new Error(`${methodId} has no card`);
  return { attempt: { intent, method: method.object, card, ...how }, saved: method.hidden.authenticated === true };
}

/** Tries to pay with a payment method: done, declined, or waiting for the payer to pass a challenge. */
export function confirmIntent(call: Call, intent: Intent, methodId: string, offSession: boolean): Confirmation {
  const { attempt, saved } = attemptOf(call, intent, methodId, { offSession, challenged: false });
  const spec = cardSpec(attempt.card);
  const challenged = spec.challenge === 'always' || (spec.challenge === 'unless_saved' && !saved);
  if (challenged && offSession) return decline(call, attempt, CHALLENGE_NEEDED);
  if (challenged) return askForChallenge(call, attempt);
  return spec.decline ? decline(call, attempt, spec.decline) : approve(call, attempt);
}

/** The payer came back from the challenge. */
export function finishChallenge(call: Call, intent: Intent, passed: boolean): Confirmation {
  const methodId = idOf(intent.payment_method);
  if (intent.status !== 'requires_action' || methodId === null) throw unexpected(intent, 'confirm');
  const { attempt } = attemptOf(call, intent, methodId, { offSession: false, challenged: passed });
  if (passed) return approve(call, attempt);
  const { body } = invalid(
    'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
    { code: 'payment_intent_authentication_failure' },
  );
  return refuse(call, attempt, body, null);
}

const MAY_CANCEL = 'requires_payment_method, requires_capture, requires_confirmation, requires_action, processing';

function wording(act: 'capture' | 'cancel' | 'confirm', status: string): string {
  if (act === 'capture') {
    return `This PaymentIntent could not be captured because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`;
  }
  if (act === 'cancel') {
    return `You cannot cancel this PaymentIntent because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be canceled: ${MAY_CANCEL}.`;
  }
  return `You cannot confirm this PaymentIntent because it has a status of ${status}.`;
}

/** The refusal of an act that the intent's status does not allow. */
export function unexpected(intent: Intent, act: 'capture' | 'cancel' | 'confirm'): ApiError {
  const error = invalid(wording(act, intent.status), { code: 'payment_intent_unexpected_state' });
  error.body.payment_intent = intent;
  return error;
}

/** Takes the authorised money, or a part of it; what is not taken is released for good. */
export function captureIntent(call: Call, intent: Intent, amount: number): Intent {
  const stored = linked(call, 'charge', idOf(intent.latest_charge));
  const card = stored.hidden.card;
  if (!card) throw new Error(`${stored.object.id} has no card`);
  unschedule(call, 'authorisation.expire', intent.id);
  const settled = settleCharge(call, stored.object, card, amount);
  const rest = intent.amount - amount;
  const charge = rest > 0 ? recordRelease(call, settled, rest) : settled;
  const paid = save(call, intent, { amount_capturable: 0, amount_received: amount, status: 'succeeded' });
  emit(call, 'charge.captured', charge);
  emit(call, 'payment_intent.succeeded', paid);
  return paid;
}

/** Gives the intent up; an authorised amount is released. */
export function cancelIntent(call: Call, intent: Intent, reason: Intent['cancellation_reason']): Intent {
  unschedule(call, 'authorisation.expire', intent.id);
  const held = intent.status === 'requires_capture';
  const canceled = save(call, intent, {
    amount_capturable: 0,
    canceled_at: call.now,
    cancellation_reason: reason,
    next_action: null,
    status: 'canceled',
  });
  if (held) {
    const charge = recordRelease(call, linked(call, 'charge', idOf(intent.latest_charge)).object, intent.amount);
    emit(call, reason === 'automatic' ? 'charge.expired' : 'charge.refunded', charge);
  }
  emit(call, 'payment_intent.canceled', canceled);
  return canceled;
}
