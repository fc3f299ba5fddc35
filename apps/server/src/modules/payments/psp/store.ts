import { statement } from '../../../platform/db/statement.ts';
import type { JsonObject } from '../../../platform/json.ts';

export type CallKind =
  | 'customer'
  | 'checkout'
  | 'expire_checkout'
  | 'charge'
  | 'capture'
  | 'cancel'
  | 'refund'
  | 'account'
  | 'transfer'
  | 'payout'
  | 'reversal';

export interface CallRow {
  id: string;
  region_id: string;
  kind: CallKind;
  dedupe_key: string;
  subject_id: string;
  params: JsonObject;
  state: 'intended' | 'done' | 'unknown' | 'failed';
  attempts: number;
  generation: number;
  object_id: string | null;
  error: string | null;
  error_code: string | null;
  business_at: Date;
  intended_at: Date;
  /** Intended more than a minute ago: whoever should have called may have died after calling. */
  stale: boolean;
}

export const callColumns = `id, region_id, kind, dedupe_key, subject_id, params, state, attempts, generation, object_id, error, error_code,
  business_at, intended_at, intended_at < clock_timestamp() - interval '60 seconds' as stale`;

export const insertCall = statement<{ id: string }, [string, string, CallKind, string, string, string, Date]>(
  'payments.insertCall',
  `insert into psp_call (id, region_id, kind, dedupe_key, subject_id, params, state, business_at)
   values ($1, $2, $3, $4, $5, $6, 'intended', $7)
   on conflict (dedupe_key) do nothing returning id`,
);

export const callById = statement<CallRow, [string]>(
  'payments.callById',
  `select ${callColumns} from psp_call where id = $1`,
);

export const callByKey = statement<CallRow, [string]>(
  'payments.callByKey',
  `select ${callColumns} from psp_call where dedupe_key = $1`,
);

/** One caller at a time; one that dies is succeeded after its lock, which outlasts the time limit of a call. */
export const claimCall = statement<CallRow, [string]>(
  'payments.claimCall',
  `update psp_call set attempts = attempts + 1, called_at = clock_timestamp(),
     locked_until = clock_timestamp() + interval '30 seconds'
   where id = $1 and state in ('intended', 'unknown') and (locked_until is null or locked_until < clock_timestamp())
   returning ${callColumns}`,
);

/** Once: whoever comes second writes nothing. */
export const settleCall = statement<never, [string, 'done' | 'failed', string | null, string | null, string | null]>(
  'payments.settleCall',
  `update psp_call set state = $2, object_id = $3, error_code = $4, error = $5, locked_until = null,
     settled_at = clock_timestamp()
   where id = $1 and state in ('intended', 'unknown')`,
);

export const loseCall = statement<never, [string, string, number]>(
  'payments.loseCall',
  `update psp_call set state = 'unknown', error = $2, generation = $3, locked_until = null
   where id = $1 and state in ('intended', 'unknown')`,
);

/** Calls that nobody has answered for a minute, in any region. */
export const staleCalls = statement<{ id: string; region_id: string }>(
  'payments.staleCalls',
  `select id, region_id from psp_call
   where state in ('intended', 'unknown') and intended_at < clock_timestamp() - interval '60 seconds'
     and (locked_until is null or locked_until < clock_timestamp())
     and (called_at is null or called_at < clock_timestamp() - interval '30 seconds')
   order by intended_at limit 500`,
);

export const openCallOf = statement<{ id: string }, [string, CallKind]>(
  'payments.openCallOf',
  `select id from psp_call where subject_id = $1 and kind = $2 and state in ('intended', 'unknown') limit 1`,
);
