import { describe, expect, it } from 'vitest';
import { expectAccessible } from './support/audit.ts';
import { fillPlace, openService, payByCard, takeFirstTime } from './support/booking.ts';
import { useBrowser } from './support/browser.ts';

const browser = useBrowser();

describe('without JavaScript', () => {
  it('searches, filters and reads', async () => {
    const { page, leave } = await browser.visitor({ javaScriptEnabled: false });
    await page.goto('/');
    await page.getByLabel('What needs doing').fill('boiler');
    await page.getByRole('combobox', { name: 'Where' }).fill('Clifton');
    await page.getByRole('button', { name: 'Find a trade' }).click();
    await page.waitForURL(/\/explore/);
    expect(await page.getByRole('listitem').filter({ hasText: '£' }).count()).toBeGreaterThan(0);
    await page.goto('/explore?q=boiler&sort=price');
    const cards = await page.getByRole('article').allInnerTexts();
    const prices = cards.flatMap((text) => /£([\d,]+)/.exec(text)?.[1]?.replaceAll(',', '') ?? []).map(Number);
    expect(prices.length).toBeGreaterThan(1);
    expect(prices).toEqual(prices.toSorted((a, b) => a - b));
    await openService(page, 'boiler');
    await page.getByRole('link', { name: 'Choose a time' }).first().click();
    await page.waitForURL(/\/book/);
    expect(await page.getByRole('link', { name: /, \d\d:\d\d$/ }).count()).toBeGreaterThan(0);
    await leave();
  });
});

describe('an empty result', () => {
  it('says so and offers the nearest zone that has one', async () => {
    const { page, leave } = await browser.visitor();
    await page.goto('/explore?q=zzzzzzzz&place=BS3');
    await page.getByText('Nobody found').first().waitFor();
    await expectAccessible(page);
    await leave();
  });
});

describe('a page that is not there', () => {
  it('says so with a way on', async () => {
    const { page, leave } = await browser.visitor();
    const answer = await page.goto('/no/such/page');
    expect(answer?.status()).toBe(404);
    await expectAccessible(page);
    await leave();
  });
});

describe('a card that is declined', () => {
  it('leaves the person on the payment page with another try', async () => {
    const { page, leave } = await browser.person('estelle');
    await openService(page, 'tap');
    await takeFirstTime(page);
    await fillPlace(page, '1 Harbour Way', 'BS3 2AB');
    await page.getByRole('button', { name: /^Go to pay/ }).click();
    await page.waitForURL(/\/c\/pay\//);
    await payByCard(page, '4000 0000 0000 0002');
    await page
      .getByText(/declined/i)
      .first()
      .waitFor();
    expect(page.url()).toContain('/c/pay/');
    await payByCard(page);
    await page.waitForURL(/\/bookings\//);
    await leave();
  });
});

describe('a form with faults', () => {
  it('names each one beside its field and in a summary, and keeps what was typed', async () => {
    const { page, leave } = await browser.visitor();
    await page.goto('/sign-in');
    await page.getByLabel('Email').fill('amira@plumbline.example');
    await page.getByLabel('Password').fill('not the right one');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('There is a problem').waitFor();
    expect(await page.getByLabel('Email').inputValue()).toBe('amira@plumbline.example');
    await expectAccessible(page);
    await leave();
  });
});
