import { describe, expect, it } from 'vitest';
import { expectGoodInEveryLook } from './support/audit.ts';
import { bookingIdOf, fillPlace, openService, payByCard, seesState } from './support/booking.ts';
import { desk, useBrowser } from './support/browser.ts';
import { bookingOf, eventually } from './support/people.ts';

const browser = useBrowser();

describe('a price that is asked for', () => {
  it('is named with a time by the company, and paid by the customer', async () => {
    const { page: customer, leave: customerLeaves } = await browser.person('amira');
    const { page: company, leave: companyLeaves } = await browser.person('bea', desk);

    await openService(customer, 'new bathroom', 'Novak Plumbing');
    await customer.getByRole('link', { name: 'Ask for a price' }).first().click();
    await customer.waitForURL(/\/quote$/);
    await expectGoodInEveryLook(customer);
    await fillPlace(customer);
    await customer.getByLabel('What needs doing').fill('Two by three metres, shower instead of the bath.');
    await customer.getByRole('button', { name: 'Ask for a price' }).click();
    await customer.waitForURL(/\/bookings\//);
    const bookingId = bookingIdOf(customer);
    await seesState(customer, 'Price asked');

    await company.goto(`/bookings/${bookingId}`);
    await company.getByText('Two by three metres').waitFor();
    await company.getByRole('link', { name: 'Name a price' }).click();
    await company.waitForURL(/\/quote$/);
    await expectGoodInEveryLook(company);
    await company.getByLabel('Price for the whole job').fill('3,450.00');
    await company.getByLabel('New time').selectOption({ index: 1 });
    await company.getByLabel('How long it takes').selectOption('480');
    await company.getByRole('button', { name: 'Send the price' }).click();
    await company.waitForURL(/\/bookings\/[^/]+$/);

    // The price and the time come to the customer by themselves.
    await customer.getByRole('button', { name: 'Pay £3,450.00' }).click();
    await payByCard(customer);
    await customer.waitForURL(/\/bookings\//);
    await seesState(customer, 'Confirmed');
    await seesState(company, 'Confirmed');
    await eventually(customer, 'the money is held', async () => {
      const { money } = await bookingOf(customer, bookingId);
      return money?.heldAt !== undefined || money?.state === 'card_saved';
    });
    expect((await bookingOf(customer, bookingId)).price).toEqual({ minor: '345000', currency: 'GBP' });
    await expectGoodInEveryLook(customer);
    await Promise.all([customerLeaves(), companyLeaves()]);
  });
});
