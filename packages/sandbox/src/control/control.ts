import type { App } from '../app.ts';
import { callOf } from '../app.ts';
import { runDue } from '../due.ts';
import { completeOnboarding } from '../flows/accounts.ts';
import { closeDispute, openDispute } from '../flows/disputes.ts';
import { ApiError, invalid, noSuch } from '../http/errors.ts';
import { createRouter, type Answer, type Route } from '../http/route.ts';
import { sameSecret, tokenOf } from '../http/secrets.ts';
import { onboardingEntry } from '../pages/onboarding.ts';
import { PLATFORM_ACCOUNT } from '../version.ts';
import { isHeld, setHeld } from '../webhooks/deliver.ts';
import { permute, resend, type Delivery } from '../webhooks/queue.ts';
import { activeFaults, addFault, clearFaults } from './faults.ts';
import { bool, readFault, text, type Json } from './read.ts';

type Run = (app: App, body: Json, id: string) => Answer;

function controlRoute(
  method: Route['method'],
  pattern: string,
  run: Run,
): { method: Route['method']; pattern: string; run: Run } {
  return { method, pattern, run };
}

function pendingIds(app: App): number[] {
  return app.store.db
    .all<{ id: number }>("SELECT id FROM delivery WHERE state = 'pending' ORDER BY position")
    .map((row) => row.id);
}

function release(app: App, order: string): Answer {
  const ids = pendingIds(app);
  if (order === 'reversed') permute(app.store, ids.toReversed());
  setHeld(app.store, false);
  return { released: ids.length };
}

function deliveries(app: App, query: Json): Answer {
  const filters: [string, string | undefined][] = [
    ['type', text(query, 'type')],
    ['event_id', text(query, 'event')],
    ['state', text(query, 'state')],
  ];
  const given = filters.filter((pair): pair is [string, string] => pair[1] !== undefined);
  const where = given.length > 0 ? `WHERE ${given.map(([name]) => `${name} = ?`).join(' AND ')}` : '';
  const rows = app.store.db.all<Delivery>(
    `SELECT * FROM delivery ${where} ORDER BY id`,
    ...given.map(([, value]) => value),
  );
  return { held: isHeld(app.store), deliveries: rows };
}

function redeliver(app: App, id: string): Answer {
  const event = app.store.find('event', id)?.object;
  if (!event) throw noSuch('event', id, 'id');
  return { queued: resend(app.store, app.settings.webhooks, event) };
}

function dispute(app: App, body: Json): Answer {
  const id = text(body, 'charge') ?? '';
  const charge = app.store.find('charge', id)?.object;
  if (!charge?.captured) throw noSuch('charge', id, 'charge');
  if (charge.disputed) throw invalid(`Charge ${id} is disputed already.`, { param: 'charge' });
  const reason = text(body, 'reason') ?? 'fraudulent';
  return openDispute(callOf(app, PLATFORM_ACCOUNT), id, {
    inquiry: bool(body, 'inquiry') ?? false,
    networkReasonCode: '10.4',
    reason,
  });
}

function decide(app: App, body: Json, id: string): Answer {
  const found = app.store.find('dispute', id)?.object;
  if (!found) throw noSuch('dispute', id, 'id');
  if (['won', 'lost', 'warning_closed'].includes(found.status))
    throw invalid(`This dispute is ${found.status} already.`);
  return closeDispute(callOf(app, PLATFORM_ACCOUNT), found, text(body, 'outcome') === 'won' ? 'won' : 'lost');
}

/** What a provider would type into the onboarding page, for seeds and tests. */
function onboard(app: App, body: Json, id: string): Answer {
  const account = app.store.find('account', id)?.object;
  if (!account) throw noSuch('account', id, 'id');
  const british = account.country === 'GB';
  const form = {
    account: text(body, 'account_number') ?? (british ? '00012345' : `${account.country ?? 'IE'}29AIBK93115212345678`),
    kind: text(body, 'business_type') ?? account.business_type ?? 'company',
    name: text(body, 'name') ?? account.business_profile?.name ?? 'Test company',
    sortCode: text(body, 'sort_code') ?? '108800',
  };
  return completeOnboarding(callOf(app, PLATFORM_ACCOUNT), id, onboardingEntry(account, form, '127.0.0.1'));
}

function fault(app: App, body: Json): Answer {
  const { rule, times } = readFault(body);
  return { id: addFault(app.store, rule, times), times, ...rule };
}

const ROUTES = [
  controlRoute('POST', '/_sandbox/faults', fault),
  controlRoute('GET', '/_sandbox/faults', (app) => ({ faults: activeFaults(app.store) })),
  controlRoute('DELETE', '/_sandbox/faults', (app) => {
    clearFaults(app.store);
    return { faults: [] };
  }),
  controlRoute('POST', '/_sandbox/hold', (app) => {
    setHeld(app.store, true);
    return { held: true };
  }),
  controlRoute('POST', '/_sandbox/release', (app, body) => release(app, text(body, 'order') ?? 'created')),
  controlRoute('GET', '/_sandbox/deliveries', deliveries),
  controlRoute('POST', '/_sandbox/events/:id/deliveries', (app, _body, id) => redeliver(app, id)),
  controlRoute('POST', '/_sandbox/disputes', dispute),
  controlRoute('POST', '/_sandbox/disputes/:id/decision', decide),
  controlRoute('POST', '/_sandbox/accounts/:id/onboarding', onboard),
];

const find = createRouter(ROUTES.map((one) => ({ ...one, prepare: () => () => ({}) })));

export interface ControlRequest {
  method: string;
  path: string;
  authorization: string | undefined;
  /** The JSON body, or the query of a GET. */
  input: Json;
}

export interface ControlReply {
  status: number;
  body: object;
}

function checkKey(app: App, authorization: string | undefined): void {
  const key = tokenOf(authorization);
  if (key !== undefined && sameSecret(key, app.settings.controlKey)) return;
  throw new ApiError(401, { type: 'invalid_request_error', message: 'The control key is missing or wrong.' });
}

/** These two run outside a transaction: they open their own. */
function whole(app: App, request: ControlRequest): object | undefined {
  if (request.method !== 'POST') return undefined;
  if (request.path === '/_sandbox/tick') return { done: runDue(app) };
  if (request.path !== '/_sandbox/reset') return undefined;
  app.store.clear();
  return { reset: true };
}

function run(app: App, request: ControlRequest): object {
  checkKey(app, request.authorization);
  const match = find(request.method, request.path);
  const route = match && ROUTES.find((one) => one.method === match.route.method && one.pattern === match.route.pattern);
  const answer =
    whole(app, request) ?? (route && app.store.db.transaction(() => route.run(app, request.input, match.id)));
  if (!answer) throw invalid(`Unrecognized control URL (${request.method}: ${request.path}).`);
  return answer;
}

/** Answers /_sandbox: what a test or a demo does to the outside world. */
export function answerControl(app: App, request: ControlRequest): ControlReply {
  if (request.method === 'GET' && request.path === '/_sandbox/health') return { status: 200, body: { status: 'ok' } };
  try {
    const body = run(app, request);
    app.poke();
    return { status: 200, body };
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: { error: error.body } };
    throw error;
  }
}
