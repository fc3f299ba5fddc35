import type { BookingSummary } from '@plumbline/contracts/booking';
import { localDate } from '@plumbline/i18n/dates';
import { isMyTurn } from '../../booking/index.ts';

export const groupNames = ['answer', 'today', 'coming', 'done'] as const;
export type GroupName = (typeof groupNames)[number];

const answers: readonly NonNullable<BookingSummary['next']>['act'][] = [
  'send_quote',
  'confirm',
  'answer_time',
  'assign',
  'accept_assignment',
];
const finished: readonly BookingSummary['state'][] = ['completed', 'problem', 'accepted'];

/**
 * Open work by what it asks of the reader. What should have begun earlier and has not stands under today: it is
 * today's business. Each group is in the order of its starts; work without a time stands first.
 */
export function groupsOf(bookings: readonly BookingSummary[], now: string): Record<GroupName, BookingSummary[]> {
  const groups: Record<GroupName, BookingSummary[]> = { answer: [], today: [], coming: [], done: [] };
  const inOrder = bookings.toSorted((one, other) => startOf(one).localeCompare(startOf(other)));
  for (const booking of inOrder) groups[groupOf(booking, new Date(now))].push(booking);
  return groups;
}

function groupOf(booking: BookingSummary, now: Date): GroupName {
  if (finished.includes(booking.state)) return 'done';
  if (booking.next && answers.includes(booking.next.act) && isMyTurn(booking)) return 'answer';
  if (booking.state === 'in_progress') return 'today';
  if (booking.state !== 'confirmed' || !booking.window) return 'coming';
  const day = localDate(new Date(booking.window.start.at), booking.timeZone);
  return day <= localDate(now, booking.timeZone) ? 'today' : 'coming';
}

const startOf = ({ window }: BookingSummary): string => window?.start.at ?? '';
