import type { ListingCard, Reason } from '@plumbline/contracts/matching';
import type { StoredCard } from './tables.ts';

/** Badges whose paper is still valid: one that lapses vanishes at once. */
export function badgesNow(stored: StoredCard['badges'], now: Date): ListingCard['badges'] {
  return stored.filter(({ ends }) => ends === null || ends > now.getTime()).map(({ kind, until }) => ({ kind, until }));
}

/** The next free start that is still far enough ahead; undefined when none is known. */
export function nextFreeOf({ soon, noticeMinutes }: StoredCard, now: Date): Date | undefined {
  const earliest = now.getTime() / 60_000 + noticeMinutes;
  const minute = soon.find((start) => start >= earliest);
  return minute === undefined ? undefined : new Date(minute * 60_000);
}

/** A card as the customer sees it. */
export function presentCard(
  stored: StoredCard,
  asked: { metres: number | null; why: Reason[]; timeZone: string; now: Date },
): ListingCard {
  const { soon: _soon, noticeMinutes: _notice, answersWithinHour: _answers, finishesWork: _finishes, ...card } = stored;
  const next = nextFreeOf(stored, asked.now);
  return {
    ...card,
    badges: badgesNow(stored.badges, asked.now),
    metres: asked.metres === null ? null : Math.round(asked.metres),
    nextFree: next ? { at: next.toISOString(), zone: asked.timeZone } : null,
    why: asked.why,
  };
}
