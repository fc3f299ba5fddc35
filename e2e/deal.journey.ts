import type { BookingView } from '@plumbline/contracts/booking';
import type { EarningsView, PayoutExplanation, PayoutView } from '@plumbline/contracts/payments';
import type { Overview } from '@plumbline/contracts/ops';
import type { Me } from '@plumbline/contracts/identity';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { expectAccessible, expectGoodInEveryLook } from './support/audit.ts';
import { bookingIdOf, fillPlace, payByCard } from './support/booking.ts';
import { desk, useBrowser } from './support/browser.ts';
import { advance, ask, eventually, signIn } from './support/people.ts';

const browser = useBrowser();

/** Finds Novak Plumbing from the home page and opens one of their services. */
async function findPlumber(page: Page): Promise<void> {
  await page.goto('/');
  await expectAccessible(page);
  await page.getByLabel('What needs doing').fill('driping tap');
  await page.getByRole('combobox', { name: 'Where' }).fill('BS3');
  await page.getByRole('button', { name: 'Find a trade' }).click();
  await page.waitForURL(/\/explore/);
  await expectAccessible(page);
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Novak Plumbing' })
    .getByRole('link', { name: /tap/i })
    .first()
    .click();
  await page.waitForURL(/\/services\//);
  await expectAccessible(page);
}

/** Chooses the first free time, signs in on the way, and says where the work is. */
async function chooseTimeAndPlace(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Choose a time' }).first().click();
  await page.waitForURL(/\/book/);
  await expectGoodInEveryLook(page);
  await page
    .getByRole('link', { name: /, \d\d:\d\d$/ })
    .first()
    .click();
  await page.waitForURL(/\/sign-in/);
  await expectAccessible(page);
  await signIn(page, 'amira');
  await page.waitForURL(/\/book/);
  await expectAccessible(page);
  await fillPlace(page);
  await page.getByRole('button', { name: /^Go to pay/ }).click();
}

describe('a deal, from the search to the payout', () => {
  it('walks with a customer, a provider, a plumber and the platform’s staff', async () => {
    const amira = await browser.visitor();
    const bea = await browser.person('bea', desk);
    const tom = await browser.person('tom');
    const ada = await browser.person('ada', desk);

    await findPlumber(amira.page);
    await chooseTimeAndPlace(amira.page);
    await amira.page.waitForURL(/\/c\/pay\//);
    await expectAccessible(amira.page);
    await payByCard(amira.page);
    await amira.page.waitForURL(/\/bookings\//);
    const bookingId = bookingIdOf(amira.page);
    const booking = () => ask<BookingView>(amira.page, `/v1/bookings/${bookingId}`);
    await eventually(amira.page, 'the request is sent', async () => (await booking()).state === 'requested');
    await amira.page.getByText('Requested', { exact: true }).first().waitFor();
    await expectAccessible(amira.page);

    // The provider does not know the street before they have said yes.
    expect((await ask<BookingView>(bea.page, `/v1/bookings/${bookingId}`)).address).toBeNull();
    await bea.page.goto(`/bookings/${bookingId}`);
    await expectAccessible(bea.page);
    await bea.page.getByRole('button', { name: /^Confirm, take £/ }).click();

    // The customer's page changes by itself.
    await amira.page.getByText('Confirmed', { exact: true }).first().waitFor();
    await eventually(amira.page, 'the money is held', async () => (await booking()).money?.heldAt !== undefined);
    await amira.page
      .getByText(/is held\. Novak Plumbing is paid after you accept the work/)
      .first()
      .waitFor();
    await expectAccessible(amira.page);

    const start = Date.parse((await booking()).window?.start.at ?? '');
    const { clock } = await ask<Overview>(ada.page, '/v1/admin/overview');
    await advance(ada.page, `${Math.ceil((start - Date.parse(clock.now)) / 60_000) + 1}m`);

    await tom.page.goto(`/bookings/${bookingId}`);
    await tom.page.getByText('14 North Street').first().waitFor();
    await tom.page.getByRole('button', { name: 'Start the work' }).click();
    await tom.page.getByRole('link', { name: 'Finish the work' }).first().click();
    await tom.page.waitForURL(/\/completion/);
    await expectAccessible(tom.page);
    await tom.page.getByLabel('What was done').fill('New ceramic cartridge, no more drip.');
    await tom.page.getByRole('button', { name: 'Report the work as done' }).click();
    await tom.page.waitForURL(new RegExp(`/bookings/${bookingId}$`));

    await amira.page.getByRole('button', { name: 'Accept the work' }).click();
    await eventually(
      amira.page,
      'the release is pending',
      async () => (await booking()).money?.state === 'release_pending',
    );

    await advance(ada.page, '3d');
    await eventually(amira.page, 'the money is released', async () =>
      ['released', 'closed'].includes((await booking()).money?.state ?? ''),
    );
    await advance(ada.page, '2d');
    const company = (await ask<Me>(bea.page, '/v1/me')).memberships[0]?.organisationId ?? '';
    const earnings = () => ask<EarningsView>(bea.page, `/v1/organisations/${company}/earnings`);
    await eventually(
      bea.page,
      'the payout is sent',
      async () => Number((await earnings()).inTransit.minor) + Number((await earnings()).paid.minor) > 0,
    );
    await advance(ada.page, '3d');
    await eventually(bea.page, 'the payout has arrived', async () => Number((await earnings()).paid.minor) > 0);
    await eventually(amira.page, 'the booking is closed', async () => (await booking()).state === 'closed');

    // Every penny of the payout is explained.
    const payouts = await ask<{ items: PayoutView[] }>(bea.page, `/v1/organisations/${company}/payouts`);
    const payout = payouts.items.find((item) => item.state === 'paid');
    const explained = await ask<PayoutExplanation>(bea.page, `/v1/payouts/${payout?.payoutId}`);
    const sum = explained.lines.reduce((total, line) => total + BigInt(line.net.minor), 0n);
    expect(String(sum)).toBe(explained.payout.amount.minor);
    expect(explained.lines.map((line) => line.subject?.id)).toContain(bookingId);
    await bea.page.goto(`/earnings/payouts/${payout?.payoutId}`);
    await expectAccessible(bea.page);
    await bea.page.goto('/earnings');
    await expectAccessible(bea.page);

    // The books still prove themselves.
    await ada.page.goto('/admin');
    await expectAccessible(ada.page);
    await ada.page.getByText('Every check holds').waitFor();

    await Promise.all([amira, bea, tom, ada].map((visitor) => visitor.leave()));
  });
});
