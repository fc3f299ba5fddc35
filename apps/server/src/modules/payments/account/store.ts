import { statement } from '../../../platform/db/statement.ts';
import type { AccountRow } from '../tables.ts';

const columns = `organisation_id, region_id, psp_account_id, details_submitted, payouts_enabled, transfers_active, requirements,
  bank_name, bank_last4, bank_id, method_since, method_failed, frozen_reason`;

export const accountOf = statement<AccountRow, [string, string]>(
  'payments.accountOf',
  `select ${columns} from payment_account where region_id = $1 and organisation_id = $2`,
);

export const lockAccount = statement<AccountRow, [string, string]>(
  'payments.lockAccount',
  `select ${columns} from payment_account where region_id = $1 and organisation_id = $2 for no key update`,
);

export const lockAccountOfPsp = statement<AccountRow, [string]>(
  'payments.lockAccountOfPsp',
  `select ${columns} from payment_account where psp_account_id = $1 for no key update`,
);

export const insertAccount = statement<never, [string, string, Date]>(
  'payments.insertAccount',
  `insert into payment_account (organisation_id, region_id, created_at, changed_at) values ($2, $1, $3, $3)
   on conflict do nothing`,
);

export const accountMade = statement<never, [string, string, string]>(
  'payments.accountMade',
  'update payment_account set psp_account_id = $3 where region_id = $1 and organisation_id = $2 and psp_account_id is null',
);

export const saveAccount = statement<
  never,
  [
    string,
    string,
    boolean,
    boolean,
    boolean,
    string[],
    string | null,
    string | null,
    string | null,
    Date | null,
    boolean,
    Date,
  ]
>(
  'payments.saveAccount',
  `update payment_account set details_submitted = $3, payouts_enabled = $4, transfers_active = $5, requirements = $6,
     bank_name = $7, bank_last4 = $8, bank_id = $9, method_since = $10, method_failed = $11, changed_at = $12
   where region_id = $1 and organisation_id = $2`,
);

export const methodFailed = statement<never, [string, string]>(
  'payments.methodFailed',
  'update payment_account set method_failed = true where region_id = $1 and organisation_id = $2',
);

export const methodTrusted = statement<never, [string, string]>(
  'payments.methodTrusted',
  'update payment_account set method_failed = false where region_id = $1 and organisation_id = $2',
);

/** A demo's account has been there for a while. */
export const ageMethod = statement<never, [string, string, Date]>(
  'payments.ageMethod',
  'update payment_account set method_since = $3 where region_id = $1 and organisation_id = $2 and method_since is not null',
);

export const setFrozen = statement<never, [string, string, string | null]>(
  'payments.setFrozen',
  'update payment_account set frozen_reason = $3 where region_id = $1 and organisation_id = $2',
);

/** Accounts begun within the last days of business time that the PSP has not called complete, in any region. */
export const unfinishedAccounts = statement<{ region_id: string; psp_account_id: string }, [Date]>(
  'payments.unfinishedAccounts',
  `select region_id, psp_account_id from payment_account
   where psp_account_id is not null and not payouts_enabled and changed_at > $1 order by changed_at limit 100`,
);
