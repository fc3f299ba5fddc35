import type { StoredVerificationState, VerificationKind } from '@plumbline/domain/verification';
import { statement } from '../../platform/db/statement.ts';

export interface VerificationRow {
  id: string;
  region_id: string;
  organisation_id: string;
  kind: VerificationKind;
  state: StoredVerificationState;
  file_id: string;
  document_name: string;
  document_type: string;
  reference: string | null;
  expires_on: string | null;
  submitted_at: Date;
  reason: string | null;
}

const columns = `id, region_id, organisation_id, kind, state, file_id, document_name, document_type, reference,
  expires_on, submitted_at, reason`;

export const currentOf = statement<VerificationRow, [string[]]>(
  'trust.currentOf',
  `select ${columns} from verification where organisation_id = any($1::uuid[]) and superseded_at is null`,
);

export const lockById = statement<VerificationRow, [string, string]>(
  'trust.lockById',
  `select ${columns} from verification where region_id = $1 and id = $2 and superseded_at is null
   for no key update`,
);

export const byId = statement<VerificationRow, [string, string]>(
  'trust.byId',
  `select ${columns} from verification where region_id = $1 and id = $2`,
);

/** Replaces the papers of a kind that are approved, or those that are not. */
export const supersede = statement<never, [string, string, string, boolean, Date]>(
  'trust.supersede',
  `update verification set superseded_at = $5
   where region_id = $1 and organisation_id = $2 and kind = $3 and (state = 'approved') = $4 and superseded_at is null`,
);

export const insert = statement<
  never,
  [string, string, string, string, string, string, string, string | null, string | null, string, Date]
>(
  'trust.insert',
  `insert into verification (id, region_id, organisation_id, kind, state, file_id, document_name, document_type,
     reference, expires_on, submitted_by, submitted_at)
   values ($1, $2, $3, $4, 'submitted', $5, $6, $7, $8, $9, $10, $11)`,
);

export const decide = statement<never, [string, string, StoredVerificationState, string | null, string | null, Date]>(
  'trust.decide',
  `update verification set state = $3, reason = $4, reviewed_by = $5, reviewed_at = $6
   where region_id = $1 and id = $2`,
);

/** The reviewers' queue after a cursor, oldest first. */
export const queue = statement<
  VerificationRow,
  [string, StoredVerificationState[], Date | null, string | null, number]
>(
  'trust.queue',
  `select ${columns} from verification
   where region_id = $1 and state = any($2) and superseded_at is null
     and ($3::timestamptz is null or (submitted_at, id) > ($3, $4::uuid))
   order by submitted_at, id limit $5`,
);

export const openCount = statement<{ open: number }, [string]>(
  'trust.openCount',
  `select count(*)::int as open from verification
   where region_id = $1 and state in ('submitted', 'in_review') and superseded_at is null`,
);
