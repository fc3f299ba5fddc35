import type { CurrencyCode } from '@plumbline/money';
import type { Ctx } from '../../../platform/ctx.ts';
import { statement } from '../../../platform/db/statement.ts';
import { newId } from '../../../platform/ids.ts';
import type { EarningRow } from '../tables.ts';

const columns =
  'id, order_id, kind, currency, gross_minor, commission_minor, vat_minor, net_minor, journal_id, at, payout_id';

type New = [string, string, string, string, string, string, bigint, bigint, bigint, bigint, string, Date];

const insert = statement<never, New>(
  'payments.insertEarning',
  `insert into earning (id, region_id, organisation_id, order_id, kind, currency, gross_minor, commission_minor, vat_minor,
     net_minor, journal_id, at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
);

export interface NewEarning {
  regionId: string;
  organisationId: string;
  orderId: string;
  kind: EarningRow['kind'];
  currency: CurrencyCode;
  gross: bigint;
  commission: bigint;
  vat: bigint;
  net: bigint;
  journalId: string;
}

/** One change of what a provider has available, written with the posting that made it. */
export async function insertEarning(ctx: Ctx, e: NewEarning): Promise<void> {
  await insert.run(
    ctx,
    newId(),
    e.regionId,
    e.organisationId,
    e.orderId,
    e.kind,
    e.currency,
    e.gross,
    e.commission,
    e.vat,
    e.net,
    e.journalId,
    ctx.clock.now(),
  );
}

/** The release of an order, locked: whether it is in a payout decides where a late refund comes from. */
export const lockRelease = statement<EarningRow, [string]>(
  'payments.lockRelease',
  `select ${columns} from earning where order_id = $1 and kind = 'release' for no key update`,
);

/** What waits for a payout, locked, oldest first. */
export const lockWaiting = statement<EarningRow, [string, string]>(
  'payments.lockWaiting',
  `select ${columns} from earning where region_id = $1 and organisation_id = $2 and payout_id is null
   order by id for no key update`,
);

export const waitingProviders = statement<{ organisation_id: string }, [string]>(
  'payments.waitingProviders',
  'select distinct organisation_id from earning where region_id = $1 and payout_id is null order by organisation_id',
);

export const waitingSum = statement<{ net: bigint }, [string, string]>(
  'payments.waitingSum',
  `select coalesce(sum(net_minor), 0)::bigint as net from earning
   where region_id = $1 and organisation_id = $2 and payout_id is null`,
);

/** Puts waiting lines into a payout; they stay listed there even if it fails. */
export const takeIntoPayout = statement<never, [string, string[]]>(
  'payments.takeIntoPayout',
  `with taken as (
     update earning set payout_id = $1 where id = any($2::uuid[]) and payout_id is null returning id, region_id
   )
   insert into payout_item (payout_id, earning_id, region_id) select $1, id, region_id from taken`,
);

export const freeFromPayout = statement<never, [string]>(
  'payments.freeFromPayout',
  'update earning set payout_id = null where payout_id = $1',
);

export const itemsOf = statement<EarningRow, [string]>(
  'payments.itemsOf',
  `select ${columns
    .split(', ')
    .map((column) => `e.${column}`)
    .join(', ')}
   from payout_item i join earning e on e.id = i.earning_id where i.payout_id = $1 order by e.id`,
);

export const insertReceivable = statement<never, [string, string, string, string, string, string, bigint, Date]>(
  'payments.insertReceivable',
  `insert into receivable (id, region_id, organisation_id, order_id, refund_id, currency, amount_minor, at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

export interface ReceivableRow {
  id: string;
  order_id: string;
  amount_minor: bigint;
  recovered_minor: bigint;
}

export const lockReceivables = statement<ReceivableRow, [string, string]>(
  'payments.lockReceivables',
  `select id, order_id, amount_minor, recovered_minor from receivable
   where region_id = $1 and organisation_id = $2 and recovered_minor < amount_minor order by id for no key update`,
);

export const recoverReceivable = statement<never, [string, bigint]>(
  'payments.recoverReceivable',
  'update receivable set recovered_minor = recovered_minor + $2 where id = $1',
);
