import { created, listPage, listShape, paging, textFilters } from '../api/listing.ts';
import { route } from '../http/route.ts';
import { own } from '../store/lookup.ts';

const retrieve = route('GET', '/v1/charges/:id', {}, (call, _params, id) => own(call, 'charge', id, 'charge').object);

const list = route(
  'GET',
  '/v1/charges',
  listShape({ ...created, ...textFilters('customer', 'payment_intent', 'transfer_group') }),
  (call, params) => listPage(call, 'charge', '/v1/charges', params),
);

const refunds = route('GET', '/v1/charges/:id/refunds', paging, (call, params, id) => {
  own(call, 'charge', id, 'charge');
  return listPage(call, 'refund', `/v1/charges/${id}/refunds`, params, [{ field: 'charge', is: id }]);
});

export const chargeRoutes = [retrieve, list, refunds];
