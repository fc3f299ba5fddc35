import { statement } from '../../../platform/db/statement.ts';

export type Endpoint = 'platform' | 'connect';
export type WebhookState = 'received' | 'done' | 'ignored' | 'superseded' | 'deferred' | 'dead';

export interface WebhookRow {
  id: string;
  region_id: string;
  endpoint: Endpoint;
  event_id: string;
  type: string;
  object_id: string | null;
  account_id: string | null;
  state: WebhookState;
  attempts: number;
  error: string | null;
  received_at: Date;
  /** Of real time, since its receipt. */
  age_seconds: number;
}

const columns = `id, region_id, endpoint, event_id, type, object_id, account_id, state, attempts, error, received_at,
  extract(epoch from clock_timestamp() - received_at)::int as age_seconds`;

/** Stores a message once; a repetition finds it there and writes nothing. */
export const insertWebhook = statement<
  { id: string },
  [string, string, Endpoint, string, string, string | null, string | null, Buffer, string]
>(
  'payments.insertWebhook',
  `insert into webhook_event (id, region_id, endpoint, event_id, type, object_id, account_id, raw, signature, verified,
     received_at, state)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, true, clock_timestamp(), 'received')
   on conflict (endpoint, event_id) do nothing returning id`,
);

export const webhookById = statement<WebhookRow, [string]>(
  'payments.webhookById',
  `select ${columns} from webhook_event where id = $1`,
);

export const lockWebhook = statement<WebhookRow, [string]>(
  'payments.lockWebhook',
  `select ${columns} from webhook_event where id = $1 for no key update`,
);

export const settleWebhook = statement<never, [string, WebhookState]>(
  'payments.settleWebhook',
  `update webhook_event set state = $2, attempts = attempts + 1, error = null, next_at = null,
     settled_at = clock_timestamp()
   where id = $1`,
);

export const postponeWebhook = statement<never, [string, 'deferred' | 'dead', string, number]>(
  'payments.postponeWebhook',
  `update webhook_event set state = $2, attempts = attempts + 1, error = $3,
     next_at = clock_timestamp() + make_interval(secs => $4)
   where id = $1 and state in ('received', 'deferred')`,
);

export const reviveWebhook = statement<WebhookRow, [string, string]>(
  'payments.reviveWebhook',
  `update webhook_event set state = 'received', next_at = null, received_at = clock_timestamp()
   where region_id = $1 and id = $2 and state = 'dead' returning ${columns}`,
);

/** Messages whose task is lost: received a minute ago or due again, in any region. */
export const idleWebhooks = statement<{ id: string; region_id: string }>(
  'payments.idleWebhooks',
  `select id, region_id from webhook_event
   where state in ('received', 'deferred')
     and coalesce(next_at, received_at) < clock_timestamp() - interval '60 seconds'
   order by received_at limit 500`,
);

export const webhookPage = statement<WebhookRow, [string, string | null, string | null, number]>(
  'payments.webhookPage',
  `select ${columns} from webhook_event
   where region_id = $1 and ($2::text is null or state = $2) and ($3::uuid is null or id < $3) order by id desc limit $4`,
);
