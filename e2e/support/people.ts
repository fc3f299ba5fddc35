import { cast, demoPassword, type CastName } from '@plumbline/testkit/cast';
import type { BookingView } from '@plumbline/contracts/booking';
import type { Overview } from '@plumbline/contracts/ops';
import type { Page } from 'playwright';
import { expect, inject } from 'vitest';

/** Signs a member of the cast in, on whatever page asks for it or on the sign-in page. */
export async function signIn(page: Page, who: CastName): Promise<void> {
  if (!page.url().includes('/sign-in')) await page.goto('/sign-in');
  await page.getByLabel('Email').fill(cast[who].email);
  await page.getByLabel('Password').fill(demoPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** Moves the market's clock forward, as the staff member who is signed in on this page. */
export async function advance(page: Page, by: string): Promise<void> {
  const answer = await page.request.post('/v1/admin/clock/advances', {
    data: { by },
    headers: { origin: inject('siteUrl') },
  });
  expect(answer.status(), await answer.text()).toBe(201);
}

const minuteMs = 60_000;

async function advanceTo(page: Page, moment: number): Promise<void> {
  const { clock } = await ask<Overview>(page, '/v1/admin/overview');
  const minutes = Math.ceil((moment - Date.parse(clock.now)) / minuteMs);
  if (minutes > 0) await advance(page, `${minutes}m`);
}

/** Moves the clock to when the work of a booking begins, or to some hours before that. */
export async function advanceToStart(page: Page, { window }: BookingView, hoursBefore = 0): Promise<void> {
  await advanceTo(page, Date.parse(window?.start.at ?? '') + minuteMs - hoursBefore * 60 * minuteMs);
}

const localHour = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'short',
  hour: '2-digit',
  hourCycle: 'h23',
});

/** Moves the clock to ten in the morning of a working day after all that other journeys book: crews are at work and free. */
export async function advanceToMorning(page: Page): Promise<void> {
  const { clock } = await ask<Overview>(page, '/v1/admin/overview');
  let hour = Math.ceil(Date.parse(clock.now) / (60 * minuteMs)) + 7 * 24;
  while (!/^(Tue|Wed|Thu|Fri),? 10$/.test(localHour.format(hour * 60 * minuteMs))) hour += 1;
  await advanceTo(page, hour * 60 * minuteMs);
}

/** What the API answers this person. */
export async function ask<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(path);
  expect(answer.ok(), `${path}: ${answer.status()}`).toBe(true);
  return (await answer.json()) as T;
}

export const bookingOf = (page: Page, bookingId: string): Promise<BookingView> =>
  ask<BookingView>(page, `/v1/bookings/${bookingId}`);

/** Asks again until it is so: work behind the page (webhooks, tasks) takes a moment. */
export async function eventually(page: Page, what: string, holds: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > until) throw new Error(`not within a minute: ${what} (${page.url()})`);
    await page.waitForTimeout(300);
  }
}
