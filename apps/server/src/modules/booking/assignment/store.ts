import type { AssignmentState } from '@plumbline/domain/booking';
import { statement } from '../../../platform/db/statement.ts';
import type { AssignmentRow } from '../tables.ts';

const columns = 'id, booking_id, person_id, person_name, resource_id, part, state, reason';

/** Several at once; JSON of rows. */
export const insert = statement<never, [string]>(
  'booking.insertAssignments',
  `insert into booking_assignment (id, region_id, booking_id, person_id, person_name, resource_id, part, state, created_at,
     answered_at)
   select id, region_id, booking_id, person_id, person_name, resource_id, part, state, created_at, answered_at
   from jsonb_populate_recordset(null::booking_assignment, $1::jsonb)`,
);

export const byId = statement<AssignmentRow, [string, string, string]>(
  'booking.assignmentById',
  `select ${columns} from booking_assignment where region_id = $1 and booking_id = $2 and id = $3`,
);

export const answer = statement<never, [string, string, AssignmentState, string | null, Date]>(
  'booking.answerAssignment',
  `update booking_assignment set state = $3, reason = $4, answered_at = $5 where region_id = $1 and id = $2`,
);

/** Takes back what was asked or agreed. */
export const withdrawAll = statement<never, [string, string, Date]>(
  'booking.withdrawAssignments',
  `update booking_assignment set state = 'withdrawn', answered_at = $3
   where region_id = $1 and booking_id = $2 and state in ('offered', 'accepted')`,
);

/** Whoever begins the work has agreed to do it. */
export const acceptLead = statement<never, [string, string, Date]>(
  'booking.acceptLead',
  `update booking_assignment set state = 'accepted', answered_at = $3
   where region_id = $1 and booking_id = $2 and part = 'lead' and state = 'offered'`,
);
