import { createRequire } from 'node:module';
import type Stripe from 'stripe';
import { config, type StripeConfig } from '../../../platform/config.ts';

const require = createRequire(import.meta.url);

/** The SDK, loaded at the first call: it takes a fifth of the time in which a process starts. */
export const sdk = (): typeof Stripe => require('stripe') as typeof Stripe;

/** Milliseconds after which an answer counts as lost. Longer than the PSP’s own limits would hold a worker up. */
const timeoutMs = 20_000;

/**
 * The official SDK. With an address in the configuration it speaks to that (the sandbox), else to Stripe. It never
 * repeats a call by itself: whether to ask or to call again is decided by what we know about the call.
 */
export function createClient(
  { secretKey, apiUrl }: Pick<StripeConfig, 'secretKey' | 'apiUrl'>,
  timeout = timeoutMs,
): Stripe {
  const Sdk = sdk();
  const common = { maxNetworkRetries: 0, timeout, telemetry: false };
  if (!apiUrl) return new Sdk(secretKey, common);
  const { protocol, hostname, port } = new URL(apiUrl);
  return new Sdk(secretKey, {
    ...common,
    protocol: protocol === 'https:' ? 'https' : 'http',
    host: hostname,
    port: port || (protocol === 'https:' ? 443 : 80),
  });
}

let settings: StripeConfig | undefined;
let client: Stripe | undefined;

/** Keys, secrets and the address of the PSP; those of the process unless `usePsp` told others. */
export function pspSettings(): StripeConfig {
  settings ??= config().stripe;
  return settings;
}

export function stripe(): Stripe {
  client ??= createClient(pspSettings());
  return client;
}

/** Speaks to another PSP from now on: a test's own sandbox. */
export function usePsp(next: StripeConfig, timeout?: number): void {
  settings = next;
  client = createClient(next, timeout);
}
