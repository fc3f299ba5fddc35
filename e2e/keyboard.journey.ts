import { cast, demoPassword } from '@plumbline/testkit/cast';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { desk, useBrowser } from './support/browser.ts';
import { keyboardOf } from './support/keyboard.ts';

const browser = useBrowser();

type Keyboard = ReturnType<typeof keyboardOf>;

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** From the home page to one of the cast's services; a filter is tried on the way. */
async function search(page: Page, keys: Keyboard): Promise<void> {
  await keys.type(page.getByLabel('What needs doing'), 'dripping tap');
  await keys.type(page.getByRole('combobox', { name: 'Where' }), 'BS3');
  await keys.enter(button(page, 'Find a trade'));
  await keys.arrives(/\/explore/);

  await keys.to(page.locator('summary').filter({ hasText: 'Filters' }));
  await keys.press('Space');
  const insured = page.getByRole('checkbox', { name: 'Insurance checked by us' });
  await keys.to(insured);
  await keys.press('Space');
  await page.waitForURL(/insured=/);
  // What was just pressed keeps the focus, though the list has changed.
  await expect.poll(() => insured.evaluate((box) => box === document.activeElement)).toBe(true);

  const card = page.getByRole('listitem').filter({ hasText: 'Novak Plumbing' });
  await keys.enter(card.getByRole('link', { name: /tap/i }).first());
  await keys.arrives(/\/services\//);
}

async function chooseTime(page: Page, keys: Keyboard): Promise<void> {
  await keys.enter(page.getByRole('link', { name: 'Choose a time' }).first());
  await keys.arrives(/\/book/);
  // A week that is looked at does not throw the reader back.
  await keys.enter(page.getByRole('link', { name: 'Later week' }));
  await page.waitForURL(/from=/);
  await keys.enter(page.getByRole('link', { name: /, \d\d:\d\d$/ }).first());
  await keys.arrives(/\/sign-in/);
  await keys.type(page.getByLabel('Email'), cast.amira.email);
  await keys.type(page.getByLabel('Password'), demoPassword);
  await keys.press('Enter');
  await keys.arrives(/\/book\?/);
}

/** The first press is one with a fault: its words get the focus and lead to the field. */
async function sayWhere(page: Page, keys: Keyboard): Promise<void> {
  await keys.type(page.getByLabel('Street and house number'), '14 North Street');
  await keys.enter(button(page, /^Go to pay/));
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'alert');
  await keys.enter(page.getByRole('link', { name: /^Enter a postcode/ }));
  const postcode = page.getByLabel('Postcode');
  await expect.poll(() => postcode.evaluate((field) => field === document.activeElement)).toBe(true);
  await keys.type(postcode, 'BS3 1AB');
  const place = page.getByRole('combobox', { name: 'Nearest place' });
  await keys.to(place);
  await keys.press('ArrowDown');
  await keys.press('ArrowUp');
  expect(await place.inputValue()).toBe('');
  await keys.enter(button(page, /^Go to pay/));
  await page.waitForURL(/\/c\/pay\//);
}

async function pay(page: Page, keys: Keyboard): Promise<void> {
  await keys.type(page.getByLabel('Email'), cast.amira.email);
  await keys.type(page.getByLabel('Card number'), '4242424242424242');
  await keys.type(page.getByLabel('Expiry date'), '1234');
  await keys.type(page.getByLabel('Security code'), '123');
  await keys.type(page.getByLabel('Name on card'), 'Amira Khan');
  await keys.to(button(page, /^Pay £/));
  await keys.press('Space');
  await page.waitForURL(/\/bookings\//);
}

describe('with the keyboard alone', () => {
  it('finds, books and pays, and always knows where the focus is', async () => {
    const { page, leave } = await browser.visitor(desk);
    const keys = keyboardOf(page);
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();

    // The first stop of every page leads past what stands on every page.
    await keys.step('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
    await keys.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    await keys.step('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('main')?.id)).toBe('content');

    await search(page, keys);
    await chooseTime(page, keys);
    await sayWhere(page, keys);
    await pay(page, keys);
    await page.getByText('Requested', { exact: true }).first().waitFor();

    // The menu opens, is walked through, and gives the focus back.
    const menu = page.locator('[popovertarget="account-menu"]');
    await keys.to(menu);
    await keys.press('Enter');
    await keys.step('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('[popover]')?.id)).toBe('account-menu');
    await keys.press('Escape');
    expect(await menu.evaluate((opener) => opener === document.activeElement)).toBe(true);
    await leave();
  });

  it('gets the focus back when a dialog closes', async () => {
    const { page, leave } = await browser.visitor(desk);
    const keys = keyboardOf(page);
    await page.goto('/_ui');
    const opener = button(page, /dialog/i);
    // This page shows a form with faults, which has the focus at first; the dialog stands above it.
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'alert');
    await keys.to(opener, 'Shift+Tab');
    await keys.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true);
    await keys.step('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true);
    await keys.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => opener.evaluate((element) => element === document.activeElement)).toBe(true);
    await leave();
  });
});
