import type Stripe from 'stripe';
import { actingFor, type Call } from '../app.ts';
import { newId, token } from '../ids.ts';
import type { Hidden } from '../store/kinds.ts';
import { emit } from '../webhooks/emit.ts';
import { linked } from '../store/lookup.ts';

type Account = Stripe.Account;

const CURRENCIES: Record<string, string> = { AE: 'aed', GB: 'gbp', US: 'usd' };

export function currencyOf(country: string): string {
  return CURRENCIES[country] ?? 'eur';
}

export interface BankEntry {
  country: string;
  currency: string;
  accountNumber: string;
  routingNumber: string | null;
  holderName: string | null;
  holderType: string | null;
}

/** How the test bank treats an account, by the end of its number. */
const BANK_FAILURES: readonly (readonly [RegExp, string])[] = [
  [/fail$/i, 'could_not_process'],
  [/1116$/, 'no_account'],
  [/1113$/, 'account_closed'],
  [/2227$/, 'insufficient_funds'],
];

function bankFailure(accountNumber: string): string | undefined {
  return BANK_FAILURES.find(([pattern]) => pattern.test(accountNumber))?.[1];
}

export function hasBankAccount(call: Call, accountId: string): boolean {
  return call.store.list('bank_account', accountId, [], { limit: 1 }).items.length > 0;
}

/** Adds a bank account to a connected account; the first one of a currency is its default. */
export function addBankAccount(call: Call, accountId: string, entry: BankEntry): Stripe.BankAccount {
  const earlier = call.store.list('bank_account', accountId, [{ field: 'currency', is: entry.currency }]).items;
  const bank: Stripe.BankAccount = {
    id: newId('ba'),
    object: 'bank_account',
    account: accountId,
    account_holder_name: entry.holderName,
    account_holder_type: entry.holderType,
    account_type: null,
    available_payout_methods: ['standard'],
    bank_name: 'SANDBOX TEST BANK',
    country: entry.country,
    currency: entry.currency,
    customer: null,
    default_for_currency: earlier.length === 0,
    fingerprint: token(16),
    last4: entry.accountNumber.slice(-4),
    metadata: {},
    routing_number: entry.routingNumber,
    status: 'new',
  };
  const failure = bankFailure(entry.accountNumber);
  call.store.insert('bank_account', accountId, bank, failure === undefined ? {} : { bankFailure: failure });
  return bank;
}

function missing(call: Call, account: Account): string[] {
  const due: string[] = [];
  if (!account.business_type) due.push('business_type');
  if (account.business_type === 'individual') {
    if (!account.individual?.first_name) due.push('individual.first_name');
    if (!account.individual?.last_name) due.push('individual.last_name');
  } else if (!account.company?.name) {
    due.push('company.name');
  }
  if (!hasBankAccount(call, account.id)) due.push('external_account');
  if (!account.tos_acceptance?.date) due.push('tos_acceptance.date', 'tos_acceptance.ip');
  return due;
}

function requirements(due: string[]): Stripe.Account.Requirements {
  return {
    alternatives: [],
    current_deadline: null,
    currently_due: due,
    disabled_reason: due.length > 0 ? 'requirements.past_due' : null,
    errors: [],
    eventually_due: due,
    past_due: due,
    pending_verification: [],
  };
}

/** What the account may do, worked out from what it has told. */
export function assess(call: Call, account: Account): Account {
  const due = missing(call, account);
  const ready = due.length === 0;
  const requested = Object.keys(account.capabilities ?? {});
  const capabilities = Object.fromEntries(requested.map((name) => [name, ready ? 'active' : 'inactive']));
  const able = ready && requested.length > 0;
  return {
    ...account,
    capabilities,
    charges_enabled: able,
    details_submitted: ready,
    payouts_enabled: able,
    requirements: requirements(due),
  };
}

/** Keeps a changed account after assessing it; tells the connect endpoints when something is different. */
export function saveAccount(call: Call, before: Account, changed: Account, hidden?: Hidden): Account {
  const next = assess(call, changed);
  call.store.update('account', next, hidden);
  if (JSON.stringify(next) !== JSON.stringify(before)) emit(actingFor(call, next.id), 'account.updated', next, before);
  return next;
}

export interface OnboardingEntry {
  businessType: 'company' | 'individual';
  /** The company, or the person's full name. */
  name: string;
  bank: BankEntry;
  ip: string;
}

function person(account: Account, name: string, now: number): Stripe.Person {
  const parts = name.trim().split(/\s+/);
  const last = parts.length > 1 ? (parts.at(-1) ?? '') : name;
  return {
    id: newId('person', 16),
    object: 'person',
    account: account.id,
    created: now,
    first_name: parts.slice(0, -1).join(' ') || name,
    last_name: last,
  };
}

/** Whoever names a bank account on the hosted page means to be paid there from now on. */
function makeDefault(call: Call, accountId: string, chosen: Stripe.BankAccount): void {
  const all = call.store.list('bank_account', accountId, [{ field: 'currency', is: chosen.currency }]).items;
  for (const bank of all) call.store.update('bank_account', { ...bank, default_for_currency: bank.id === chosen.id });
}

/** What the hosted onboarding page sends in. */
export function completeOnboarding(call: Call, accountId: string, entry: OnboardingEntry): Account {
  const { object: account, hidden } = linked(call, 'account', accountId);
  makeDefault(call, accountId, addBankAccount(call, accountId, entry.bank));
  const identity =
    entry.businessType === 'company'
      ? { company: { ...account.company, name: entry.name } }
      : { individual: person(account, entry.name, call.now) };
  const changed: Account = {
    ...account,
    ...identity,
    business_type: entry.businessType,
    tos_acceptance: { date: call.now, ip: entry.ip, user_agent: null },
  };
  const link = hidden.onboarding && { ...hidden.onboarding, used: true };
  return saveAccount(call, account, changed, { ...hidden, ...(link ? { onboarding: link } : {}) });
}
