/** Business time. The sandbox takes it from its caller; every `created`, due date and balance follows it. */
export interface Clock {
  now(): Date;
  /** Makes now() current, where it comes from elsewhere. Asked before each request. */
  refresh?(): Promise<void>;
}

export interface WebhookEndpoint {
  url: string;
  /** Signing secret (`whsec_…`). */
  secret: string;
  /** True: receives events of connected accounts. False: events of the platform's own account. */
  connect: boolean;
  /** Event types wanted. Default: the types listed in webhooks/subscribed.ts. */
  events?: readonly string[];
}

/** Seconds of business time between a cause and its consequence. */
export interface Delays {
  /** Capture to available balance (T+2). */
  settlement: number;
  /** Payout created to paid or failed. */
  payout: number;
  /** Capture of a disputing card to its dispute. */
  dispute: number;
  /** Evidence submitted to the bank's decision. */
  disputeDecision: number;
  /** Refund created to its bank reference, or to its failure. */
  refund: number;
}

/** Redelivery of webhooks, in real milliseconds. */
export interface RetryPolicy {
  baseMs: number;
  capMs: number;
  /** Given up when the event is older than this. */
  maxAgeMs: number;
  /** An endpoint that has not answered by then has failed. */
  timeoutMs: number;
}

export interface SandboxOptions {
  clock: Clock;
  /** 0 takes a free port. */
  port: number;
  host?: string;
  /** Where browsers reach the hosted pages. Default: http://host:port. */
  publicUrl?: string;
  /** Path of the SQLite file, or ':memory:'. */
  dataFile: string;
  /** Does not wait for the disk: for filling a demo that can be filled again. */
  hurried?: boolean;
  /** The platform's API key, `sk_test_…`. */
  secretKey: string;
  /** Bearer key of /_sandbox. */
  controlKey: string;
  webhooks: readonly WebhookEndpoint[];
  /** The name that payers see. */
  merchantName?: string;
  /** What the PSP keeps of each captured payment. */
  fee?: { basisPoints: number; fixedMinor: number };
  delays?: Partial<Delays>;
  retry?: Partial<RetryPolicy>;
  /** How often due work is looked for, in real milliseconds. */
  tickMs?: number;
  log?: (entry: Record<string, unknown>) => void;
}

/** An endpoint under a key that stays the same when its address changes between two starts. */
export type KeyedEndpoint = WebhookEndpoint & { key: string };

export interface Settings {
  clock: Clock;
  publicUrl: string;
  secretKey: string;
  controlKey: string;
  webhooks: readonly KeyedEndpoint[];
  merchantName: string;
  fee: { basisPoints: number; fixedMinor: number };
  delays: Delays;
  retry: RetryPolicy;
  log: (entry: Record<string, unknown>) => void;
}

const HOUR = 3600;
const DAY = 24 * HOUR;

export const DEFAULT_DELAYS: Delays = {
  settlement: 2 * DAY,
  payout: DAY,
  dispute: DAY,
  disputeDecision: 0,
  refund: 0,
};

const DEFAULT_RETRY: RetryPolicy = {
  baseMs: 500,
  capMs: 60_000,
  maxAgeMs: 3 * DAY * 1000,
  timeoutMs: 10_000,
};

/** UK standard card pricing: 1.5 % + 20p. */
const DEFAULT_FEE = { basisPoints: 150, fixedMinor: 20 };

function keyed(endpoints: readonly WebhookEndpoint[]): KeyedEndpoint[] {
  const counts = { platform: 0, connect: 0 };
  return endpoints.map((endpoint) => {
    const kind = endpoint.connect ? 'connect' : 'platform';
    counts[kind] += 1;
    return { ...endpoint, key: `${kind}-${counts[kind]}` };
  });
}

/** Fills the defaults in. `publicUrl` is what the listening server found when the option is absent. */
export function settingsOf(options: SandboxOptions, publicUrl: string): Settings {
  return {
    clock: options.clock,
    publicUrl: (options.publicUrl ?? publicUrl).replace(/\/+$/, ''),
    secretKey: options.secretKey,
    controlKey: options.controlKey,
    webhooks: keyed(options.webhooks),
    merchantName: options.merchantName ?? 'Plumbline',
    fee: options.fee ?? DEFAULT_FEE,
    delays: { ...DEFAULT_DELAYS, ...options.delays },
    retry: { ...DEFAULT_RETRY, ...options.retry },
    log: options.log ?? (() => undefined),
  };
}
