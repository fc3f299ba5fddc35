/** The life of a listing as data: states, moves, and who may make each. */
export const listingStates = ['draft', 'in_review', 'published', 'paused', 'archived'] as const;
export type ListingState = (typeof listingStates)[number];

export const listingActs = [
  'submit',
  'withdraw',
  'publish',
  'return',
  'pause',
  'resume',
  'archive',
  'restore',
] as const;
export type ListingAct = (typeof listingActs)[number];

/** `owner`: the provider's side; `reviewer`: staff with `listing:review`; `system`: the automatic review. */
export type ListingParty = 'owner' | 'reviewer' | 'system';

export interface ListingMove {
  from: ListingState;
  act: ListingAct;
  to: ListingState;
  who: readonly ListingParty[];
}

const move = (from: ListingState, act: ListingAct, to: ListingState, ...who: ListingParty[]): ListingMove => ({
  from,
  act,
  to,
  who,
});

/**
 * Every move there is. A published listing that is edited stays published in its last version; `submit` sends the
 * new one to review, and `publish` keeps the version that customers then see. `restore` publishes an older version
 * again, which has been reviewed before.
 */
export const listingMoves: readonly ListingMove[] = [
  move('draft', 'submit', 'in_review', 'owner'),
  move('published', 'submit', 'published', 'owner'),
  move('in_review', 'withdraw', 'draft', 'owner'),
  move('in_review', 'publish', 'published', 'reviewer', 'system'),
  move('published', 'publish', 'published', 'reviewer', 'system'),
  move('in_review', 'return', 'draft', 'reviewer'),
  move('published', 'return', 'published', 'reviewer'),
  move('published', 'pause', 'paused', 'owner'),
  move('paused', 'resume', 'published', 'owner'),
  move('published', 'restore', 'published', 'owner'),
  move('paused', 'restore', 'paused', 'owner'),
  move('draft', 'archive', 'archived', 'owner'),
  move('in_review', 'archive', 'archived', 'owner'),
  move('published', 'archive', 'archived', 'owner'),
  move('paused', 'archive', 'archived', 'owner'),
];

/** Where an act of this side leads to, undefined when it is not allowed now. */
export function moveListing(from: ListingState, act: ListingAct, who: ListingParty): ListingState | undefined {
  return listingMoves.find((move) => move.from === from && move.act === act && move.who.includes(who))?.to;
}

export const priceKinds = ['fixed', 'hourly', 'quote'] as const;
export type PriceKind = (typeof priceKinds)[number];

export const coverageTiers = ['primary', 'secondary', 'standby'] as const;
export type CoverageTier = (typeof coverageTiers)[number];
