import type Stripe from 'stripe';
import { sdk } from './client.ts';

/** The PSP said no and did nothing: the same call would get the same answer. */
export class PspRefused extends Error {
  readonly code: string;

  constructor(code: string, message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'PspRefused';
    this.code = code;
  }
}

/** Nobody knows whether it was done: it has to be asked. */
export class PspUnknown extends Error {
  /** The PSP answered with an error of its own, which it keeps under the idempotency key for good. */
  readonly stored: boolean;

  constructor(message: string, stored: boolean, cause: unknown) {
    super(message, { cause });
    this.name = 'PspUnknown';
    this.stored = stored;
  }
}

/**
 * Runs a call of the SDK. Throws PspRefused for a definite no (declined, not allowed in this state, unknown object)
 * and PspUnknown for everything that leaves open whether it was done: no answer, 5xx, a twin in flight. Being turned
 * away at the door (rate limit, wrong key) counts as unknown too: nothing was done, and it is worth another try.
 */
export async function asking<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw outcomeOf(error);
  }
}

function outcomeOf(error: unknown): Error {
  const { errors } = sdk();
  if (!(error instanceof errors.StripeError)) return error instanceof Error ? error : new Error(String(error));
  const { statusCode = 0, message } = error;
  const definite =
    error instanceof errors.StripeCardError || statusCode === 400 || statusCode === 402 || statusCode === 404;
  if (definite && error.type !== 'StripeIdempotencyError') return new PspRefused(codeOf(error), message, error);
  return new PspUnknown(message, statusCode >= 500, error);
}

/** `card_declined/insufficient_funds`: the general word, then the bank's own where there is one. */
function codeOf(error: InstanceType<typeof Stripe.errors.StripeError>): string {
  return [error.code ?? error.type, error.decline_code].filter(Boolean).join('/');
}
