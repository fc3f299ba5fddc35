import { describe, expect, it } from 'vitest';
import {
  bookingActs,
  bookingKinds,
  bookingMoves,
  bookingParties,
  bookingStates,
  endedStates,
  holdsCalendar,
  isActOf,
  isUnattended,
  isEnded,
  mayMove,
  mayPropose,
  next,
  nextActor,
  showsAddress,
} from './booking.ts';

describe('the moves of a booking', () => {
  it('has each pair of state and act once at the most', () => {
    const keys = bookingMoves.map((one) => `${one.from}/${one.act}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('answers every cell of state × act × side from the table alone', () => {
    for (const from of bookingStates) {
      for (const act of bookingActs) {
        const row = bookingMoves.find((one) => one.from === from && one.act === act);
        expect(next(from, act)).toBe(row?.to);
        for (const party of bookingParties) expect(mayMove(from, act, party)).toBe(row?.who.includes(party) ?? false);
      }
    }
  });

  it('reaches every state, and leaves every state that is not an end', () => {
    const reached = new Set(['quote_requested', 'awaiting_payment', ...bookingMoves.map((one) => one.to)]);
    expect(bookingStates.filter((state) => !reached.has(state))).toEqual([]);
    const left = new Set(bookingMoves.map((one) => one.from));
    expect(bookingStates.filter((state) => !isEnded(state) && !left.has(state))).toEqual([]);
  });

  it('moves from an end only when a late payment revives an expired booking', () => {
    const fromEnds = bookingMoves.filter((one) => (endedStates as readonly string[]).includes(one.from));
    expect(fromEnds).toEqual([{ from: 'expired', act: 'pay', to: 'requested', who: ['system'] }]);
  });

  it('keeps money acts with those whose money it is', () => {
    expect(isActOf('accept', 'provider')).toBe(false);
    expect(isActOf('accept', 'lead')).toBe(false);
    expect(isActOf('confirm', 'customer')).toBe(false);
    expect(isActOf('resolve_full', 'customer')).toBe(false);
    expect(isActOf('resolve_full', 'provider')).toBe(false);
    expect(mayMove('in_progress', 'cancel', 'customer')).toBe(false);
  });

  it('shows the address only from the confirmation on and never after a refusal', () => {
    expect(bookingStates.filter(showsAddress)).toEqual([
      'confirmed',
      'in_progress',
      'completed',
      'problem',
      'accepted',
    ]);
  });
});

describe('a booking that nobody says anything about', () => {
  const end = new Date('2026-03-02T10:00:00Z');
  const after = (hours: number, seconds = 0) => new Date(end.getTime() + (hours * 3600 + seconds) * 1000);

  it.each([
    ['at its end', after(0), false],
    ['a second before the two days are over', after(48, -1), false],
    ['after two days', after(48), true],
    ['after a hundred days', after(2400), true],
  ])('%s', (_when, now, is) => {
    for (const state of ['confirmed', 'in_progress'] as const) expect(isUnattended(state, end, now)).toBe(is);
  });

  it('is one that is confirmed or begun, and no other', () => {
    expect(bookingStates.filter((state) => isUnattended(state, end, after(2400)))).toEqual([
      'confirmed',
      'in_progress',
    ]);
    expect(mayMove('confirmed', 'report_problem', 'customer')).toBe(false);
  });
});

describe('whose turn it is', () => {
  it('names somebody for every state that is not an end', () => {
    for (const kind of bookingKinds) {
      for (const state of bookingStates) {
        expect(nextActor({ state, kind }) === undefined, `${kind} ${state}`).toBe(isEnded(state));
      }
    }
  });

  it('is the other side’s turn when somebody proposed another time', () => {
    expect(nextActor({ state: 'confirmed', kind: 'scheduled', timeProposedBy: 'customer' })).toEqual({
      who: 'provider',
      act: 'answer_time',
    });
    expect(nextActor({ state: 'requested', kind: 'scheduled', timeProposedBy: 'provider' })).toEqual({
      who: 'customer',
      act: 'answer_time',
    });
    expect(nextActor({ state: 'completed', kind: 'scheduled', timeProposedBy: 'provider' })).toEqual({
      who: 'customer',
      act: 'accept',
    });
  });

  it('asks for the payment again before anything else of a confirmed booking', () => {
    expect(nextActor({ state: 'confirmed', kind: 'scheduled', payAgain: true, assignmentOpen: true })?.act).toBe(
      'pay_again',
    );
    expect(nextActor({ state: 'confirmed', kind: 'scheduled', assignmentOpen: true })?.act).toBe('accept_assignment');
    expect(nextActor({ state: 'requested', kind: 'on_demand' })?.act).toBe('accept_offer');
  });

  it('lets a time be proposed only where it can be agreed', () => {
    expect(mayPropose('requested', 'on_demand')).toBe(false);
    expect(bookingStates.filter((state) => mayPropose(state, 'scheduled'))).toEqual(['requested', 'confirmed']);
    expect(bookingStates.filter(holdsCalendar)).toContain('in_progress');
  });
});
