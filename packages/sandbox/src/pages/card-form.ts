import type { CardEntry } from '../flows/payment-methods.ts';
import { cardByNumber, cardSpec, luhn, type CardKey } from '../money/cards.ts';
import type { Problems } from './layout.ts';
import { words } from './words.ts';

export interface CardForm {
  email: string;
  number: string;
  expiry: string;
  code: string;
  name: string;
}

const { problems } = words.pay;

export function readCardForm(form: URLSearchParams): CardForm {
  const text = (name: string) => (form.get(name) ?? '').trim().slice(0, 200);
  return {
    email: text('email'),
    number: text('number'),
    expiry: text('expiry'),
    code: text('code'),
    name: text('name'),
  };
}

/** '4242 4242 4242 4242' */
export function spaced(number: string): string {
  return number.replaceAll(/(\d{4})(?=\d)/g, '$1 ');
}

/** The form with a test card filled in. */
export function fillIn(form: CardForm, card: CardKey, now: Date): CardForm {
  const year = String((now.getUTCFullYear() + 3) % 100).padStart(2, '0');
  return { ...form, number: spaced(cardSpec(card).number), expiry: `12 / ${year}`, code: '123' };
}

interface Expiry {
  month: number;
  year: number;
}

function readExpiry(text: string): Expiry | undefined {
  const found = /^(\d{1,2})\s*[/\-. ]?\s*(\d{2}|\d{4})$/.exec(text);
  const month = Number(found?.[1]);
  const year = Number(found?.[2]);
  if (!found || month < 1 || month > 12) return undefined;
  return { month, year: year < 100 ? 2000 + year : year };
}

function numberProblem(digits: string): string | undefined {
  if (digits === '') return problems.number;
  if (!/^\d{12,19}$/.test(digits) || !luhn(digits)) return problems.numberWrong;
  return cardByNumber(digits) === undefined ? problems.numberReal : undefined;
}

function expiryProblem(expiry: Expiry | undefined, now: Date): string | undefined {
  if (!expiry) return problems.expiry;
  const months = (expiry.year - now.getUTCFullYear()) * 12 + expiry.month - (now.getUTCMonth() + 1);
  return months < 0 ? problems.expired : undefined;
}

/** The card that was typed, or what is wrong with it, field by field. The number itself goes no further than here. */
export function checkCardForm(form: CardForm, now: Date): { entry: CardEntry } | { problems: Problems } {
  const digits = form.number.replaceAll(/[\s-]/g, '');
  const expiry = readExpiry(form.expiry);
  const found: Record<string, string | undefined> = {
    email: /^[^\s@]+@[^\s@]+$/.test(form.email) ? undefined : problems.email,
    number: numberProblem(digits),
    expiry: expiryProblem(expiry, now),
    code: /^\d{3}$/.test(form.code) ? undefined : problems.code,
    name: form.name === '' ? problems.name : undefined,
  };
  const card = cardByNumber(digits);
  const wrong = Object.entries(found).filter((entry): entry is [string, string] => entry[1] !== undefined);
  if (wrong.length > 0 || !card || !expiry) return { problems: Object.fromEntries(wrong) };
  return { entry: { card, email: form.email, expMonth: expiry.month, expYear: expiry.year, name: form.name } };
}
