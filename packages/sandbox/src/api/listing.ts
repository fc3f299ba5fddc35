import type { Call } from '../app.ts';
import { range, text, whole, type Param, type Shape, type Span, type Values } from '../http/params.ts';
import { noSuch } from '../http/errors.ts';
import type { Kind } from '../store/kinds.ts';
import type { Filter } from '../store/store.ts';
import { present } from './present.ts';
import type { ApiList } from './sublists.ts';

const DEFAULT_LIMIT = 10;

/** The parameters of every list. */
export const paging = {
  limit: whole({ min: 1, max: 100 }),
  starting_after: text(),
  ending_before: text(),
};

/** Adds the cursor parameters to a list's own filters. */
export function listShape<S extends Shape>(filters: S): S & typeof paging {
  return { ...filters, ...paging };
}

/** The filters that compare a field with a text. */
export function textFilters<const N extends string>(...names: N[]): Record<N, Param<string>> {
  return Object.fromEntries(names.map((name) => [name, text()])) as Record<N, Param<string>>;
}

export const created = { created: range };

function spanFilters(field: string, span: Span): Filter[] {
  const filters: Filter[] = [];
  if (span.atLeast !== undefined) filters.push({ field, atLeast: span.atLeast });
  if (span.atMost !== undefined) filters.push({ field, atMost: span.atMost });
  return filters;
}

function isSpan(value: unknown): value is Span {
  return typeof value === 'object' && value !== null && 'atLeast' in value;
}

/** Turns given filters into conditions on the fields of the same name. */
export function filtersOf(given: Record<string, unknown>): Filter[] {
  return Object.entries(given).flatMap(([field, value]): Filter[] => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      return [{ field, is: value }];
    if (Array.isArray(value)) return [{ field, oneOf: value.map(String) }];
    return isSpan(value) ? spanFilters(field, value) : [];
  });
}

type Paging = Values<typeof paging>;

function checkCursor(call: Call, kind: Kind, id: string | undefined, param: string): void {
  if (id !== undefined && call.store.find(kind, id)?.account !== call.account) throw noSuch(kind, id, param);
}

/** One page of the caller's objects, newest first. */
export function listPage(
  call: Call,
  kind: Kind,
  url: string,
  params: Paging & Record<string, unknown>,
  more: readonly Filter[] = [],
): ApiList<object> {
  const { limit, starting_after, ending_before, ...filters } = params;
  checkCursor(call, kind, starting_after, 'starting_after');
  checkCursor(call, kind, ending_before, 'ending_before');
  const page = { limit: limit ?? DEFAULT_LIMIT, startingAfter: starting_after, endingBefore: ending_before };
  const found = call.store.list(kind, call.account, [...filtersOf(filters), ...more], page);
  return { object: 'list', data: found.items.map((item) => present(call, item)), has_more: found.more, url };
}
