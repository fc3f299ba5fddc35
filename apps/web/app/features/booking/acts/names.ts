import type { BookingView } from '@plumbline/contracts/booking';

/** Acts that have a page of their own, because they ask something or cost something. */
export const actPages = {
  cancellation: 'cancel',
  refusal: 'decline',
  quote: 'sendQuote',
  time: 'proposeTime',
  team: 'assign',
  assignment: 'answerAssignment',
  start: 'start',
  completion: 'complete',
  absence: 'reportAbsence',
  problem: 'reportProblem',
  resolution: 'resolveProblem',
} as const satisfies Record<string, keyof BookingView['can']>;

export type ActPage = keyof typeof actPages;

export const isActPage = (name: string): name is ActPage => Object.hasOwn(actPages, name);
