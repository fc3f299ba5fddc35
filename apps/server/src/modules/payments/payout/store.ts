import type { PayoutMove, PayoutState } from '@plumbline/domain/payout';
import type { Ctx } from '../../../platform/ctx.ts';
import { query, statement } from '../../../platform/db/statement.ts';
import type { PayoutRow } from '../tables.ts';

export const payoutColumns = `id, region_id, batch_id, organisation_id, reference, state, version, amount_minor, currency, psp_account_id,
  pending_id, transfer_id, reversal_id, psp_payout_id, paid_journal, failure, arrives_at, created_at, settled_at,
  approved_by, retry_of`;

export const insertApproval = statement<never, [string, string, string, Date]>(
  'payments.insertApproval',
  `insert into release_approval (order_id, person_id, region_id, at) values ($1, $2, $3, $4) on conflict do nothing`,
);

export const countApprovals = statement<{ people: number }, [string]>(
  'payments.countApprovals',
  'select count(*)::int as people from release_approval where order_id = $1',
);

export const insertBatch = statement<never, [string, string, string, Date, number, string]>(
  'payments.insertBatch',
  `insert into payout_batch (id, region_id, currency, cut_off, numbers_version, started_by, created_at)
   values ($1, $2, $3, $4, $5, $6, $4)`,
);

export const insertPayout = statement<
  { id: string },
  [string, string, string, string, string, bigint, string, string, string, Date, string | null]
>(
  'payments.insertPayout',
  `insert into payout (id, region_id, batch_id, organisation_id, reference, state, version, amount_minor, currency,
     psp_account_id, pending_id, created_at, retry_of)
   values ($1, $2, $3, $4, $5, 'draft', 0, $6, $7, $8, $9, $10, $11)
   on conflict (region_id, reference) do nothing returning id`,
);

export const payoutById = statement<PayoutRow, [string]>(
  'payments.payoutById',
  `select ${payoutColumns} from payout where id = $1`,
);

export const lockPayout = statement<PayoutRow, [string]>(
  'payments.lockPayout',
  `select ${payoutColumns} from payout where id = $1 for no key update`,
);

export const payoutOfPsp = statement<{ id: string }, [string]>(
  'payments.payoutOfPsp',
  'select id from payout where psp_payout_id = $1',
);

export const batchStarter = statement<{ started_by: string }, [string]>(
  'payments.batchStarter',
  'select started_by from payout_batch where id = $1',
);

export const retryOf = statement<{ id: string }, [string]>(
  'payments.retryOf',
  'select id from payout where retry_of = $1',
);

export type PayoutPatch = Partial<
  Pick<
    PayoutRow,
    | 'transfer_id'
    | 'reversal_id'
    | 'psp_payout_id'
    | 'paid_journal'
    | 'failure'
    | 'arrives_at'
    | 'settled_at'
    | 'approved_by'
  >
>;

export interface Move {
  move: PayoutMove;
  to: PayoutState;
  at: Date;
  actorKind: string;
  actorId: string | null;
  note: string;
}

const assignments = (patch: PayoutPatch, first: number): string[] =>
  Object.keys(patch).map((column, index) => `${column} = $${first + index}`);

/** As for orders: one statement, a foreign key against moves that do not exist. */
export function movePayout(ctx: Ctx, payout: PayoutRow, move: Move, patch: PayoutPatch): Promise<PayoutRow[]> {
  const sets = ['state = $3', 'version = version + 1', ...assignments(patch, 10)].join(', ');
  return query<PayoutRow>(
    ctx,
    `with moved as (
       update payout set ${sets} where id = $1 and version = $2 returning ${payoutColumns}
     ), logged as (
       insert into payout_event (payout_id, seq, region_id, from_state, move, to_state, at, actor_kind, actor_id, note)
       select id, version, region_id, $9, $4, $3, $5, $6, $7, $8::jsonb from moved
     )
     select * from moved`,
    [
      payout.id,
      payout.version,
      move.to,
      move.move,
      move.at,
      move.actorKind,
      move.actorId,
      move.note,
      payout.state,
      ...Object.values(patch),
    ],
  );
}

export async function amendPayout(ctx: Ctx, payoutId: string, patch: PayoutPatch): Promise<void> {
  await query(ctx, `update payout set ${assignments(patch, 2).join(', ')} where id = $1`, [
    payoutId,
    ...Object.values(patch),
  ]);
}

/** Payouts that should have arrived by this business time and of which nothing was heard, in any region. */
export const overduePayouts = statement<
  { id: string; region_id: string; psp_payout_id: string; psp_account_id: string },
  [Date]
>(
  'payments.overduePayouts',
  `select id, region_id, psp_payout_id, psp_account_id from payout
   where state in ('submitted', 'in_transit', 'unknown') and psp_payout_id is not null and arrives_at < $1
   order by id limit 200`,
);
