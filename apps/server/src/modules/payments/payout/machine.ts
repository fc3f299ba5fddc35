import { payoutMove, type PayoutMove } from '@plumbline/domain/payout';
import type { Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/errors.ts';
import type { JsonObject } from '../../../platform/json.ts';
import { who } from '../order/machine.ts';
import type { PayoutRow } from '../tables.ts';
import * as store from './store.ts';

/** Makes a move of a locked payout. Refuses `payments.not_allowed_now` when there is no such move. */
export async function movePayout(
  ctx: Ctx,
  payout: PayoutRow,
  name: PayoutMove,
  patch: store.PayoutPatch = {},
  note: JsonObject = {},
): Promise<PayoutRow> {
  const to = payoutMove(payout.state, name) ?? refuse('payments.not_allowed_now', { state: payout.state, move: name });
  const { kind, id } = who(ctx.actor);
  const step = { move: name, to, at: ctx.clock.now(), actorKind: kind, actorId: id, note: JSON.stringify(note) };
  const [moved] = await store.movePayout(ctx, payout, step, patch);
  if (!moved) throw new Error(`payout ${payout.id} was changed without its lock: version ${payout.version} is gone`);
  return moved;
}
