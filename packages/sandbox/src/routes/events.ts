import type { Call } from '../app.ts';
import { created, listPage, listShape, textFilters } from '../api/listing.ts';
import { invalid } from '../http/errors.ts';
import { flag, list as listOf, text } from '../http/params.ts';
import { route } from '../http/route.ts';
import { own } from '../store/lookup.ts';
import type { Filter } from '../store/store.ts';

const MAX_TYPES = 20;

function undelivered(call: Call): string[] {
  return call.store.db
    .all<{ event_id: string }>("SELECT DISTINCT event_id FROM delivery WHERE state <> 'delivered'")
    .map((row) => row.event_id);
}

function deliveryFilter(call: Call, success: boolean | undefined): Filter[] {
  if (success === undefined) return [];
  const ids = undelivered(call);
  return [success ? { field: 'id', noneOf: ids } : { field: 'id', oneOf: ids }];
}

const list = route(
  'GET',
  '/v1/events',
  listShape({ ...created, ...textFilters('type'), delivery_success: flag, types: listOf(text(), MAX_TYPES) }),
  (call, params) => {
    const { delivery_success, types, ...rest } = params;
    if (types && rest.type !== undefined) {
      throw invalid('You may only specify one of these parameters: type, types.', {
        code: 'parameters_exclusive',
        param: 'types',
      });
    }
    const more: Filter[] = types ? [{ field: 'type', oneOf: types }] : [];
    return listPage(call, 'event', '/v1/events', rest, [...more, ...deliveryFilter(call, delivery_success)]);
  },
);

const retrieve = route('GET', '/v1/events/:id', {}, (call, _params, id) => own(call, 'event', id).object);

export const eventRoutes = [list, retrieve];
