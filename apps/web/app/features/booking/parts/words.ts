import type { BookingSummary } from '@plumbline/contracts/booking';
import type { Translator } from '@plumbline/i18n/translator';
import type { Tone } from '../../../ui/Signs.tsx';

type State = BookingSummary['state'];

const tones: Record<State, Tone> = {
  quote_requested: 'info',
  awaiting_payment: 'warn',
  requested: 'info',
  confirmed: 'good',
  in_progress: 'brass',
  completed: 'info',
  problem: 'bad',
  accepted: 'good',
  closed: 'plain',
  declined: 'plain',
  cancelled: 'plain',
  no_show: 'bad',
  expired: 'plain',
};

export const bookingTone = (state: State): Tone => tones[state];

/** Where the bob of a small rail hangs: agreed, held, work done, accepted, paid out. */
const stages: Partial<Record<State, number>> = {
  confirmed: 1,
  in_progress: 1,
  completed: 2,
  problem: 2,
  accepted: 3,
  closed: 4,
};
const stopped: readonly State[] = ['declined', 'cancelled', 'no_show', 'expired'];

export const railPlace = (state: State): { at: number; stopped: boolean } => ({
  at: stages[state] ?? 0,
  stopped: stopped.includes(state),
});

/** Whether the reader is the one who acts next. The person on the job acts for the provider. */
export function isMyTurn({ part, next }: Pick<BookingSummary, 'part' | 'next'>): boolean {
  if (!next) return false;
  if (next.who === 'platform') return part === 'staff';
  return next.who === 'customer' ? part === 'customer' : part === 'provider' || part === 'lead';
}

/** Who acts next, by name. */
export function whoActs(
  t: Translator,
  booking: Pick<BookingSummary, 'next' | 'provider' | 'customerName' | 'part'>,
): string {
  if (isMyTurn(booking)) return t('booking.who.you');
  if (booking.next?.who === 'customer') return booking.customerName;
  if (booking.next?.who === 'provider') return booking.provider?.name ?? t('booking.who.crews');
  return t('booking.who.platform');
}

/** What comes next, as a sentence without its subject: "confirms the booking". */
export function nextText(t: Translator, booking: Pick<BookingSummary, 'next' | 'part'>): string {
  if (!booking.next) return '';
  return t(`booking.next.${booking.next.act}.${isMyTurn(booking) ? 'you' : 'other'}`);
}
