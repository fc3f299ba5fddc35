import type { BookingAbility } from '@plumbline/contracts/booking';
import {
  mayMove,
  mayPropose,
  startEarlyMinutes,
  takesPhotos,
  type BookingAct,
  type BookingParty,
} from '@plumbline/domain/booking';
import type { BookingRow } from './tables.ts';

export interface AbilityFacts {
  booking: BookingRow;
  parties: readonly BookingParty[];
  /** Side of the proposal that waits. */
  proposedBy: 'customer' | 'provider' | undefined;
  /** The lead has been asked and has not answered. */
  assignmentOpen: boolean;
  /** The start is long enough ago to say that the other side is not there. */
  absence: boolean;
  now: Date;
}

/** Which buttons the reader has now: the same table and facts by which the acts decide, so that none lies. */
export function abilitiesOf(facts: AbilityFacts): Record<BookingAbility, boolean> {
  const { booking, parties } = facts;
  const may = (act: BookingAct) => parties.some((party) => party !== 'system' && mayMove(booking.state, act, party));
  const is = (...sides: BookingParty[]) => parties.some((party) => sides.includes(party));
  return {
    pay: is('customer') && isPayable(booking),
    cancel: may('cancel'),
    confirm: may('confirm'),
    decline: may('decline'),
    sendQuote: may('send_quote'),
    ...talksOf(facts, is),
    assign: is('provider') && booking.state === 'confirmed',
    answerAssignment: is('lead', 'provider') && booking.state === 'confirmed' && facts.assignmentOpen,
    start: may('start') && booking.held_at !== null && isNear(booking, facts.now),
    complete: may('complete'),
    addPhoto: is('customer', 'provider', 'lead') && takesPhotos(booking.state),
    reportAbsence: may('no_show') && facts.absence,
    accept: may('accept'),
    reportProblem: may('report_problem') && booking.released_at === null,
    resolveProblem: is('admin') && booking.state === 'problem',
  };
}

/** Other times: one proposes, the other answers. */
function talksOf({ booking, proposedBy }: AbilityFacts, is: (...sides: BookingParty[]) => boolean) {
  const talks = is('customer', 'provider') && mayPropose(booking.state, booking.kind);
  const own = proposedBy === (is('customer') ? 'customer' : 'provider');
  return {
    proposeTime: talks && proposedBy === undefined,
    answerTime: talks && proposedBy !== undefined && !own,
    withdrawTime: talks && own,
  };
}

export function isPayable({ state, pay_again_until: again }: BookingRow): boolean {
  return state === 'awaiting_payment' || (state === 'confirmed' && again !== null);
}

function isNear({ start_at: start }: BookingRow, now: Date): boolean {
  return start !== null && now.getTime() >= start.getTime() - startEarlyMinutes * 60_000;
}
