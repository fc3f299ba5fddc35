import type Stripe from 'stripe';
import { callOf, type App, type Call } from '../app.ts';
import { completeOnboarding, type OnboardingEntry } from '../flows/accounts.ts';
import { sameSecret } from '../http/secrets.ts';
import type { Hidden } from '../store/kinds.ts';
import { PLATFORM_ACCOUNT } from '../version.ts';
import { markup, type Html } from './html.ts';
import { field, notFound, page, problemSummary, redirect, type Page, type Problems } from './layout.ts';
import { words } from './words.ts';

const text = words.onboarding;

interface Form {
  kind: string;
  name: string;
  sortCode: string;
  account: string;
  terms: string;
}

type Link = NonNullable<Hidden['onboarding']>;
type Found = { account: Stripe.Account; link: Link } | { page: Page };

function read(form: URLSearchParams): Form {
  const value = (name: string) => (form.get(name) ?? '').trim().slice(0, 200);
  return {
    kind: value('kind'),
    name: value('name'),
    sortCode: value('sortCode'),
    account: value('account'),
    terms: value('terms'),
  };
}

/** The account behind a link; a link that is used up, outdated or wrong leads to the merchant's refresh page, or nowhere. */
function find(call: Call, id: string, key: string): Found {
  const stored = call.store.find('account', id);
  if (!stored) return { page: notFound() };
  const link = stored.hidden.onboarding;
  if (!link || !sameSecret(key, link.key)) return { page: notFound() };
  if (link.used) return { page: redirect(link.returnUrl) };
  if (link.expiresAt <= call.now) return { page: redirect(link.refreshUrl) };
  return { account: stored.object, link };
}

function usesSortCode(account: Stripe.Account): boolean {
  return account.country === 'GB';
}

function problemsOf(form: Form, account: Stripe.Account): Problems {
  const number = form.account.replaceAll(/\s/g, '');
  const british = usesSortCode(account);
  const rules: [string, boolean, string][] = [
    ['kind-company', form.kind === 'company' || form.kind === 'individual', text.problems.kind],
    ['name', form.name !== '', text.problems.name],
    ['sortCode', !british || /^\d{2}-?\d{2}-?\d{2}$/.test(form.sortCode.replaceAll(' ', '')), text.problems.sortCode],
    british
      ? ['account', /^(\d{6,8}|[0-9a-z]{2,16}fail)$/i.test(number), text.problems.account]
      : ['account', /^[a-z]{2}[0-9a-z]{10,32}$/i.test(number), text.problems.iban],
    ['terms', form.terms === 'yes', text.problems.terms],
  ];
  return Object.fromEntries(rules.filter(([, fine]) => !fine).map(([id, , problem]) => [id, problem]));
}

function choice(value: string, label: string, form: Form): Html {
  const checked = form.kind === value && markup` checked`;
  return markup`<div class="choice">
    <input type="radio" id="kind-${value}" name="kind" value="${value}"${checked} />
    <label for="kind-${value}">${label}</label>
  </div>`;
}

function bankFields(account: Stripe.Account, form: Form, problems: Problems): Html {
  const common = { id: 'account', value: form.account, problem: problems['account'], autocomplete: 'off' };
  if (!usesSortCode(account)) return field({ ...common, label: text.iban, hint: text.ibanHint });
  return markup`${field({ id: 'sortCode', label: text.sortCode, value: form.sortCode, problem: problems['sortCode'], autocomplete: 'off', inputmode: 'numeric' })}
  ${field({ ...common, label: text.account, hint: text.bankHint })}`;
}

function view(app: App, account: Stripe.Account, link: Link, form: Form, problems: Problems): Page {
  const title = text.title(app.settings.merchantName);
  const wrong = Object.keys(problems).length > 0;
  const kindProblem = problems['kind-company'];
  const agreed = form.terms === 'yes' && markup` checked`;
  const termsWrong = problems['terms'] !== undefined && markup` aria-invalid="true"`;
  const content = markup`<div class="narrow stack">
    <h1>${title}</h1>
    <p>${text.text}</p>
    <form class="sheet stack" method="post" action="/onboarding/${account.id}?key=${link.key}" novalidate>
      ${problemSummary(problems)}
      <fieldset>
        <legend>${text.kind}</legend>
        ${kindProblem !== undefined && markup`<p class="problem">${kindProblem}</p>`}
        ${choice('company', text.company, form)}
        ${choice('individual', text.individual, form)}
      </fieldset>
      <div class="fields">
        ${field({ id: 'name', label: text.name, value: form.name, problem: problems['name'], autocomplete: 'organization' })}
      </div>
      <fieldset>
        <legend>${text.bank}</legend>
        <div class="fields">${bankFields(account, form, problems)}</div>
      </fieldset>
      <div class="choice">
        <input type="checkbox" id="terms" name="terms" value="yes"${agreed}${termsWrong} />
        <label for="terms">${text.terms}</label>
      </div>
      <div class="actions"><button class="primary" type="submit">${text.submit}</button></div>
      <p class="cancel"><a href="${link.returnUrl}">${text.later}</a></p>
    </form>
  </div>`;
  return page({
    title: wrong ? `${words.errorPrefix}${title}` : title,
    content,
    status: wrong ? 422 : 200,
    returnTo: [link.returnUrl, link.refreshUrl],
  });
}

/** GET /onboarding/:account */
export function showOnboarding(app: App, id: string, query: URLSearchParams): Page {
  const found = find(callOf(app, PLATFORM_ACCOUNT), id, query.get('key') ?? '');
  if ('page' in found) return found.page;
  const { account } = found;
  const name = account.company?.name ?? account.business_profile?.name ?? '';
  const form: Form = { kind: account.business_type ?? 'company', name, sortCode: '', account: '', terms: '' };
  return view(app, account, found.link, form, {});
}

/** What the bank part of a form means for an account's country. */
export function onboardingEntry(
  account: Stripe.Account,
  form: { kind: string; name: string; sortCode: string; account: string },
  ip: string,
): OnboardingEntry {
  const businessType = form.kind === 'individual' ? 'individual' : 'company';
  return {
    bank: {
      accountNumber: form.account.replaceAll(/\s/g, ''),
      country: account.country ?? 'GB',
      currency: account.default_currency ?? 'gbp',
      holderName: form.name,
      holderType: businessType,
      routingNumber: usesSortCode(account) ? form.sortCode.replaceAll(/\D/g, '') : null,
    },
    businessType,
    ip,
    name: form.name,
  };
}

/** POST /onboarding/:account, in a transaction of the caller. */
export function submitOnboarding(
  app: App,
  id: string,
  query: URLSearchParams,
  form: URLSearchParams,
  ip: string,
): Page {
  const call = callOf(app, PLATFORM_ACCOUNT);
  const found = find(call, id, query.get('key') ?? '');
  if ('page' in found) return found.page;
  const typed = read(form);
  const problems = problemsOf(typed, found.account);
  if (Object.keys(problems).length > 0) return view(app, found.account, found.link, typed, problems);
  completeOnboarding(call, id, onboardingEntry(found.account, typed, ip));
  return redirect(found.link.returnUrl);
}
