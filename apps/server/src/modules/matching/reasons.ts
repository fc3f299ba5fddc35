import type { Reason } from '@plumbline/contracts/matching';
import { strongestParts, type ReasonPart } from '@plumbline/domain/reasons';
import type { Ranked, Question } from './rank.ts';
import { frequencyIn } from './record.ts';
import type { StoredCard } from './tables.ts';
import { firstStart } from './window.ts';
import type { Word } from './words.ts';

interface Shown {
  ranked: Ranked;
  card: StoredCard;
  nextFree: Date | undefined;
  /** The records among which the candidate's lies. */
  records: Buffer;
}

/** Two or three reasons why a result stands where it stands, strongest first. */
export function reasonsOf(shown: Shown, question: Question, words: readonly Word[], timeZone: string): Reason[] {
  const { ranked, card } = shown;
  const asked = {
    words: words.length > 0,
    window: question.window !== undefined,
    rated: card.rating !== null,
    isNew: ranked.isNew,
  };
  return strongestParts(ranked.inputs, asked, question.marketBookings).flatMap(
    (part) => reasonOf(part, shown, question, words, timeZone) ?? [],
  );
}

function reasonOf(
  part: ReasonPart,
  shown: Shown,
  question: Question,
  words: readonly Word[],
  timeZone: string,
): Reason | undefined {
  const { ranked, card } = shown;
  const { inputs } = ranked;
  switch (part) {
    case 'relevance':
      return { code: 'matches_words', words: wordsIn(shown, words) };
    case 'distance':
      return inputs.metres === null ? undefined : { code: 'near', metres: Math.round(inputs.metres) };
    case 'quality':
      return card.rating ? { code: 'well_rated', ...card.rating } : undefined;
    case 'availability':
      return freeReason(shown, question, timeZone);
    case 'response':
      return card.answersWithinHour === null ? undefined : { code: 'answers_fast', percent: card.answersWithinHour };
    case 'completion':
      return card.finishesWork === null ? undefined : { code: 'finishes_work', percent: card.finishesWork };
    case 'priceFit':
      return { code: 'fair_price', percentBelowUsual: Math.round((1 - 2 ** (1 - 2 * inputs.priceFit)) * 100) };
    case 'newcomer':
      return { code: 'new_here' };
  }
}

function freeReason({ ranked, nextFree }: Shown, { window }: Question, timeZone: string): Reason | undefined {
  const start = window ? firstStart(timeZone, window.day, ranked.free) : nextFree;
  return start && { code: window ? 'free_when_asked' : 'free_soon', from: { at: start.toISOString(), zone: timeZone } };
}

/** The words that the listing has, as they were typed or corrected. */
function wordsIn({ ranked, records }: Shown, words: readonly Word[]): string[] {
  return words
    .filter(({ terms }) => terms.some(({ hash }) => frequencyIn(records, ranked.at, hash) > 0))
    .map(({ typed, corrected }) => corrected ?? typed);
}
