import type { KeyedEndpoint, Settings, WebhookEndpoint } from '../options.ts';
import type { Store } from '../store/store.ts';
import { flushBuffer, type Delivery } from './queue.ts';
import { signatureHeader } from './sign.ts';

export interface Deliverer {
  /** Looks for work now. */
  poke(): void;
  /** Settles when nothing waits to be sent, delayed and retried deliveries included. Held ones do not count. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export function isHeld(store: Store): boolean {
  return store.db.first("SELECT 1 AS one FROM setting WHERE name = 'held'") !== undefined;
}

export function setHeld(store: Store, held: boolean): void {
  if (held) store.db.run("INSERT OR REPLACE INTO setting (name, value) VALUES ('held', '1')");
  else store.db.run("DELETE FROM setting WHERE name = 'held'");
}

function nextReady(store: Store, endpoint: string, nowMs: number): Delivery | undefined {
  return store.db.first<Delivery>(
    "SELECT * FROM delivery WHERE endpoint = ? AND state = 'pending' AND next_ms <= ? ORDER BY position LIMIT 1",
    endpoint,
    nowMs,
  );
}

function earliest(store: Store, endpoint: string): number | null {
  const row = store.db.first<{ at: number | null }>(
    "SELECT min(next_ms) AS at FROM delivery WHERE endpoint = ? AND state IN ('pending', 'buffered')",
    endpoint,
  );
  return row?.at ?? null;
}

function flushOverdue(store: Store, endpoint: string, nowMs: number): void {
  const overdue = store.db.first(
    "SELECT 1 AS one FROM delivery WHERE endpoint = ? AND state = 'buffered' AND next_ms <= ? LIMIT 1",
    endpoint,
    nowMs,
  );
  if (overdue) store.db.transaction(() => flushBuffer(store, endpoint));
}

interface Outcome {
  status: number | null;
  error: string | null;
}

async function post(
  endpoint: WebhookEndpoint,
  payload: string,
  timeoutMs: number,
  closing: AbortSignal,
): Promise<Outcome> {
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    // Real time, also when the business clock has been moved: the receiver checks the age of the signature.
    'Stripe-Signature': signatureHeader(payload, endpoint.secret, Math.floor(Date.now() / 1000)),
  };
  const signal = AbortSignal.any([closing, AbortSignal.timeout(timeoutMs)]);
  try {
    const answer = await fetch(endpoint.url, { method: 'POST', headers, body: payload, redirect: 'manual', signal });
    await answer.arrayBuffer();
    return { status: answer.status, error: answer.ok ? null : `status ${answer.status}` };
  } catch (error) {
    return { status: null, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

function record(store: Store, delivery: Delivery, outcome: Outcome, settings: Settings): void {
  const nowMs = Date.now();
  const attempts = delivery.attempts + 1;
  if (outcome.error === null) {
    store.db.run(
      "UPDATE delivery SET state = 'delivered', attempts = ?, last_status = ?, last_error = NULL, done_ms = ? WHERE id = ?",
      attempts,
      outcome.status,
      nowMs,
      delivery.id,
    );
    return;
  }
  const { baseMs, capMs, maxAgeMs } = settings.retry;
  const nextMs = nowMs + Math.min(capMs, baseMs * 2 ** Math.min(attempts - 1, 30));
  const state = nextMs - delivery.born_ms > maxAgeMs ? 'failed' : 'pending';
  store.db.run(
    'UPDATE delivery SET state = ?, attempts = ?, next_ms = ?, last_status = ?, last_error = ? WHERE id = ?',
    state,
    attempts,
    nextMs,
    outcome.status,
    outcome.error,
    delivery.id,
  );
}

function payloadOf(store: Store, delivery: Delivery): string | undefined {
  const event = store.find('event', delivery.event_id)?.object;
  return event && JSON.stringify({ ...event, pending_webhooks: 1 }, null, 2);
}

interface Line {
  poke(): void;
  settled(): boolean;
  close(): Promise<void>;
}

/** One endpoint's queue, served in order, one delivery at a time; what fails waits and lets the others pass. */
function createLine(store: Store, settings: Settings, endpoint: KeyedEndpoint, onRest: () => void): Line {
  const closing = new AbortController();
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function run(): Promise<void> {
    while (!closing.signal.aborted && !isHeld(store)) {
      flushOverdue(store, endpoint.key, Date.now());
      const delivery = nextReady(store, endpoint.key, Date.now());
      if (!delivery) return;
      const payload = payloadOf(store, delivery);
      // Forgotten by a reset in between.
      if (payload === undefined) return;
      const outcome = await post(endpoint, payload, settings.retry.timeoutMs, closing.signal);
      if (closing.signal.aborted) return;
      record(store, delivery, outcome, settings);
    }
  }

  function rest(): void {
    running = undefined;
    if (closing.signal.aborted) return;
    const at = isHeld(store) ? null : earliest(store, endpoint.key);
    clearTimeout(timer);
    if (at !== null) timer = setTimeout(poke, Math.max(0, at - Date.now()));
    onRest();
  }

  function poke(): void {
    if (running || closing.signal.aborted) return;
    clearTimeout(timer);
    running = run().then(rest, (error: unknown) => {
      settings.log({ msg: 'webhook delivery stopped', error: String(error) });
      rest();
    });
  }

  return {
    poke,
    settled: () => running === undefined && (isHeld(store) || earliest(store, endpoint.key) === null),
    close: async () => {
      closing.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

export function createDeliverer(store: Store, settings: Settings): Deliverer {
  const waiting = new Set<() => void>();
  const lines: Line[] = settings.webhooks.map((endpoint) => createLine(store, settings, endpoint, () => notify()));

  function notify(): void {
    if (!lines.every((line) => line.settled())) return;
    for (const wake of waiting) wake();
    waiting.clear();
  }

  return {
    poke: () => lines.forEach((line) => line.poke()),
    idle: () =>
      new Promise((resolve) => {
        waiting.add(resolve);
        lines.forEach((line) => line.poke());
        notify();
      }),
    close: async () => {
      await Promise.all(lines.map((line) => line.close()));
      for (const wake of waiting) wake();
    },
  };
}
