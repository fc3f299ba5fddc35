/**
 * The money side of a deal. An order is one customer's payment for one thing (today a booking): authorised, held,
 * accepted, released to the provider and paid out, or given back. The server seeds its transition table from this
 * page and rejects any other move by a foreign key; clients read it to know what may come next.
 */
export const orderStates = [
  'draft',
  'awaiting_payment',
  'card_saved',
  'authorised',
  'held',
  'in_service',
  'delivered',
  'release_pending',
  'released',
  'closed',
  'cancelled',
  'auth_expired',
  'payment_failed',
  'refund_pending',
  'partially_refunded',
  'refunded',
  'disputed_internal',
  'resolved_split',
  'disputed_card',
  'charged_back',
  'written_off',
] as const;
export type OrderState = (typeof orderStates)[number];

export const orderMoves = [
  'open',
  'open_checkout',
  'authorise',
  'save_card',
  'expire',
  'charge',
  'charge_failed',
  'capture',
  'cancel',
  'cancel_authorisation',
  'authorisation_expired',
  'start',
  'deliver',
  'accept',
  'release',
  'pay_out',
  'payout_returned',
  'keep_fee',
  'refund_part',
  'refund_all',
  'split',
  'refund_confirmed',
  'refund_failed',
  'freeze',
  'unfreeze',
] as const;
export type OrderMove = (typeof orderMoves)[number];

export interface OrderTransition {
  from: OrderState;
  move: OrderMove;
  to: OrderState;
  /** What it posts to the ledger: numbers of the posting rules, none for a move that shifts no money. */
  rules: readonly number[];
}

const moves = (from: OrderState, ...rows: [OrderMove, OrderState, ...number[]][]): OrderTransition[] =>
  rows.map(([move, to, ...rules]) => ({ from, move, to, rules }));

/** Every move there is. `unfreeze` and `refund_confirmed` lead to more than one state: the facts decide which. */
export const orderTransitions: readonly OrderTransition[] = [
  ...moves('draft', ['open', 'awaiting_payment']),
  ...moves(
    'awaiting_payment',
    ['open_checkout', 'awaiting_payment'],
    ['authorise', 'authorised', 1],
    ['save_card', 'card_saved'],
    ['expire', 'cancelled'],
  ),
  ...moves('card_saved', ['charge', 'held', 1, 2], ['charge_failed', 'payment_failed'], ['cancel', 'cancelled']),
  ...moves(
    'payment_failed',
    ['open_checkout', 'payment_failed'],
    ['expire', 'payment_failed'],
    ['authorise', 'authorised', 1],
    ['charge', 'held', 1, 2],
    ['cancel', 'cancelled'],
  ),
  ...moves(
    'authorised',
    ['capture', 'held', 2],
    ['cancel_authorisation', 'cancelled', 3],
    ['authorisation_expired', 'auth_expired', 3],
  ),
  ...moves(
    'held',
    ['start', 'in_service'],
    ['accept', 'release_pending', 6],
    ['freeze', 'disputed_internal'],
    ['refund_part', 'held', 9],
    ['refund_all', 'refund_pending', 9],
    ['keep_fee', 'partially_refunded', 6, 9],
  ),
  ...moves(
    'in_service',
    ['deliver', 'delivered'],
    ['accept', 'release_pending', 6],
    ['freeze', 'disputed_internal'],
    ['refund_part', 'in_service', 9],
    ['refund_all', 'refund_pending', 9],
    ['keep_fee', 'partially_refunded', 6, 9],
  ),
  ...moves(
    'delivered',
    ['accept', 'release_pending', 6],
    ['freeze', 'disputed_internal'],
    ['refund_part', 'delivered', 9],
    ['refund_all', 'refund_pending', 9],
  ),
  ...moves(
    'release_pending',
    ['release', 'released', 7],
    ['freeze', 'disputed_internal'],
    ['refund_part', 'release_pending', 10],
    ['refund_all', 'refund_pending', 10],
  ),
  ...moves(
    'disputed_internal',
    ['unfreeze', 'held'],
    ['unfreeze', 'in_service'],
    ['unfreeze', 'delivered'],
    ['unfreeze', 'release_pending'],
    ['accept', 'release_pending', 6],
    ['refund_all', 'refund_pending', 9, 10],
    ['split', 'resolved_split', 6, 9, 10],
  ),
  ...moves('partially_refunded', ['release', 'released', 7]),
  ...moves('resolved_split', ['release', 'released', 7]),
  ...moves(
    'released',
    ['pay_out', 'closed', 8],
    ['refund_part', 'released', 10, 11],
    ['refund_all', 'refund_pending', 10, 11],
  ),
  ...moves(
    'closed',
    ['payout_returned', 'released', 18],
    ['refund_part', 'closed', 10, 11],
    ['refund_all', 'refund_pending', 10, 11],
  ),
  ...moves('refund_pending', ['refund_confirmed', 'refunded', 9]),
  ...moves('refunded', ['refund_failed', 'refund_pending', 18]),
  ...refundNews(),
];

/** A refund is confirmed or fails at its own pace, whatever the rest of the order does meanwhile. */
function refundNews(): OrderTransition[] {
  const open: OrderState[] = [
    'held',
    'in_service',
    'delivered',
    'release_pending',
    'disputed_internal',
    'partially_refunded',
    'resolved_split',
    'released',
    'closed',
    'refund_pending',
  ];
  return open.flatMap((state) => moves(state, ['refund_confirmed', state, 9], ['refund_failed', state, 18]));
}

/** Where a move may lead from a state; empty when it is not allowed now. */
export function destinations(from: OrderState, move: OrderMove): OrderState[] {
  return orderTransitions.filter((row) => row.from === from && row.move === move).map((row) => row.to);
}

export const mayMove = (from: OrderState, move: OrderMove): boolean => destinations(from, move).length > 0;

/** States in which nothing more will happen by itself. */
export const terminalStates: readonly OrderState[] = [
  'closed',
  'cancelled',
  'auth_expired',
  'refunded',
  'charged_back',
  'written_off',
];

/** The work is paid for and not yet accepted: the whole of it lies in the escrow accounts of its lines. */
export const escrowStates: readonly OrderState[] = ['held', 'in_service', 'delivered'];

/** Accepted, in the hold window. */
export const windowStates: readonly OrderState[] = ['release_pending', 'partially_refunded', 'resolved_split'];

/** What an order knows of its own money, in minor units. */
export interface OrderMoney {
  authorised: bigint;
  captured: bigint;
  /** Given back or on its way back to the customer, all together. */
  refunded: bigint;
  /** The part of `refunded` that the PSP has not confirmed. */
  refundsOpen: bigint;
  /** Gross that left escrow for the provider's side: acceptance and kept fees. */
  accepted: bigint;
  /** True when the order was frozen after its acceptance. */
  frozenAfterAcceptance: boolean;
}

/** What the ledger must say of the order. */
export interface LedgerFacts {
  /** Σ posted balance of the lines' escrow accounts. */
  escrow: bigint;
  /** Σ pending credits of the lines' escrow accounts. */
  escrowPending: bigint;
  /** Σ posted balance of the refunds' payable accounts. */
  refundPayable: bigint;
}

/**
 * The consistency rule of a state: the ledger's facts follow from the order's own figures. Checked over every changed
 * order; a difference means that a posting and a state have parted and a person must look.
 */
export function expectedFacts(state: OrderState, money: OrderMoney): LedgerFacts {
  const inEscrow = escrowStates.includes(state) || (state === 'disputed_internal' && !money.frozenAfterAcceptance);
  return {
    escrow: inEscrow ? money.captured - money.refunded : 0n,
    escrowPending: state === 'authorised' ? money.authorised : 0n,
    refundPayable: money.refundsOpen,
  };
}
