import { rateLimits } from '@plumbline/domain/policy-numbers';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/errors.ts';
import { realNow } from '../../platform/real-time.ts';
import * as store from './store.ts';

const windowMs = 15 * 60_000;

/** Refuses `request.rate_limited` after five wrong passwords for one account in fifteen minutes of real time. */
export async function requireNotThrottled(ctx: Ctx, emailKey: string): Promise<void> {
  const now = realNow().getTime();
  const { failures, oldest } = await store.failuresSince.one(ctx, emailKey, new Date(now - windowMs));
  if (failures < rateLimits.signInPerAccountPer15Minutes || !oldest) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((oldest.getTime() + windowMs - now) / 1000));
  refuse('request.rate_limited', { retryAfterSeconds });
}
