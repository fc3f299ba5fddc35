import type { Ctx } from '../../../platform/ctx.ts';
import type { PspRefused } from './failure.ts';
import type { CallRow } from './store.ts';

/** How one kind of call is made, asked about and taken in. `P` are its parameters, `R` what comes of it. */
export interface CallSpec<P, R> {
  /** Makes the call with this idempotency key. */
  post(call: CallRow, params: P, key: string): Promise<R>;
  /** Looks whether it has been made; undefined means that the PSP knows nothing of it. */
  ask(call: CallRow, params: P): Promise<R | undefined>;
  /** The PSP's id of what came of it. */
  idOf(result: R): string;
  /** Takes the result in, in the transaction that settles the call. May come more than once for one object. */
  done(ctx: Ctx, call: CallRow, params: P, result: R): Promise<void>;
  /** Takes a definite no in, likewise. */
  refused(ctx: Ctx, call: CallRow, params: P, refusal: PspRefused): Promise<void>;
  /** Nobody knows at the moment; for things that show it. */
  lost?(ctx: Ctx, call: CallRow, params: P): Promise<void>;
}

export type AnyCallSpec = CallSpec<unknown, unknown>;

/** A kind of call for the register. Its parameters are what `intend` wrote for it, so the type holds. */
export function defineCall<P, R>(spec: CallSpec<P, R>): AnyCallSpec {
  return {
    post: (call, params, key) => spec.post(call, params as P, key),
    ask: (call, params) => spec.ask(call, params as P),
    idOf: (result) => spec.idOf(result as R),
    done: (ctx, call, params, result) => spec.done(ctx, call, params as P, result as R),
    refused: (ctx, call, params, refusal) => spec.refused(ctx, call, params as P, refusal),
    ...(spec.lost && { lost: (ctx, call, params) => spec.lost?.(ctx, call, params as P) ?? Promise.resolve() }),
  };
}
