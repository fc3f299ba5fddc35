import type { OfferView } from '@plumbline/contracts/booking';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from './support/audit.ts';
import { bookingIdOf, fillPlace, payByCard, seesState } from './support/booking.ts';
import { desk, useBrowser } from './support/browser.ts';
import { advance, advanceToMorning, ask, bookingOf, eventually } from './support/people.ts';

const browser = useBrowser();

/** Says what and where, sees who is free, and reserves a ceiling of £200. */
async function call(page: Page): Promise<string> {
  await page.goto('/call-now');
  await page.getByRole('combobox', { name: 'Trade' }).selectOption({ label: 'Plumbing' });
  await page.getByLabel('Nearest place').first().selectOption('BS3');
  await page.getByRole('button', { name: 'Look who is free' }).click();
  await page.getByLabel('Pay at most').fill('200.00');
  await fillPlace(page);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Go to reserve and call' }).click();
  await payByCard(page);
  await page.waitForURL(/\/bookings\//);
  return bookingIdOf(page);
}

/** Three crews are asked at a time; whoever does not answer within a minute is passed over, and the next are asked. */
async function asked(crew: Page, staff: Page): Promise<OfferView> {
  const found: OfferView[] = [];
  await eventually(crew, 'the crew is asked', async () => {
    const { items } = await ask<{ items: OfferView[] }>(crew, '/v1/offers');
    found.push(...items.filter(({ can }) => can.accept));
    if (found.length > 0) return true;
    await advance(staff, '1m');
    // The next wave goes out in real time: the call must not run out before it.
    await crew.waitForTimeout(1_200);
    return false;
  });
  const [offer] = found;
  if (!offer) throw new Error('nobody was asked');
  return offer;
}

describe('a call for help now', () => {
  it('rings at a crew with a countdown, and takes the crew’s own price, not the ceiling', async () => {
    const ada = await browser.person('ada', desk);
    await advanceToMorning(ada.page);
    const tom = await browser.person('tom');
    await tom.page.goto('/work');
    const amira = await browser.person('amira');
    const bookingId = await call(amira.page);

    const offer = await asked(tom.page, ada.page);
    const timer = tom.page.getByRole('timer').first();
    await timer.waitFor();
    const left = await timer.innerText();
    expect(left).toMatch(/\d+ s left/);
    await expect.poll(() => timer.innerText()).not.toBe(left);
    await expectAccessible(tom.page);
    await tom.page.getByLabel('I can be there in').selectOption('20');
    await tom.page.getByRole('button', { name: 'Take this job' }).click();
    await tom.page.waitForURL(new RegExp(`/bookings/${bookingId}`));

    await seesState(amira.page, 'Confirmed');
    await eventually(amira.page, 'the money is held', async () => {
      const { money } = await bookingOf(amira.page, bookingId);
      return money?.heldAt !== undefined;
    });
    expect(BigInt(offer.price.minor)).toBeLessThan(20_000n);
    expect((await bookingOf(amira.page, bookingId)).price).toEqual(offer.price);
    await seesState(amira.page, `£${(Number(offer.price.minor) / 100).toFixed(2)}`);
    await expectAccessible(amira.page);
    await Promise.all([amira, tom, ada].map((visitor) => visitor.leave()));
  });
});
