import type { ProposalState } from '@plumbline/domain/booking';
import { statement } from '../../../platform/db/statement.ts';
import type { ProposalRow } from '../tables.ts';

const columns = 'id, booking_id, by_side, start_at, end_at, note, state, created_at';

/** Nothing is written when another proposal waits for its answer. */
export const insert = statement<
  { id: string },
  [string, string, string, 'customer' | 'provider', Date, Date, string | null, Date]
>(
  'booking.insertProposal',
  `insert into time_proposal (id, region_id, booking_id, by_side, start_at, end_at, note, state, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, 'open', $8)
   on conflict (region_id, booking_id) where state = 'open' do nothing returning id`,
);

export const byId = statement<ProposalRow, [string, string, string]>(
  'booking.proposalById',
  `select ${columns} from time_proposal where region_id = $1 and booking_id = $2 and id = $3`,
);

export const close = statement<never, [string, string, ProposalState, Date]>(
  'booking.closeProposal',
  `update time_proposal set state = $3, answered_at = $4 where region_id = $1 and id = $2`,
);

/** Proposals that nobody can agree to any more: the booking went on, or the time has come. */
export const lapse = statement<never, [string, string, Date, Date]>(
  'booking.lapseProposals',
  `update time_proposal set state = 'lapsed', answered_at = $4
   where region_id = $1 and booking_id = $2 and state = 'open' and start_at <= $3`,
);
