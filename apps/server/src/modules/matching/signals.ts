import { reviewWeight } from '@plumbline/domain/ranking';
import type { Ctx } from '../../platform/ctx.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Event } from '../../platform/outbox.ts';
import { refreshLater } from './refresh.ts';
import * as store from './store.ts';

const hourMs = 3_600_000;

interface Habits {
  asked?: number;
  answeredFast?: number;
  done?: number;
  failed?: number;
  penalties?: Date[];
}

/** Adds to what is known of a company's work. */
export async function addHabits(ctx: Ctx, organisationId: string, habits: Habits): Promise<void> {
  const { asked = 0, answeredFast = 0, done = 0, failed = 0, penalties = [] } = habits;
  await store.addHabits.run(ctx, organisationId, ctx.regionId, asked, answeredFast, done, failed, penalties);
  if (done + failed > 0) await store.addBookings.run(ctx, ctx.regionId, done + failed);
}

export interface Review {
  stars: number;
  ageDays: number;
  isVerified: boolean;
}

/** Adds reviews to what is known of a company. */
export async function addReviews(ctx: Ctx, organisationId: string, reviews: readonly Review[]): Promise<void> {
  const sum = (of: (review: Review) => number) => reviews.reduce((total, review) => total + of(review), 0);
  const weight = ({ ageDays, isVerified }: Review) => reviewWeight(ageDays, isVerified);
  await store.addReviews.run(
    ctx,
    organisationId,
    ctx.regionId,
    reviews.length,
    sum(({ stars }) => stars),
    sum(weight),
    sum((review) => weight(review) * review.stars),
    sum((review) => weight(review) * review.stars ** 2),
    ctx.clock.now(),
  );
}

/** A request waits for the company's answer. */
export async function requested(ctx: Ctx, event: Event): Promise<void> {
  const organisationId = textIn(event.data, 'organisationId');
  if (organisationId) await store.rememberRequest.run(ctx, event.key, ctx.regionId, organisationId, event.at);
}

/** The company answered, by confirming or declining: within the hour or not. */
export async function answered(ctx: Ctx, event: Event): Promise<void> {
  const request = await store.takeRequest.first(ctx, event.key);
  if (!request) return;
  const isFast = event.at.getTime() - request.asked_at.getTime() < hourMs;
  await learn(ctx, request.organisation_id, { asked: 1, answeredFast: isFast ? 1 : 0 });
}

/** A request ran out without an answer. */
export async function unanswered(ctx: Ctx, event: Event): Promise<void> {
  const request = await store.takeRequest.first(ctx, event.key);
  if (request) await learn(ctx, request.organisation_id, { asked: 1 });
}

/** Work was finished. */
export async function completed(ctx: Ctx, event: Event): Promise<void> {
  const organisationId = textIn(event.data, 'organisationId');
  if (organisationId) await learn(ctx, organisationId, { done: 1 });
}

/** The company cancelled what it had confirmed, or did not come: a penalty point, for 90 days. */
export async function failed(ctx: Ctx, event: Event): Promise<void> {
  const organisationId = textIn(event.data, 'organisationId');
  // A cancellation names who cancelled, an absence who was absent.
  const side = textIn(event.data, 'by') ?? textIn(event.data, 'absent');
  await store.takeRequest.first(ctx, event.key);
  if (organisationId && side === 'provider') await learn(ctx, organisationId, { failed: 1, penalties: [event.at] });
}

async function learn(ctx: Ctx, organisationId: string, habits: Habits): Promise<void> {
  await addHabits(ctx, organisationId, habits);
  await refreshLater(ctx, organisationId);
}

const textIn = (data: JsonObject, name: string): string | undefined => {
  const value = data[name];
  return typeof value === 'string' ? value : undefined;
};
