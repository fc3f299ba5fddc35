import type { Page } from 'playwright';

/** The first service that the search offers for these words. */
export async function openService(page: Page, words: string, provider?: string): Promise<void> {
  await page.goto(`/explore?q=${encodeURIComponent(words)}&place=BS3`);
  const cards = page.getByRole('article');
  const card = provider ? cards.filter({ hasText: provider }) : cards;
  await card.first().getByRole('link').first().click();
  await page.waitForURL(/\/services\//);
}

/** From the page of a service to its first free time. */
export async function takeFirstTime(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Choose a time' }).first().click();
  await page
    .getByRole('link', { name: /, \d\d:\d\d$/ })
    .first()
    .click();
  await page.waitForURL(/[?&]start=/);
}

/** Says where the work is, in the zone of the cast. */
export async function fillPlace(page: Page, line1 = '14 North Street', postcode = 'BS3 1AB'): Promise<void> {
  await page.getByLabel('Street and house number').fill(line1);
  await page.getByLabel('Postcode').fill(postcode);
}

/** Fills the hosted payment page and pays. */
export async function payByCard(page: Page, card = '4242 4242 4242 4242'): Promise<void> {
  await page.waitForURL(/\/c\/pay\//);
  await page.getByLabel('Email').fill('amira@plumbline.example');
  await page.getByLabel('Card number').fill(card);
  await page.getByLabel('Expiry date').fill('12 / 34');
  await page.getByLabel('Security code').fill('123');
  await page.getByLabel('Name on card').fill('Amira Khan');
  await page.getByRole('button', { name: /^Pay £|^Save card/ }).click();
}

/** Books the first free time of a service and pays for it. Answers the booking's id. */
export async function book(page: Page, words: string, provider: string): Promise<string> {
  await openService(page, words, provider);
  await takeFirstTime(page);
  await fillPlace(page);
  await page.getByRole('button', { name: /^Go to pay/ }).click();
  await payByCard(page);
  await page.waitForURL(/\/bookings\//);
  return bookingIdOf(page);
}

export const bookingIdOf = (page: Page): string => new URL(page.url()).pathname.split('/')[2] ?? '';

/** The one who comes begins and finishes the work. */
export async function doTheWork(page: Page, bookingId: string, note: string): Promise<void> {
  await page.goto(`/bookings/${bookingId}`);
  await page.getByRole('button', { name: 'Start the work' }).click();
  await page.getByRole('link', { name: 'Finish the work' }).first().click();
  await page.waitForURL(/\/completion/);
  await page.getByLabel('What was done').fill(note);
  await page.getByRole('button', { name: 'Report the work as done' }).click();
  await page.waitForURL(new RegExp(`/bookings/${bookingId}$`));
}

/** Waits until the page itself says so: nobody reloads it. */
export async function seesState(page: Page, state: string): Promise<void> {
  await page.getByText(state, { exact: true }).first().waitFor({ timeout: 60_000 });
}
