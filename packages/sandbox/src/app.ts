import type { Settings } from './options.ts';
import type { Store } from './store/store.ts';

/** What lives as long as the sandbox does. */
export interface App {
  settings: Settings;
  store: Store;
  /** Tells the deliverer that there may be something to send. */
  poke(): void;
}

/** One piece of work: an API request, a submitted page, or something that fell due. */
export interface Call {
  app: App;
  store: Store;
  /** Whose objects these are: the platform, or the connected account of the Stripe-Account header. */
  account: string;
  /** Business time in Unix seconds, fixed for the whole call. */
  now: number;
  request: { id: string | null; idempotency_key: string | null };
}

/** Unix seconds of the sandbox's clock. */
export function unixNow(app: App): number {
  return Math.floor(app.settings.clock.now().getTime() / 1000);
}

export function callOf(
  app: App,
  account: string,
  request: Call['request'] = { id: null, idempotency_key: null },
): Call {
  return { app, store: app.store, account, now: unixNow(app), request };
}

/** The same call, acting for another account. */
export function actingFor(call: Call, account: string): Call {
  return { ...call, account };
}
