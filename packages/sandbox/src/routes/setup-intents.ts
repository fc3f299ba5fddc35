import { created, listPage, listShape, textFilters } from '../api/listing.ts';
import { route } from '../http/route.ts';
import { own } from '../store/lookup.ts';

const retrieve = route(
  'GET',
  '/v1/setup_intents/:id',
  {},
  (call, _params, id) => own(call, 'setup_intent', id, 'intent').object,
);

const list = route(
  'GET',
  '/v1/setup_intents',
  listShape({ ...created, ...textFilters('customer', 'payment_method') }),
  (call, params) => listPage(call, 'setup_intent', '/v1/setup_intents', params),
);

export const setupIntentRoutes = [retrieve, list];
