import { cast, demoPassword, type CastName } from '@plumbline/testkit/cast';
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

/** What the API answers this person. */
export async function ask<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(path);
  expect(answer.ok(), `${path}: ${answer.status()}`).toBe(true);
  return (await answer.json()) as T;
}

/** Asks again until it is so: work behind the page (webhooks, tasks) takes a moment. */
export async function eventually(page: Page, what: string, holds: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > until) throw new Error(`not within a minute: ${what} (${page.url()})`);
    await page.waitForTimeout(300);
  }
}

/** Fills the hosted payment page and pays. */
export async function payByCard(page: Page, card = '4242 4242 4242 4242'): Promise<void> {
  await page.getByLabel('Email').fill('amira@plumbline.example');
  await page.getByLabel('Card number').fill(card);
  await page.getByLabel('Expiry date').fill('12 / 34');
  await page.getByLabel('Security code').fill('123');
  await page.getByLabel('Name on card').fill('Amira Khan');
  await page.getByRole('button', { name: /^Pay £|^Save card/ }).click();
}
