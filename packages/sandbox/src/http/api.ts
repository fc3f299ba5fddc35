import { callOf, type App, type Call } from '../app.ts';
import { expand } from '../api/expand.ts';
import { takeCallFault, type CallFault } from '../control/faults.ts';
import { runDue } from '../due.ts';
import { newId } from '../ids.ts';
import { apiRoutes } from '../routes/index.ts';
import { API_VERSION, PLATFORM_ACCOUNT } from '../version.ts';
import { ApiError, invalid, type ErrorBody } from './errors.ts';
import { decodeForm, type RawMap } from './form.ts';
import { keyedRequest, remember, replay, type Keyed } from './idempotency.ts';
import { list, text } from './params.ts';
import { createRouter, type Execute, type Match } from './route.ts';
import { sameSecret, tokenOf } from './secrets.ts';

export interface ApiRequest {
  method: string;
  path: string;
  query: string;
  header(name: string): string | undefined;
  body: string;
}

export interface ApiReply {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** Break the connection instead of answering. */
  cut?: boolean;
  /** Answer only after this many milliseconds. */
  delayMs?: number;
}

const findRoute = createRouter(apiRoutes);

function errorText(body: ErrorBody): string {
  return JSON.stringify({ error: body }, null, 2);
}

const BROKEN: ErrorBody = { type: 'api_error', message: 'An unknown error occurred (sandbox fault).' };

function checkKey(app: App, request: ApiRequest): void {
  const key = tokenOf(request.header('authorization'));
  if (key !== undefined && sameSecret(key, app.settings.secretKey)) return;
  const message =
    key === undefined
      ? "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
      : `Invalid API Key provided: ${key.slice(0, 8)}${'*'.repeat(8)}${key.slice(-4)}`;
  throw new ApiError(401, { type: 'invalid_request_error', message });
}

function checkVersion(request: ApiRequest): void {
  const version = request.header('stripe-version');
  if (version !== undefined && version !== API_VERSION) {
    throw invalid(`Invalid Stripe API version: ${version}. This sandbox speaks ${API_VERSION} only.`);
  }
}

function accountOf(app: App, request: ApiRequest): string {
  const id = request.header('stripe-account');
  if (id === undefined || id === PLATFORM_ACCOUNT) return PLATFORM_ACCOUNT;
  if (app.store.find('account', id)) return id;
  throw new ApiError(403, {
    type: 'invalid_request_error',
    code: 'account_invalid',
    message: `The provided key does not have access to account '${id}' (or that account does not exist).`,
  });
}

function paramsOf(request: ApiRequest): RawMap {
  const params = decodeForm(request.query);
  if (request.method !== 'POST' || request.body === '') return params;
  const type = request.header('content-type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) {
    throw invalid(`Unsupported content type: ${type}. Send application/x-www-form-urlencoded.`);
  }
  return decodeForm(request.body, params);
}

const expandParam = list(text());

interface Prepared {
  match: Match;
  execute: Execute;
  paths: string[];
  keyed: Keyed | undefined;
  call: Call;
  requestId: string;
}

function prepare(app: App, request: ApiRequest, requestId: string): Prepared {
  checkKey(app, request);
  checkVersion(request);
  const account = accountOf(app, request);
  const match = findRoute(request.method, request.path);
  if (!match) {
    throw invalid(
      `Unrecognized request URL (${request.method}: ${request.path}). The sandbox serves only what the platform needs.`,
    );
  }
  const { expand: paths, ...params } = paramsOf(request);
  const execute = match.route.prepare(params);
  const key = request.method === 'POST' ? request.header('idempotency-key') : undefined;
  const keyed =
    key === undefined
      ? undefined
      : keyedRequest(account, key, request.method, request.path, {
          ...params,
          ...(paths === undefined ? {} : { expand: paths }),
        });
  return {
    match,
    execute,
    paths: paths === undefined ? [] : expandParam(paths, 'expand'),
    keyed,
    call: callOf(app, account, { id: requestId, idempotency_key: key ?? null }),
    requestId,
  };
}

interface Result {
  status: number;
  body: string;
}

function perform(prepared: Prepared): Result {
  const { call, execute, match, paths } = prepared;
  const answer = execute(call, match.id, match.subId);
  if (answer instanceof ApiError) return { status: answer.status, body: errorText(answer.body) };
  return { status: 200, body: JSON.stringify(expand(call, answer, paths), null, 2) };
}

/** Does the work and remembers its answer in one transaction; a thrown refusal undoes the work but is remembered too. */
function performOnce(app: App, prepared: Prepared, fault: CallFault | undefined): Result {
  const { keyed, requestId } = prepared;
  const broken = fault?.kind === 'error_after_success';
  const shown = (result: Result): Result =>
    broken && result.status < 400 ? { status: 500, body: errorText(BROKEN) } : result;
  const keep = (result: Result): Result => {
    if (keyed) remember(app, keyed, result.status, result.body, requestId);
    return result;
  };
  try {
    return app.store.db.transaction(() => keep(shown(perform(prepared))));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return keep({ status: error.status, body: errorText(error.body) });
  }
}

function headersFor(requestId: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'Request-Id': requestId,
    'Stripe-Version': API_VERSION,
    'Cache-Control': 'no-cache, no-store',
    ...more,
  };
}

function keyHeaders(keyed: Keyed | undefined): Record<string, string> {
  return keyed ? { 'Idempotency-Key': keyed.key } : {};
}

function execute(app: App, request: ApiRequest, requestId: string): ApiReply {
  const prepared = prepare(app, request, requestId);
  const { keyed } = prepared;
  const earlier = keyed && replay(app, keyed);
  if (earlier) {
    const marks = {
      'Idempotent-Replayed': 'true',
      'Original-Request': earlier.originalRequest,
      'Stripe-Should-Retry': 'false',
    };
    return {
      status: earlier.status,
      headers: headersFor(requestId, { ...keyHeaders(keyed), ...marks }),
      body: earlier.body,
    };
  }
  const fault = takeCallFault(app.store, request.method, request.path);
  if (fault?.kind === 'error_before') {
    return {
      status: fault.status,
      headers: headersFor(requestId, { 'Stripe-Should-Retry': 'false' }),
      body: errorText(BROKEN),
    };
  }
  const result = performOnce(app, prepared, fault);
  app.poke();
  return {
    ...result,
    headers: headersFor(requestId, {
      ...keyHeaders(keyed),
      ...(result.status >= 500 ? { 'Stripe-Should-Retry': 'false' } : {}),
    }),
    ...(fault?.kind === 'cut_after_success' ? { cut: true } : {}),
    ...(fault?.kind === 'slow' ? { delayMs: fault.ms } : {}),
  };
}

/** Answers one request to /v1. Due work is done first, so that an answer is never older than the clock. */
export function answerApi(app: App, request: ApiRequest): ApiReply {
  const requestId = newId('req', 14);
  try {
    runDue(app);
    return execute(app, request, requestId);
  } catch (error) {
    if (error instanceof ApiError)
      return { status: error.status, headers: headersFor(requestId), body: errorText(error.body) };
    app.settings.log({
      msg: 'sandbox failed',
      requestId,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    return {
      status: 500,
      headers: headersFor(requestId),
      body: errorText({ type: 'api_error', message: 'The sandbox has failed; see its log.' }),
    };
  }
}
