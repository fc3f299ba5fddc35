import { createHash } from 'node:crypto';
import type { App } from '../app.ts';
import { unixNow } from '../app.ts';
import { ApiError } from './errors.ts';
import type { RawMap } from './form.ts';

const DAY = 24 * 3600;
const MAX_KEY = 255;

export interface Reply {
  status: number;
  body: string;
  /** The Request-Id under which the work was done first. */
  originalRequest: string;
}

interface IdempotencyRow {
  fingerprint: string;
  status: number;
  body: string;
  request_id: string;
  created: number;
}

export interface Keyed {
  scope: string;
  key: string;
  fingerprint: string;
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, below]) => [key, sorted(below)]),
  );
}

/** The identity of a keyed request: its account and key, and a fingerprint of what it asks. */
export function keyedRequest(account: string, key: string, method: string, path: string, params: RawMap): Keyed {
  if (key.length > MAX_KEY) {
    throw new ApiError(400, {
      type: 'invalid_request_error',
      message: `Idempotency keys can be at most ${MAX_KEY} characters long.`,
    });
  }
  const asked = JSON.stringify([method, path, sorted(params)]);
  return { scope: account, key, fingerprint: createHash('sha256').update(asked).digest('hex') };
}

/**
 * The stored answer of an earlier request with this key, whatever its status was; refuses a key used for something else.
 * Keys are forgotten after 24 hours of business time.
 */
export function replay(app: App, keyed: Keyed): Reply | undefined {
  const row = app.store.db.first<IdempotencyRow>(
    'SELECT fingerprint, status, body, request_id, created FROM idempotency WHERE scope = ? AND key = ?',
    keyed.scope,
    keyed.key,
  );
  if (!row || row.created <= unixNow(app) - DAY) return undefined;
  if (row.fingerprint !== keyed.fingerprint) {
    throw new ApiError(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${keyed.key}' if you meant to execute a different request.`,
    });
  }
  return { status: row.status, body: row.body, originalRequest: row.request_id };
}

export function remember(app: App, keyed: Keyed, status: number, body: string, requestId: string): void {
  app.store.db.run(
    'INSERT OR REPLACE INTO idempotency (scope, key, fingerprint, status, body, request_id, created) VALUES (?, ?, ?, ?, ?, ?, ?)',
    keyed.scope,
    keyed.key,
    keyed.fingerprint,
    status,
    body,
    requestId,
    unixNow(app),
  );
}
