import { present } from '../api/present.ts';
import { PLATFORM_ACCOUNT, API_VERSION } from '../version.ts';
import type { Call } from '../app.ts';
import { newId } from '../ids.ts';
import type { EventObject } from '../store/kinds.ts';
import { enqueue } from './queue.ts';

/** The fields of `before` that `after` changed: an event's previous_attributes. */
export function changed(before: object, after: object): Record<string, unknown> {
  const next = after as Record<string, unknown>;
  const entries = Object.entries(before).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(next[key]));
  return Object.fromEntries(entries);
}

/**
 * Records an event about the object as it is now, in the caller's transaction, and queues it for the endpoints that want it.
 * Events of a connected account carry its id and go to connect endpoints.
 */
export function emit(call: Call, type: string, object: object, before?: object): void {
  const shown = present(call, object);
  const previous = before && changed(present(call, before), shown);
  const event: EventObject = {
    id: newId('evt'),
    object: 'event',
    ...(call.account === PLATFORM_ACCOUNT ? {} : { account: call.account }),
    api_version: API_VERSION,
    created: call.now,
    data: previous ? { object: shown, previous_attributes: previous } : { object: shown },
    livemode: false,
    pending_webhooks: 0,
    request: call.request,
    type,
  };
  call.store.insert('event', call.account, event);
  enqueue(call, event);
}
