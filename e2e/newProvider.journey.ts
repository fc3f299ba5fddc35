import type { EarningsView } from '@plumbline/contracts/payments';
import type { Me } from '@plumbline/contracts/identity';
import { demoPassword } from '@plumbline/testkit/cast';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { expectAccessible, expectGoodInEveryLook } from './support/audit.ts';
import { book, doTheWork, seesState } from './support/booking.ts';
import { desk, useBrowser } from './support/browser.ts';
import { advance, advanceToStart, ask, bookingOf, eventually } from './support/people.ts';

const browser = useBrowser();

const company = 'Totterdown Topiary';
const service = 'Box hedge clipped to a spiral';

async function signUp(page: Page): Promise<void> {
  await page.goto('/sign-up?as=provider');
  await page.getByLabel('Your full name').fill('Bea Novak');
  await page.getByLabel('Email').fill(`topiary-${Date.now()}@plumbline.example`);
  await page.getByLabel('Password').fill(demoPassword);
  await page.getByLabel('Name of your company').fill(company);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.waitForURL(/\/studio/);
  await expectGoodInEveryLook(page);
}

/** Opens one of the tasks of the studio from its front page. */
async function openTask(page: Page, name: string, address: string): Promise<void> {
  await page.goto('/studio');
  await page.getByRole('main').getByRole('link', { name }).first().click();
  await page.waitForURL(new RegExp(`/studio/${address}`));
}

async function setUp(page: Page): Promise<void> {
  await openTask(page, 'Your company', 'profile');
  await page.getByLabel('One line about you').fill('Hedges in shape, in south Bristol');
  await page
    .getByLabel('About you', { exact: true })
    .fill('We have clipped box, yew and privet for twelve years, by hand.');
  await page.getByLabel('Where you start from').selectOption('BS3');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(/\/studio$/);

  await openTask(page, 'Where you work', 'coverage');
  await page.getByRole('link', { name: 'All of Bristol' }).click();
  await page.getByText(/\d+ areas chosen/).waitFor();
  await page.getByRole('button', { name: 'Save areas' }).click();
  await page.waitForURL(/\/studio$/);

  await openTask(page, 'When you work', 'hours');
  await page.getByRole('button', { name: 'Save weekly hours' }).click();
  await page.getByText('Saved.').waitFor();
}

async function offer(page: Page): Promise<void> {
  await openTask(page, 'What you offer', 'service');
  await expectGoodInEveryLook(page);
  await page.getByRole('link', { name: 'Add a service' }).click();
  await page.getByRole('combobox', { name: 'Trade' }).selectOption({ label: 'Gardening' });
  await page.getByLabel('Name of the service').fill(service);
  await page.getByLabel('In one sentence').fill('A box hedge becomes a spiral, by hand.');
  await page
    .getByLabel('What you do')
    .fill('We mark the spiral, clip it by hand in two passes and take the cuttings away.');
  await page.getByLabel('Price in pounds').fill('150');
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.waitForURL(/\/studio\/service\/[0-9a-f-]+/);
  await expectAccessible(page);
}

async function handIn(page: Page, kind: string, validUntil?: string): Promise<void> {
  await openTask(page, 'Documents', 'documents');
  await page.getByRole('link', { name: `Hand it in: ${kind}` }).click();
  await page.getByLabel('The document').setInputFiles({
    name: `${kind}.pdf`,
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.4\n%a document of a made-up company\n%%EOF\n'),
  });
  if (validUntil) await page.getByLabel('Last day on which it is valid').fill(validUntil);
  await page.getByRole('button', { name: 'Hand in' }).click();
  await page.getByText('We have it. A person looks at it soon.').waitFor();
}

/** On the payment service's own page: who is paid, and where to. */
async function setUpPayouts(page: Page): Promise<void> {
  await openTask(page, 'Payouts', 'payments');
  await page.getByRole('button', { name: 'Set up payouts' }).click();
  await page.waitForURL(/\/onboarding\//);
  await expectGoodInEveryLook(page);
  await page.getByLabel('A company').check();
  await page.getByLabel('Company or full name').fill(company);
  await page.getByLabel('Sort code').fill('10-88-00');
  await page.getByLabel('Account number').fill('00012345');
  await page.getByLabel('I agree to the test terms').check();
  await page.getByRole('button', { name: 'Finish' }).click();
  await page.waitForURL(/\/studio\/payments/);
  await page.getByRole('heading', { name: 'You can be paid' }).waitFor({ timeout: 60_000 });
  await expectAccessible(page);
}

async function approveAll(staff: Page): Promise<void> {
  await staff.goto('/admin/documents');
  const waiting = staff.getByRole('main').getByRole('listitem').filter({ hasText: company });
  await waiting.first().waitFor();
  await expectAccessible(staff);
  for (let left = await waiting.count(); left > 0; left -= 1) {
    await waiting.first().getByRole('button', { name: 'Approve' }).click();
    await expect.poll(() => waiting.count()).toBe(left - 1);
  }
}

async function paidOut(page: Page): Promise<bigint> {
  const organisation = (await ask<Me>(page, '/v1/me')).memberships[0]?.organisationId ?? '';
  const { paid } = await ask<EarningsView>(page, `/v1/organisations/${organisation}/earnings`);
  return BigInt(paid.minor);
}

/** The payout is on its page, with the job that it is for and how much stayed with us. */
async function seesPayout(page: Page): Promise<void> {
  await page.goto('/earnings');
  await expectGoodInEveryLook(page);
  await page
    .getByRole('link', { name: /^Explain payout/ })
    .first()
    .click();
  await page.waitForURL(/\/earnings\/payouts\//);
  await page.getByText(service).first().waitFor();
  await page.getByText('£150.00').first().waitFor();
  await expectGoodInEveryLook(page);
}

describe('a company that is new here', () => {
  it('signs up, is checked, found, booked and paid, and sees where its money comes from', async () => {
    const owner = await browser.visitor(desk);
    const [amira, ada] = [await browser.person('amira'), await browser.person('ada', desk)];
    const { page } = owner;
    await signUp(page);
    await setUp(page);
    await offer(page);
    await handIn(page, 'Identity');
    await handIn(page, 'Insurance', '2031-12-31');
    await setUpPayouts(page);

    await approveAll(ada.page);
    await page.goto('/studio');
    await page.getByText('You are shown in the search').waitFor();
    await page.goto('/work');

    const bookingId = await book(amira.page, 'box hedge spiral', company);
    await seesState(amira.page, 'Requested');
    // The request appears at the company by itself.
    await page
      .getByRole('link', { name: new RegExp(service) })
      .first()
      .click();
    await page.getByRole('button', { name: /^Confirm, take £/ }).click();
    await seesState(amira.page, 'Confirmed');
    await eventually(amira.page, 'the money is held', async () => {
      const { money } = await bookingOf(amira.page, bookingId);
      return money?.heldAt !== undefined;
    });

    await advanceToStart(ada.page, await bookingOf(amira.page, bookingId));
    await doTheWork(page, bookingId, 'Clipped in two passes, cuttings taken away.');
    await amira.page.getByRole('button', { name: 'Accept the work' }).click();
    await seesState(amira.page, 'Accepted');

    await eventually(page, 'the payout has arrived', async () => {
      if ((await paidOut(page)) > 0n) return true;
      await advance(ada.page, '1d');
      await page.waitForTimeout(1_000);
      return false;
    });
    // The price less the commission and its VAT: something, and less than the customer paid.
    expect(await paidOut(page)).toBeLessThan(15_000n);
    await seesPayout(page);
    await Promise.all([owner, amira, ada].map((visitor) => visitor.leave()));
  });
});
