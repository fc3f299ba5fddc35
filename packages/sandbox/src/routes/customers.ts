import { created, listPage, listShape, textFilters } from '../api/listing.ts';
import { attachTo, createCustomer, createPaymentMethod } from '../flows/payment-methods.ts';
import { ApiError, cardErrorBody, invalid, noSuch } from '../http/errors.ts';
import { clearable, mergeMetadata, metadata, must, oneOf, text } from '../http/params.ts';
import { route } from '../http/route.ts';
import { cardByToken, cardSpec } from '../money/cards.ts';
import { own } from '../store/lookup.ts';
import type { Call } from '../app.ts';
import type { Stored } from '../store/kinds.ts';
import { emit } from '../webhooks/emit.ts';

const person = { description: clearable(), email: clearable(512), metadata, name: clearable(), phone: clearable() };

const createOne = route('POST', '/v1/customers', person, (call, params) =>
  createCustomer(call, {
    description: params.description ?? null,
    email: params.email ?? null,
    metadata: mergeMetadata({}, params.metadata),
    name: params.name ?? null,
    phone: params.phone ?? null,
  }),
);

const update = route('POST', '/v1/customers/:id', person, (call, params, id) => {
  const { object } = own(call, 'customer', id);
  const { metadata: given, ...fields } = params;
  const told = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const next = { ...object, ...told, metadata: mergeMetadata(object.metadata, given) };
  call.store.update('customer', next);
  emit(call, 'customer.updated', next, object);
  return next;
});

const retrieve = route('GET', '/v1/customers/:id', {}, (call, _params, id) => own(call, 'customer', id).object);

const list = route('GET', '/v1/customers', listShape({ ...created, ...textFilters('email') }), (call, params) =>
  listPage(call, 'customer', '/v1/customers', params),
);

const customersMethods = route(
  'GET',
  '/v1/customers/:id/payment_methods',
  listShape({ type: oneOf('card') }),
  (call, params, id) => {
    own(call, 'customer', id);
    return listPage(call, 'payment_method', `/v1/customers/${id}/payment_methods`, params, [
      { field: 'customer', is: id },
    ]);
  },
);

const retrieveMethod = route(
  'GET',
  '/v1/payment_methods/:id',
  {},
  (call, _params, id) => own(call, 'payment_method', id, 'payment_method').object,
);

const listMethods = route(
  'GET',
  '/v1/payment_methods',
  listShape({ ...textFilters('customer'), type: oneOf('card') }),
  (call, params) => listPage(call, 'payment_method', '/v1/payment_methods', params),
);

const EXPIRY_MONTH = 12;

/** A stored payment method, or a new one for one of the test tokens (`pm_card_visa`). */
export function methodOrToken(call: Call, id: string, param: string): Stored<'payment_method'> {
  const card = cardByToken(id);
  if (!card) return own(call, 'payment_method', id, param);
  const expYear = call.app.settings.clock.now().getUTCFullYear() + 3;
  const made = createPaymentMethod(call, { card, email: null, expMonth: EXPIRY_MONTH, expYear, name: null });
  return own(call, 'payment_method', made.id, param);
}

const attach = route('POST', '/v1/payment_methods/:id/attach', { customer: must(text()) }, (call, params, id) => {
  if (call.store.find('customer', params.customer)?.account !== call.account)
    throw noSuch('customer', params.customer, 'customer');
  const { object, hidden } = methodOrToken(call, id, 'payment_method');
  const spec = hidden.card && cardSpec(hidden.card);
  if (spec?.decline && !spec.savable) return new ApiError(402, cardErrorBody(spec.decline));
  if (object.customer !== null && object.customer !== params.customer) {
    throw invalid('The payment method you provided has already been attached to a customer.');
  }
  return attachTo(call, object, params.customer);
});

const detach = route('POST', '/v1/payment_methods/:id/detach', {}, (call, _params, id) => {
  const { object } = own(call, 'payment_method', id, 'payment_method');
  if (object.customer === null)
    throw invalid('The payment method you provided is not attached to a customer so detachment is impossible.');
  const detached = { ...object, customer: null };
  call.store.update('payment_method', detached);
  emit(call, 'payment_method.detached', detached, object);
  return detached;
});

export const customerRoutes = [
  createOne,
  update,
  retrieve,
  list,
  customersMethods,
  retrieveMethod,
  listMethods,
  attach,
  detach,
];
