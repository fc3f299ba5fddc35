import type { Store } from '../store/store.ts';

/** What can be made to go wrong with the delivery of an event. */
export type DeliveryFault =
  | { kind: 'drop' | 'double'; types?: string[] }
  | { kind: 'delay'; types?: string[]; ms: number }
  /** Collects `window` deliveries and sends them in reverse; what waits longer than `ms` goes out as it is. */
  | { kind: 'reorder'; types?: string[]; window: number; ms: number };

/** What can be made to go wrong with an API call. `path` may use `*` for one segment. */
export type CallFault =
  /** Done, stored, and answered with 500; the same idempotency key gets the same 500. */
  | { kind: 'error_after_success'; path: string; method?: string }
  /** Done and stored, but the connection breaks; the same idempotency key gets the stored success. */
  | { kind: 'cut_after_success'; path: string; method?: string }
  /** Not done at all. */
  | { kind: 'error_before'; path: string; method?: string; status: number }
  /** Done, and answered late. */
  | { kind: 'slow'; path: string; method?: string; ms: number };

export type Fault = DeliveryFault | CallFault;
/** `remaining` null: until deleted. */
export type ActiveFault = { id: number; remaining: number | null } & Fault;

interface FaultRow {
  id: number;
  rule: string;
  remaining: number | null;
}

const CALL_KINDS = new Set<Fault['kind']>(['error_after_success', 'cut_after_success', 'error_before', 'slow']);

function isCallFault(fault: Fault): fault is CallFault {
  return CALL_KINDS.has(fault.kind);
}

export function addFault(store: Store, fault: Fault, times: number | null): number {
  return store.db.run('INSERT INTO fault (rule, remaining) VALUES (?, ?)', JSON.stringify(fault), times).lastId;
}

export function activeFaults(store: Store): ActiveFault[] {
  return store.db
    .all<FaultRow>('SELECT id, rule, remaining FROM fault ORDER BY id')
    .map(({ id, rule, remaining }) => ({ id, remaining, ...(JSON.parse(rule) as Fault) }));
}

export function clearFaults(store: Store): void {
  store.db.run('DELETE FROM fault');
}

function spend(store: Store, fault: ActiveFault): void {
  if (fault.remaining === null) return;
  if (fault.remaining <= 1) store.db.run('DELETE FROM fault WHERE id = ?', fault.id);
  else store.db.run('UPDATE fault SET remaining = remaining - 1 WHERE id = ?', fault.id);
}

/** The first fault that hits this event, used up by one. */
export function takeDeliveryFault(store: Store, type: string): DeliveryFault | undefined {
  for (const fault of activeFaults(store)) {
    if (isCallFault(fault) || (fault.types && !fault.types.includes(type))) continue;
    spend(store, fault);
    return fault;
  }
  return undefined;
}

function pathMatches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return wanted.length === given.length && wanted.every((part, index) => part === '*' || part === given[index]);
}

/** The first fault that hits this API call, used up by one. */
export function takeCallFault(store: Store, method: string, path: string): CallFault | undefined {
  for (const fault of activeFaults(store)) {
    if (!isCallFault(fault) || !pathMatches(fault.path, path)) continue;
    if (fault.method !== undefined && fault.method !== method) continue;
    spend(store, fault);
    return fault;
  }
  return undefined;
}
