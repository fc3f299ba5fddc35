import type Stripe from 'stripe';
import { actingFor, type Call } from '../app.ts';
import { listPage, created, listShape, paging } from '../api/listing.ts';
import { present } from '../api/present.ts';
import { addBankAccount, assess, saveAccount, type BankEntry } from '../flows/accounts.ts';
import { blankAccount, blankProfile } from '../flows/blank-account.ts';
import { invalid, noSuch } from '../http/errors.ts';
import {
  clearable,
  currency,
  flag,
  mergeMetadata,
  metadata,
  must,
  oneOf,
  shape,
  text,
  url,
  whole,
  type Values,
} from '../http/params.ts';
import { route } from '../http/route.ts';
import { newId } from '../ids.ts';
import { own } from '../store/lookup.ts';

const bank = shape({
  object: oneOf('bank_account'),
  account_holder_name: text(),
  account_holder_type: oneOf('company', 'individual'),
  account_number: must(text(34)),
  country: must(text(2)),
  currency: must(currency),
  routing_number: text(20),
});

const requested = shape({ requested: flag });

const address = shape({
  city: text(),
  country: text(2),
  line1: text(),
  line2: text(),
  postal_code: text(),
  state: text(),
});

/** What may be told about an account, when it is made and later. */
const profile = {
  business_profile: shape({
    mcc: text(4),
    name: text(),
    product_description: text(),
    support_email: text(),
    support_phone: text(),
    support_url: url,
    url,
  }),
  business_type: oneOf('company', 'individual'),
  capabilities: shape({ card_payments: requested, transfers: requested }),
  company: shape({ address, name: text(), phone: text() }),
  default_currency: currency,
  email: text(),
  external_account: bank,
  individual: shape({ email: text(), first_name: text(), last_name: text(), phone: text() }),
  metadata,
  settings: shape({
    payouts: shape({
      debit_negative_balances: flag,
      schedule: shape({ delay_days: whole({ min: 0 }), interval: oneOf('manual', 'daily', 'weekly', 'monthly') }),
      statement_descriptor: clearable(22),
    }),
  }),
  tos_acceptance: shape({
    date: whole(),
    ip: text(),
    service_agreement: oneOf('full', 'recipient'),
    user_agent: text(),
  }),
};
type Profile = Values<typeof profile>;

const controller = shape({
  fees: shape({ payer: oneOf('account', 'application') }),
  losses: shape({ payments: oneOf('application', 'stripe') }),
  requirement_collection: oneOf('application', 'stripe'),
  stripe_dashboard: shape({ type: oneOf('express', 'full', 'none') }),
});
type Controller = ReturnType<typeof controller>;

function kindOf(
  type: 'custom' | 'express' | 'standard' | undefined,
  given: Controller | undefined,
): Stripe.Account.Type {
  if (type !== undefined && given !== undefined) {
    throw invalid('You may only provide one of these parameters: type, controller.', {
      code: 'parameters_exclusive',
      param: 'type',
    });
  }
  if (type !== undefined) return type;
  const dashboard = given?.stripe_dashboard?.type;
  if (dashboard === 'express') return 'express';
  return dashboard === 'none' ? 'none' : 'standard';
}

/** Who is answerable for what, by the kind of account, unless it is said. */
function defaultController(type: Stripe.Account.Type): Stripe.Account.Controller {
  const own = type === 'standard';
  const dashboard = own ? 'full' : type === 'express' ? 'express' : 'none';
  return {
    fees: { payer: own ? 'account' : 'application' },
    is_controller: true,
    losses: { payments: own ? 'stripe' : 'application' },
    requirement_collection: type === 'custom' ? 'application' : 'stripe',
    stripe_dashboard: { type: dashboard },
    type: 'application',
  };
}

function controllerOf(type: Stripe.Account.Type, given: Controller | undefined): Stripe.Account.Controller {
  const usual = defaultController(type);
  const payer = given?.fees?.payer;
  const payments = given?.losses?.payments;
  return {
    ...usual,
    ...(payer ? { fees: { payer } } : {}),
    ...(payments ? { losses: { payments } } : {}),
    ...(given?.requirement_collection ? { requirement_collection: given.requirement_collection } : {}),
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}

function capabilitiesWith(account: Stripe.Account, given: Profile['capabilities']): Stripe.Account.Capabilities {
  const wanted = Object.entries(given ?? {}).filter(([, value]) => value?.requested === true);
  return { ...account.capabilities, ...Object.fromEntries(wanted.map(([name]) => [name, 'inactive'])) };
}

function settingsWith(account: Stripe.Account, given: Profile['settings']): Stripe.Account['settings'] {
  const old = account.settings;
  const wanted = given?.payouts;
  if (!old?.payouts || !wanted) return old ?? null;
  const { schedule, ...plain } = wanted;
  return {
    ...old,
    payouts: { ...old.payouts, ...defined(plain), schedule: { ...old.payouts.schedule, ...defined(schedule ?? {}) } },
  };
}

function individualWith(call: Call, account: Stripe.Account, given: Profile['individual']): Partial<Stripe.Account> {
  if (!given) return {};
  const old = account.individual ?? {
    id: newId('person', 16),
    object: 'person' as const,
    account: account.id,
    created: call.now,
  };
  return { individual: { ...old, ...defined(given) } };
}

function agreement(given: Profile['tos_acceptance']): Partial<Stripe.Account> {
  if (!given) return {};
  return { tos_acceptance: { date: given.date ?? null, ip: given.ip ?? null, user_agent: given.user_agent ?? null } };
}

function withProfile(call: Call, account: Stripe.Account, given: Profile): Stripe.Account {
  return {
    ...account,
    ...defined({ business_type: given.business_type, default_currency: given.default_currency, email: given.email }),
    ...individualWith(call, account, given.individual),
    ...agreement(given.tos_acceptance),
    ...(given.company
      ? { company: { ...account.company, ...defined({ name: given.company.name, phone: given.company.phone }) } }
      : {}),
    business_profile: { ...(account.business_profile ?? blankProfile()), ...defined(given.business_profile ?? {}) },
    capabilities: capabilitiesWith(account, given.capabilities),
    metadata: mergeMetadata(account.metadata ?? {}, given.metadata),
    settings: settingsWith(account, given.settings) ?? null,
  };
}

function bankEntry(given: ReturnType<typeof bank>): BankEntry {
  return {
    accountNumber: given.account_number,
    country: given.country.toUpperCase(),
    currency: given.currency,
    holderName: given.account_holder_name ?? null,
    holderType: given.account_holder_type ?? null,
    routingNumber: given.routing_number ?? null,
  };
}

const create = route(
  'POST',
  '/v1/accounts',
  { ...profile, controller, country: text(2), type: oneOf('custom', 'express', 'standard') },
  (call, params) => {
    const type = kindOf(params.type, params.controller);
    const blank = blankAccount(call, type, params.country?.toUpperCase() ?? 'GB');
    const told = withProfile(call, { ...blank, controller: controllerOf(type, params.controller) }, params);
    call.store.insert('account', call.account, told);
    if (params.external_account) addBankAccount(call, told.id, bankEntry(params.external_account));
    const account = assess(call, told);
    call.store.update('account', account);
    return present(call, account);
  },
);

const update = route('POST', '/v1/accounts/:id', profile, (call, params, id) => {
  const { object } = own(call, 'account', id, 'account');
  if (params.external_account) addBankAccount(call, id, bankEntry(params.external_account));
  return present(call, saveAccount(call, object, withProfile(call, object, params)));
});

const retrieve = route('GET', '/v1/accounts/:id', {}, (call, _params, id) =>
  present(call, own(call, 'account', id, 'account').object),
);

const list = route('GET', '/v1/accounts', listShape(created), (call, params) =>
  listPage(call, 'account', '/v1/accounts', params),
);

const addExternal = route(
  'POST',
  '/v1/accounts/:id/external_accounts',
  { default_for_currency: flag, external_account: must(bank), metadata },
  (call, params, id) => {
    const { object } = own(call, 'account', id, 'account');
    const added = addBankAccount(call, id, bankEntry(params.external_account));
    const kept: Stripe.BankAccount = { ...added, metadata: mergeMetadata({}, params.metadata) };
    call.store.update('bank_account', kept);
    saveAccount(call, object, object);
    return kept;
  },
);

const listExternal = route(
  'GET',
  '/v1/accounts/:id/external_accounts',
  { ...paging, object: oneOf('bank_account') },
  (call, params, id) => {
    own(call, 'account', id, 'account');
    const { object: _kind, ...page } = params;
    return listPage(actingFor(call, id), 'bank_account', `/v1/accounts/${id}/external_accounts`, page);
  },
);

const retrieveExternal = route('GET', '/v1/accounts/:id/external_accounts/:bank', {}, (call, _params, id, bankId) => {
  own(call, 'account', id, 'account');
  const found = call.store.find('bank_account', bankId);
  if (!found || found.account !== id) throw noSuch('external_account', bankId, 'id');
  return found.object;
});

export const accountRoutes = [create, update, retrieve, list, addExternal, listExternal, retrieveExternal];
