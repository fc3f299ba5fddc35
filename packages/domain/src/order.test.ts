import { describe, expect, it } from 'vitest';
import {
  destinations,
  expectedFacts,
  mayMove,
  orderMoves,
  orderStates,
  orderTransitions,
  terminalStates,
} from './order.ts';

/** States of a dispute with the card’s bank: named, so that no other word is used; nothing leads there yet. */
const cardDisputeStates = ['disputed_card', 'charged_back', 'written_off'];

describe('the moves of an order', () => {
  it('reach every state from a draft', () => {
    const reached = new Set<string>(['draft']);
    for (let before = -1; before < reached.size;) {
      before = reached.size;
      for (const row of orderTransitions) if (reached.has(row.from)) reached.add(row.to);
    }
    expect(orderStates.filter((state) => !reached.has(state))).toEqual(cardDisputeStates);
  });

  it('are all used, and no row is written twice', () => {
    expect(orderMoves.filter((move) => !orderTransitions.some((row) => row.move === move))).toEqual([]);
    const keys = orderTransitions.map((row) => `${row.from} ${row.move} ${row.to}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('lead out of every state that is not an end', () => {
    const isOver = (state: string) => [...terminalStates, ...cardDisputeStates].some((end) => end === state);
    const stuck = orderStates.filter(
      (state) => !isOver(state) && !orderTransitions.some((row) => row.from === state && row.to !== state),
    );
    expect(stuck).toEqual([]);
  });

  it('never release before acceptance, never pay twice', () => {
    expect(mayMove('held', 'release')).toBe(false);
    expect(mayMove('delivered', 'release')).toBe(false);
    expect(mayMove('disputed_internal', 'release')).toBe(false);
    expect(mayMove('closed', 'pay_out')).toBe(false);
    expect(mayMove('cancelled', 'authorise')).toBe(false);
  });

  it('lead from a frozen order back to where it was frozen', () => {
    expect(destinations('disputed_internal', 'unfreeze')).toEqual([
      'held',
      'in_service',
      'delivered',
      'release_pending',
    ]);
  });
});

describe('what the ledger must say', () => {
  const money = {
    authorised: 12_000n,
    captured: 12_000n,
    refunded: 2_000n,
    refundsOpen: 500n,
    accepted: 0n,
    frozenAfterAcceptance: false,
  };

  it('holds in escrow what was captured and not given back', () => {
    expect(expectedFacts('held', money)).toEqual({ escrow: 10_000n, escrowPending: 0n, refundPayable: 500n });
    expect(expectedFacts('disputed_internal', money).escrow).toBe(10_000n);
  });

  it('holds nothing there once it is accepted', () => {
    expect(expectedFacts('release_pending', money).escrow).toBe(0n);
    expect(expectedFacts('disputed_internal', { ...money, frozenAfterAcceptance: true }).escrow).toBe(0n);
  });

  it('expects an authorisation as a pending credit', () => {
    expect(expectedFacts('authorised', { ...money, captured: 0n, refunded: 0n, refundsOpen: 0n })).toEqual({
      escrow: 0n,
      escrowPending: 12_000n,
      refundPayable: 0n,
    });
  });
});
