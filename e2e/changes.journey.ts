import type { BookingView } from '@plumbline/contracts/booking';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from './support/audit.ts';
import { book, doTheWork, seesState } from './support/booking.ts';
import { desk, useBrowser } from './support/browser.ts';
import { advance, advanceToStart, bookingOf, eventually } from './support/people.ts';

const browser = useBrowser();

/** A booking that the customer paid and the company confirmed. */
async function confirmed(customer: Page, company: Page): Promise<string> {
  const bookingId = await book(customer, 'blocked sink', 'Novak Plumbing');
  await seesState(customer, 'Requested');
  await company.goto(`/bookings/${bookingId}`);
  await company.getByRole('button', { name: /^Confirm, take £/ }).click();
  await seesState(customer, 'Confirmed');
  await moneyIs(customer, bookingId, (money) => money?.heldAt !== undefined);
  return bookingId;
}

async function moneyIs(page: Page, bookingId: string, so: (money: BookingView['money']) => boolean): Promise<void> {
  await eventually(page, 'the money is so', async () => so((await bookingOf(page, bookingId)).money));
}

/** Goes to the page of an act from the booking's own page. */
async function openAct(page: Page, bookingId: string, link: string): Promise<void> {
  if (!page.url().endsWith(bookingId)) await page.goto(`/bookings/${bookingId}`);
  await page.getByRole('link', { name: link }).first().click();
  await page.waitForURL(new RegExp(`/bookings/${bookingId}/`));
  await expectAccessible(page);
}

async function send(page: Page, bookingId: string, button: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await page.waitForURL(new RegExp(`/bookings/${bookingId}$`));
}

describe('a deal that changes', () => {
  it('is cancelled for a fee that is shown before; moved by agreement; and ended by staff when something is wrong', async () => {
    const [amira, bea] = [await browser.person('amira'), await browser.person('bea', desk)];
    const [tom, ada] = [await browser.person('tom'), await browser.person('ada', desk)];
    const [customer, company, staff] = [amira.page, bea.page, ada.page];

    // The work would begin in a few hours: a fee. It stands there before the act, and it is the fee that is taken.
    const given = await confirmed(customer, company);
    await advance(staff, '16m');
    await advanceToStart(staff, await bookingOf(customer, given), 4);
    await openAct(customer, given, 'Cancel the booking');
    await customer.getByText('50 % of the price').waitFor();
    await customer.getByText('£47.50').first().waitFor();
    await customer.getByLabel('Reason').fill('We found the fault ourselves.');
    await send(customer, given, 'Cancel, £47.50 goes back');
    await seesState(customer, 'Cancelled');
    await seesState(company, 'Cancelled');
    await customer.getByText('£47.50').first().waitFor();

    // Another time holds when the other side agrees.
    const kept = await confirmed(customer, company);
    const before = await bookingOf(customer, kept);
    await openAct(customer, kept, 'Propose another time');
    await customer.getByLabel('New time').selectOption({ index: 5 });
    await send(customer, kept, 'Propose this time');
    await company.getByRole('button', { name: 'Agree to this time' }).click();
    await customer.getByText('agreed to the new time').first().waitFor();
    const moved = await bookingOf(customer, kept);
    expect(moved.window?.start.at).not.toBe(before.window?.start.at);
    expect(moved.state).toBe('confirmed');

    // What is wrong stops the money until somebody has decided.
    await advanceToStart(staff, moved);
    await doTheWork(tom.page, kept, 'Trap cleaned, water runs.');
    await openAct(customer, kept, 'Something is wrong');
    await customer.getByLabel('What is wrong?').fill('The water still stands after five minutes.');
    await send(customer, kept, 'Report the problem');
    await seesState(customer, 'Problem reported');
    await openAct(staff, kept, 'Decide the problem');
    await staff.getByLabel('Refund a part').check({ force: true });
    await staff.getByLabel('Refund, if a part').fill('30.00');
    await staff.getByLabel('Reason').fill('The trap was cleaned, the pipe behind it was not.');
    await send(staff, kept, 'Decide');
    await customer.getByText('The problem ended: refunded in part').first().waitFor();
    await customer.getByText('£30.00').first().waitFor();
    await moneyIs(customer, kept, (money) => money?.state !== 'disputed_internal' && money?.state !== 'refund_pending');
    await expectAccessible(customer);

    await Promise.all([amira, bea, tom, ada].map((visitor) => visitor.leave()));
  });
});
