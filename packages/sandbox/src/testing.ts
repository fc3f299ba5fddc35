/** Drives the hosted pages as a payer's browser without JavaScript would. For tests and seeds. */

export interface Payer {
  card?: string;
  email?: string;
  name?: string;
  expiry?: string;
  code?: string;
  /** What the payer does when the bank asks. Default: complete. */
  challenge?: 'complete' | 'fail' | 'leave';
}

export type HostedOutcome =
  /** The browser was sent back to the merchant. */
  | { kind: 'returned'; url: string }
  /** The browser stands on the challenge page. */
  | { kind: 'challenge'; url: string }
  /** The page came back with a problem; `page` is its markup. */
  | { kind: 'refused'; status: number; page: string };

async function post(url: string, form: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
}

async function refused(answer: Response): Promise<HostedOutcome> {
  return { kind: 'refused', status: answer.status, page: await answer.text() };
}

async function answerChallenge(url: string, act: 'complete' | 'fail'): Promise<HostedOutcome> {
  const answer = await post(url, { act });
  const location = answer.headers.get('location');
  if (location === null) return refused(answer);
  if (!location.includes('problem=authentication')) return { kind: 'returned', url: location };
  const page = await fetch(location);
  return { kind: 'refused', status: page.status, page: await page.text() };
}

/** Opens the hosted payment (or card saving) page, fills the form in, submits it, and answers a challenge. */
export async function payHosted(url: string, payer: Payer = {}): Promise<HostedOutcome> {
  const shown = await fetch(url, { redirect: 'manual' });
  if (shown.status !== 200) return refused(shown);
  const answer = await post(url, {
    act: 'pay',
    code: payer.code ?? '123',
    email: payer.email ?? 'payer@example.com',
    expiry: payer.expiry ?? '12 / 34',
    name: payer.name ?? 'Pat Payer',
    number: payer.card ?? '4242 4242 4242 4242',
  });
  const location = answer.headers.get('location');
  if (location === null) return refused(answer);
  if (!new URL(location).pathname.startsWith('/3ds/')) return { kind: 'returned', url: location };
  const act = payer.challenge ?? 'complete';
  return act === 'leave' ? { kind: 'challenge', url: location } : answerChallenge(location, act);
}

export interface Payee {
  kind?: 'company' | 'individual';
  name?: string;
  sortCode?: string;
  /** Account number or IBAN. One that ends in 'fail' gets payouts that fail. */
  account?: string;
}

/** Fills the hosted onboarding page in and finishes it. The link is an account link's `url`. */
export async function finishOnboarding(link: string, payee: Payee = {}): Promise<HostedOutcome> {
  const answer = await post(link, {
    account: payee.account ?? '00012345',
    kind: payee.kind ?? 'company',
    name: payee.name ?? 'Novak Plumbing Ltd',
    sortCode: payee.sortCode ?? '10-88-00',
    terms: 'yes',
  });
  const location = answer.headers.get('location');
  return location === null ? refused(answer) : { kind: 'returned', url: location };
}
