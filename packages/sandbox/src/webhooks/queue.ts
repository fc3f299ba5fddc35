import type { Call } from '../app.ts';
import { takeDeliveryFault, type DeliveryFault } from '../control/faults.ts';
import type { KeyedEndpoint, WebhookEndpoint } from '../options.ts';
import type { EventObject } from '../store/kinds.ts';
import type { Store } from '../store/store.ts';
import { PLATFORM_ACCOUNT } from '../version.ts';
import { SUBSCRIBED } from './subscribed.ts';

export type DeliveryState = 'pending' | 'buffered' | 'delivered' | 'dropped' | 'failed';

export interface Delivery {
  id: number;
  event_id: string;
  type: string;
  endpoint: string;
  state: DeliveryState;
  position: number;
  attempts: number;
  born_ms: number;
  next_ms: number;
  last_status: number | null;
  last_error: string | null;
  done_ms: number | null;
}

interface Fresh {
  eventId: string;
  type: string;
  endpoint: string;
  state: DeliveryState;
  nextMs: number;
}

function insert(store: Store, fresh: Fresh, nowMs: number): number {
  const { lastId } = store.db.run(
    'INSERT INTO delivery (event_id, type, endpoint, state, position, born_ms, next_ms) VALUES (?, ?, ?, ?, 0, ?, ?)',
    fresh.eventId,
    fresh.type,
    fresh.endpoint,
    fresh.state,
    nowMs,
    fresh.nextMs,
  );
  store.db.run('UPDATE delivery SET position = id WHERE id = ?', lastId);
  return lastId;
}

/** Lets these deliveries take each other's places in the queue, in the given order. */
export function permute(store: Store, ids: readonly number[]): void {
  const places = ids
    .map((id) => store.db.first<{ position: number }>('SELECT position FROM delivery WHERE id = ?', id)?.position ?? id)
    .toSorted((a, b) => a - b);
  ids.forEach((id, index) => store.db.run('UPDATE delivery SET position = ? WHERE id = ?', places[index] ?? id, id));
}

function buffered(store: Store, endpoint: string): number[] {
  return store.db
    .all<{ id: number }>(
      "SELECT id FROM delivery WHERE endpoint = ? AND state = 'buffered' ORDER BY position",
      endpoint,
    )
    .map((row) => row.id);
}

/** Sends on what a reorder fault has collected, last first. */
export function flushBuffer(store: Store, endpoint: string): void {
  const ids = buffered(store, endpoint);
  permute(store, ids.toReversed());
  store.db.run(
    "UPDATE delivery SET state = 'pending', next_ms = 0 WHERE endpoint = ? AND state = 'buffered'",
    endpoint,
  );
}

function queueOne(store: Store, fresh: Fresh, fault: DeliveryFault | undefined, nowMs: number): void {
  switch (fault?.kind) {
    case 'drop':
      insert(store, { ...fresh, state: 'dropped' }, nowMs);
      return;
    case 'double':
      insert(store, fresh, nowMs);
      insert(store, fresh, nowMs);
      return;
    case 'delay':
      insert(store, { ...fresh, nextMs: nowMs + fault.ms }, nowMs);
      return;
    case 'reorder':
      insert(store, { ...fresh, state: 'buffered', nextMs: nowMs + fault.ms }, nowMs);
      if (buffered(store, fresh.endpoint).length >= fault.window) flushBuffer(store, fresh.endpoint);
      return;
    case undefined:
      insert(store, fresh, nowMs);
  }
}

function wants(endpoint: WebhookEndpoint, event: EventObject): boolean {
  const ofConnected = event.account !== undefined && event.account !== PLATFORM_ACCOUNT;
  return endpoint.connect === ofConnected && (endpoint.events ?? SUBSCRIBED).includes(event.type);
}

/** Queues an event for every endpoint that wants it; delivery faults strike here. */
export function enqueue(call: Call, event: EventObject): void {
  // Deliveries live on real time: a jump of the business clock must not expire or hurry them.
  const nowMs = Date.now();
  for (const endpoint of call.app.settings.webhooks) {
    if (!wants(endpoint, event)) continue;
    const fresh: Fresh = {
      eventId: event.id,
      type: event.type,
      endpoint: endpoint.key,
      state: 'pending',
      nextMs: nowMs,
    };
    queueOne(call.store, fresh, takeDeliveryFault(call.store, event.type), nowMs);
  }
}

/** Queues one more delivery of an event to the endpoints that want it, past all faults. */
export function resend(store: Store, endpoints: readonly KeyedEndpoint[], event: EventObject): number {
  const nowMs = Date.now();
  const wanting = endpoints.filter((endpoint) => wants(endpoint, event));
  for (const endpoint of wanting) {
    insert(
      store,
      { eventId: event.id, type: event.type, endpoint: endpoint.key, state: 'pending', nextMs: nowMs },
      nowMs,
    );
  }
  return wanting.length;
}
