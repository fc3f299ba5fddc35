import { statement } from '../../platform/db/statement.ts';

export interface PostedRow {
  journal_id: string;
  replayed: boolean;
}

type Texts = readonly (string | null)[];

/** Region, actor, journal id, key, event, order, time, reason; then the columns of the legs. */
type PostParams = [
  ...[string, string, string, string, string, string | null, Date, string | null],
  ...[Texts, Texts, readonly (bigint | null)[], Texts, Texts, Texts, Texts, Texts, readonly (Date | null)[]],
];

export const postJournal = statement<PostedRow, PostParams>(
  'ledger.post',
  `select o_journal_id as journal_id, o_replayed as replayed from ledger_post($1, $2, $3::uuid, $4, $5, $6::uuid,
     $7::timestamptz, $8, null, $9::text[], $10::text[], $11::bigint[], $12::text[], $13::text[], $14::text[],
     $15::text[], $16::uuid[], $17::timestamptz[])`,
);

/** Region, actor, journal id, key, event, order, time, reason, currency, amount; codes and owners of debit and credit. */
type PostOneParams = [
  ...[string, string, string, string, string, string | null, Date, string | null],
  ...[string, bigint, string, string, string, string],
];

/** The same for one transfer that moves now, which is what most postings are: it takes three quarters of the time. */
export const postTransfer = statement<PostedRow, PostOneParams>(
  'ledger.postOne',
  `select o_journal_id as journal_id, o_replayed as replayed from ledger_post_one($1, $2, $3::uuid, $4, $5, $6::uuid,
     $7::timestamptz, $8, $9, $10, $11, $12, $13, $14)`,
);

export interface OutcomeRow {
  journal_id: string | null;
  replayed: boolean;
  refusal: string | null;
  data: Record<string, unknown> | null;
}

/** Region, actor; then the columns of the postings and those of all their legs. */
type BatchParams = [
  ...[string, string, Texts, Texts, Texts, Texts, readonly Date[], Texts, readonly number[], readonly number[]],
  ...[Texts, Texts, readonly (bigint | null)[], Texts, Texts, Texts, Texts, Texts, readonly (Date | null)[]],
];

export const postJournals = statement<OutcomeRow, BatchParams>(
  'ledger.postBatch',
  `select o_journal_id as journal_id, o_replayed as replayed, o_refusal as refusal, o_data as data
   from ledger_post_batch($1, $2, $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::timestamptz[], $8::text[],
     $9::int[], $10::int[], $11::text[], $12::text[], $13::bigint[], $14::text[], $15::text[], $16::text[],
     $17::text[], $18::uuid[], $19::timestamptz[])
   order by o_n`,
);

/** Region, actor, journal id, key, journal to reverse, time, reason. */
export const reverseJournal = statement<PostedRow, [string, string, string, string, string, Date, string]>(
  'ledger.reverse',
  `select o_journal_id as journal_id, o_replayed as replayed
   from ledger_reverse($1, $2, $3::uuid, $4, $5::uuid, $6::timestamptz, $7)`,
);

/** Region, currency, codes, owners. */
export const lockAccounts = statement<never, [string, string, readonly string[], readonly string[]]>(
  'ledger.lock',
  'select ledger_lock($1, $2, $3::text[], $4::text[])',
);

export interface BalanceRow {
  n: number;
  debits_posted: bigint;
  credits_posted: bigint;
  debits_pending: bigint;
  credits_pending: bigint;
}

/** Exact at any moment: a recording account is its snapshot and what has been posted since it was folded. */
export const readBalances = statement<BalanceRow, [string, string, readonly string[], readonly string[]]>(
  'ledger.balances',
  `select r.n::int as n, b.debits_posted, b.credits_posted, b.debits_pending, b.credits_pending
   from unnest($3::text[], $4::text[]) with ordinality r (code, owner_id, n)
   join ledger_account a on a.code = r.code and a.owner_id = r.owner_id and a.currency = $2 and a.region_id = $1
   cross join lateral ledger_counters($1, a.id, a.mode) b`,
);

export interface AccountRow {
  id: bigint;
  code: string;
  owner_type: string;
  owner_id: string;
  currency: string;
  opened_at: Date;
}

export const accountsOfOwner = statement<AccountRow, [string, string, string]>(
  'ledger.accountsOf',
  `select id, code, owner_type, owner_id, currency::text as currency, opened_at from ledger_account
   where region_id = $1 and owner_type = $2 and owner_id = $3 order by code, currency`,
);

export interface JournalRow {
  id: string;
  event_type: string;
  order_id: string | null;
  effective_at: Date;
  created_at: Date;
  actor: string;
  reason: string | null;
  reversed_by: string | null;
  transfers: TransferJson[];
}

export interface TransferJson {
  kind: 'posted' | 'pending' | 'post' | 'void';
  currency: string;
  amount: string;
  debit: [code: string, ownerType: string, ownerId: string];
  credit: [code: string, ownerType: string, ownerId: string];
}

const journalColumns = `j.id, j.event_type, j.order_id, j.effective_at, j.created_at, j.actor, j.reason,
  (select r.reversed_by from ledger_reversal r where r.journal_id = j.id and r.region_id = j.region_id) as reversed_by,
  (select jsonb_agg(jsonb_build_object('kind', t.kind, 'currency', t.currency, 'amount', t.amount_minor::text,
     'debit', jsonb_build_array(d.code, d.owner_type, d.owner_id),
     'credit', jsonb_build_array(c.code, c.owner_type, c.owner_id)) order by t.seq)
   from ledger_transfer t
   join ledger_account d on d.id = t.debit_id and d.region_id = t.region_id
   join ledger_account c on c.id = t.credit_id and c.region_id = t.region_id
   where t.journal_id = j.id and t.region_id = j.region_id) as transfers`;

export const journalsOfOrder = statement<JournalRow, [string, string]>(
  'ledger.journalsOfOrder',
  `select ${journalColumns} from ledger_journal j where j.order_id = $2::uuid and j.region_id = $1 order by j.id`,
);

export const journalsByIds = statement<JournalRow, [string, readonly string[]]>(
  'ledger.journalsByIds',
  `select ${journalColumns} from ledger_journal j where j.id = any ($2::uuid[]) and j.region_id = $1 order by j.id`,
);

export const journalByKey = statement<JournalRow, [string, string]>(
  'ledger.journalByKey',
  `select ${journalColumns} from ledger_journal j where j.idem_key = $2 and j.region_id = $1`,
);

export interface EntryRow {
  version: bigint;
  amount_minor: bigint;
  balance_after_minor: bigint;
  journal_id: string;
  seq: number;
  event_type: string;
  effective_at: Date;
}

/** Region, code, owner, currency, below which version, how many. */
export const entriesOfAccount = statement<EntryRow, [string, string, string, string, bigint, number]>(
  'ledger.entries',
  `select e.account_version as version, e.amount_minor, e.balance_after_minor, e.journal_id, e.seq, j.event_type,
     j.effective_at
   from ledger_account a
   join ledger_entry e on e.account_id = a.id and e.region_id = a.region_id and e.account_version < $5
   join ledger_journal j on j.id = e.journal_id and j.region_id = e.region_id
   where a.region_id = $1 and a.code = $2 and a.owner_id = $3 and a.currency = $4
   order by e.account_version desc limit $6`,
);
