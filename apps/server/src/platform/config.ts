import os from 'node:os';
import path from 'node:path';
import { rateLimits } from '@plumbline/domain/policy-numbers';

/** What the environment says, read once and checked. */
export interface Config {
  production: boolean;
  /** A demo market: seeded cast, movable clock. Never in production. */
  demo: boolean;
  /** A new demo market has a past: its last weeks are played by its people. */
  demoStory: boolean;
  host: string;
  port: number;
  /** Where people reach us, without a slash at the end. */
  publicUrl: string;
  /** Further origins that may post to us. */
  origins: string[];
  /** Folder of the embedded database, of uploads and of generated secrets. */
  dataFolder: string;
  /** Unset: the embedded PostgreSQL. */
  databaseUrl: string | undefined;
  logLevel: string;
  /** Believe `X-Forwarded-For` of these hops; false where nothing stands before us. */
  trustProxy: string | false;
  /** Multiplies every rate limit; 1 unless told. */
  limitFactor: number;
  defaultRegion: string;
  stripe: StripeConfig;
  /** Origins of the hosted payment pages, to which our forms may lead. */
  paymentOrigins: string[];
  /** Where pages come from: the build, Vite (development), or nowhere. */
  web: 'built' | 'dev' | 'off';
}

export interface StripeConfig {
  secretKey: string;
  webhookSecret: string;
  connectWebhookSecret: string;
  /** Where the API is; unset for Stripe itself, the sandbox's address otherwise. */
  apiUrl: string | undefined;
}

export const limits = rateLimits;

type Environment = Record<string, string | undefined>;

const repository = path.resolve(import.meta.dirname, '../../../..');
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Reads the environment. Throws one error that names every variable that is wrong and what would be right. */
export function readConfig(env: Environment): Config {
  const problems: string[] = [];
  const production = env['NODE_ENV'] === 'production';
  const port = portOf(env, problems);
  const config: Config = {
    production,
    demo: !production && env['PLUMBLINE_DEMO'] !== 'off',
    demoStory: env['PLUMBLINE_DEMO_STORY'] !== 'off',
    host: env['HOST'] || '127.0.0.1',
    port,
    publicUrl: urlOf('PUBLIC_URL', env, problems) ?? `http://127.0.0.1:${port}`,
    origins: listOf(env['PLUMBLINE_ORIGINS']),
    dataFolder: path.resolve(repository, env['PLUMBLINE_DATA'] || defaultDataFolder(env)),
    databaseUrl: databaseUrlOf(env, problems),
    logLevel: wordOf('LOG_LEVEL', env, logLevels, 'info', problems),
    trustProxy: env['PLUMBLINE_TRUST_PROXY'] || false,
    limitFactor: numberOf('PLUMBLINE_LIMIT_FACTOR', env, 1, problems),
    defaultRegion: env['PLUMBLINE_REGION'] || 'gb',
    stripe: stripeOf(env, production, problems),
    paymentOrigins: paymentOriginsOf(urlOf('STRIPE_API_URL', env, problems)),
    web: wordOf('PLUMBLINE_WEB', env, ['built', 'dev', 'off'] as const, 'built', problems),
  };
  if (problems.length > 0) throw new Error(`The environment is not right:\n  ${problems.join('\n  ')}`);
  return config;
}

let read: Config | undefined;

/** The configuration of this process. */
export function config(): Config {
  read ??= readConfig(process.env);
  return read;
}

/** A configuration for tests: quiet, limits wide, no outside address. */
export function testConfig(changes: Partial<Config> = {}): Config {
  const base = readConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PLUMBLINE_LIMIT_FACTOR: '1000',
    PORT: '4000',
    PLUMBLINE_WEB: 'off',
  });
  return { ...base, ...changes };
}

/** Tests leave nothing in the data folder of the person who runs them. */
function defaultDataFolder(env: Environment): string {
  return env['NODE_ENV'] === 'test' ? path.join(os.tmpdir(), 'plumbline-test-data') : '.data';
}

function portOf(env: Environment, problems: string[]): number {
  const text = env['PORT'] || '4000';
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_535) return port;
  problems.push(`PORT=${text}: a whole number from 1 to 65534 (the sandbox takes the one after it)`);
  return 4000;
}

function urlOf(name: string, env: Environment, problems: string[]): string | undefined {
  const text = env[name];
  if (!text) return undefined;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/\/+$/, '');
  problems.push(`${name}=${text}: an address such as https://plumbline.example`);
  return undefined;
}

function databaseUrlOf(env: Environment, problems: string[]): string | undefined {
  const text = env['DATABASE_URL'];
  if (!text) return undefined;
  if (/^postgres(ql)?:\/\//.test(text)) return text;
  // The value itself may hold a password, so it is not repeated.
  problems.push('DATABASE_URL: begins with postgres:// or postgresql://');
  return undefined;
}

function wordOf<W extends string>(
  name: string,
  env: Environment,
  words: readonly W[],
  fallback: W,
  problems: string[],
): W {
  const text = env[name] || fallback;
  const word = words.find((each) => each === text);
  if (word) return word;
  problems.push(`${name}=${text}: one of ${words.join(', ')}`);
  return fallback;
}

function numberOf(name: string, env: Environment, fallback: number, problems: string[]): number {
  const text = env[name];
  if (!text) return fallback;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  problems.push(`${name}=${text}: a number above 0`);
  return fallback;
}

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function paymentOriginsOf(apiUrl: string | undefined): string[] {
  const hosted = ['https://checkout.stripe.com', 'https://connect.stripe.com'];
  return apiUrl ? [...hosted, new URL(apiUrl).origin] : hosted;
}

/** The keys of a running sandbox come from the supervisor by the same variables. */
function stripeOf(env: Environment, production: boolean, problems: string[]): StripeConfig {
  const names = ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'STRIPE_CONNECT_WEBHOOK_SECRET'] as const;
  const missing = names.filter((name) => !env[name]);
  if (production && missing.length > 0) problems.push(`${missing.join(', ')}: needed in production`);
  return {
    secretKey: env['STRIPE_SECRET_KEY'] || 'sk_test_unset',
    webhookSecret: env['STRIPE_WEBHOOK_SECRET'] || 'whsec_unset',
    connectWebhookSecret: env['STRIPE_CONNECT_WEBHOOK_SECRET'] || 'whsec_unset',
    apiUrl: env['STRIPE_API_URL'] || undefined,
  };
}
