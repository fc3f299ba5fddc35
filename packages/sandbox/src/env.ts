import { join } from 'node:path';
import type { SandboxOptions, WebhookEndpoint } from './options.ts';

export interface SandboxEnv {
  options: Omit<SandboxOptions, 'clock' | 'log'>;
  databaseUrl: string | undefined;
}

type Env = Record<string, string | undefined>;

/** A secret must carry at least this many characters after its prefix. */
const SECRET_LENGTH = 24;

function required(env: Env, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}

function secret(env: Env, name: string, prefix: string): string {
  const value = required(env, name);
  if (!value.startsWith(prefix)) throw new Error(`${name} must start with ${prefix}`);
  if (value.length < prefix.length + SECRET_LENGTH)
    throw new Error(`${name} is too short: ${SECRET_LENGTH} characters at least`);
  return value;
}

function portOf(env: Env): number {
  const text = required(env, 'SANDBOX_PORT');
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`SANDBOX_PORT is not a port: ${text}`);
  return port;
}

function endpoint(env: Env, kind: 'PLATFORM' | 'CONNECT'): WebhookEndpoint {
  return {
    url: required(env, `SANDBOX_${kind}_WEBHOOK_URL`),
    secret: secret(env, `SANDBOX_${kind}_WEBHOOK_SECRET`, 'whsec_'),
    connect: kind === 'CONNECT',
  };
}

function endpoints(env: Env): WebhookEndpoint[] {
  const kinds = (['PLATFORM', 'CONNECT'] as const).filter((kind) => env[`SANDBOX_${kind}_WEBHOOK_URL`] !== undefined);
  return kinds.map((kind) => endpoint(env, kind));
}

/** Reads the environment of the executable; the error names the variable that is missing or wrong. */
export function readEnv(env: Env): SandboxEnv {
  const publicUrl = env['SANDBOX_PUBLIC_URL'];
  const merchantName = env['SANDBOX_MERCHANT_NAME'];
  return {
    options: {
      port: portOf(env),
      host: env['SANDBOX_HOST'] ?? '127.0.0.1',
      dataFile: join(required(env, 'PLUMBLINE_DATA'), 'sandbox', 'psp.sqlite'),
      secretKey: secret(env, 'SANDBOX_SECRET_KEY', 'sk_test_'),
      controlKey: secret(env, 'SANDBOX_CONTROL_KEY', ''),
      webhooks: endpoints(env),
      ...(publicUrl === undefined ? {} : { publicUrl }),
      ...(merchantName === undefined ? {} : { merchantName }),
    },
    databaseUrl: env['DATABASE_URL'],
  };
}
