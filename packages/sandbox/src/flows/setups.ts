import type Stripe from 'stripe';
import type { Call } from '../app.ts';
import { cardErrorBody, invalid, type ErrorBody } from '../http/errors.ts';
import { idOf } from '../ids.ts';
import { cardSpec } from '../money/cards.ts';
import { linked } from '../store/lookup.ts';
import { emit } from '../webhooks/emit.ts';
import { attachTo } from './payment-methods.ts';

type Intent = Stripe.SetupIntent;

export type SetupConfirmation =
  | { kind: 'done'; intent: Intent }
  | { kind: 'challenge'; intent: Intent; url: string }
  | { kind: 'refused'; intent: Intent; error: ErrorBody };

function save(call: Call, intent: Intent, change: Partial<Intent>): Intent {
  const next = { ...intent, ...change };
  call.store.update('setup_intent', next);
  return next;
}

function refuse(call: Call, intent: Intent, method: Stripe.PaymentMethod, error: ErrorBody): SetupConfirmation {
  const failed = save(call, intent, {
    last_setup_error: {
      ...(error.code === undefined ? {} : { code: error.code }),
      ...(error.decline_code === undefined ? {} : { decline_code: error.decline_code }),
      message: error.message,
      payment_method: method,
      type: error.type,
    },
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  });
  emit(call, 'setup_intent.setup_failed', failed);
  return { kind: 'refused', intent: failed, error: { ...error, setup_intent: failed } };
}

function succeed(call: Call, intent: Intent, methodId: string, authenticated: boolean): SetupConfirmation {
  const method = linked(call, 'payment_method', methodId);
  const customer = idOf(intent.customer);
  if (customer !== null) attachTo(call, method.object, customer);
  const saved = linked(call, 'payment_method', methodId).object;
  call.store.update('payment_method', saved, { ...method.hidden, authenticated });
  const done = save(call, intent, {
    last_setup_error: null,
    next_action: null,
    payment_method: methodId,
    status: 'succeeded',
  });
  emit(call, 'setup_intent.succeeded', done);
  return { kind: 'done', intent: done };
}

/** Saves a card for later: done, declined, or waiting for a challenge. */
export function confirmSetup(call: Call, intent: Intent, methodId: string): SetupConfirmation {
  const { object: method, hidden } = linked(call, 'payment_method', methodId);
  if (!hidden.card) throw new Error(`${methodId} has no card`);
  const spec = cardSpec(hidden.card);
  if (spec.challenge) {
    const url = `${call.app.settings.publicUrl}/3ds/${intent.id}`;
    const waiting = save(call, intent, {
      next_action: { redirect_to_url: { return_url: null, url }, type: 'redirect_to_url' },
      payment_method: methodId,
      status: 'requires_action',
    });
    emit(call, 'setup_intent.requires_action', waiting);
    return { kind: 'challenge', intent: waiting, url };
  }
  if (spec.decline && !spec.savable) return refuse(call, intent, method, cardErrorBody(spec.decline));
  return succeed(call, intent, methodId, false);
}

export function finishSetupChallenge(call: Call, intent: Intent, passed: boolean): SetupConfirmation {
  const methodId = idOf(intent.payment_method);
  if (intent.status !== 'requires_action' || methodId === null) {
    throw invalid(`This SetupIntent has a status of ${intent.status}.`, { code: 'setup_intent_unexpected_state' });
  }
  if (passed) return succeed(call, intent, methodId, true);
  const { body } = invalid(
    'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
    { code: 'setup_intent_authentication_failure' },
  );
  return refuse(call, intent, linked(call, 'payment_method', methodId).object, body);
}
