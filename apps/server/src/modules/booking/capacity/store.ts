import { statement } from '../../../platform/db/statement.ts';

/** Whoever counts and then takes waits here for others who do the same, until the end of the transaction. */
export const takeTurn = statement<never, [string]>(
  'booking.capacityTurn',
  'select pg_advisory_xact_lock(hashtextextended($1, 12))',
);

/** When the work of a company, or of one of its services, begins in a zone; what came to nothing does not count. */
export const startsIn = statement<
  { start_at: Date },
  [string, string, string | null, string, Date, Date, string | null]
>(
  'booking.startsIn',
  `select start_at from booking
   where region_id = $1 and organisation_id = $2 and ($3::uuid is null or service_id = $3) and zone_id = $4
     and start_at >= $5 and start_at < $6 and state not in ('declined', 'cancelled', 'expired', 'no_show')
     and ($7::uuid is null or id <> $7)`,
);
