import { relevanceOf, type AskedWord } from '@plumbline/domain/relevance';
import { scoreOf, tieOf, type RankInputs, type Sort } from '@plumbline/domain/ranking';
import { endOf, frequencyIn, offsetsIn, riskIn, serviceIdIn } from './record.ts';
import { bitsIn, type AskedWindow } from './window.ts';

/** What the ranking has to know of the question. */
export interface Question {
  words: readonly AskedWord[];
  meanLength: number;
  /** Where distances are measured from, in metres of the region's frame. */
  from: [x: number, y: number] | undefined;
  window: AskedWindow | undefined;
  marketBookings: number;
  /** Of ties: from the viewer and the day. */
  salt: number;
}

/** A candidate with its place in the order. */
export interface Ranked {
  no: number;
  serviceId: string;
  score: number;
  tie: number;
  inputs: RankInputs;
  /** Fewer than three reviews. */
  isNew: boolean;
  /** Free starts of the asked window, 0 when none was asked for. */
  free: bigint;
  /** By what the database ordered it; 0 for the best match. */
  key: number;
  /** Where its record lies, for looking at its words. */
  at: number;
}

/** Bytes after each record when a window was asked for: its free starts. */
const freeBytes = 8;

/**
 * Candidates in their order: by score, ties by the viewer's own dice, then by id. The orders by price, rating and
 * distance come from the database as they are; for them the score is only for the reasons.
 */
export function rank(records: Buffer | null, question: Question, sort: Sort): Ranked[] {
  if (records === null) return [];
  const extra = question.window ? freeBytes : 0;
  const ranked = offsetsIn(records, extra).map((at) => candidate(records, at, question, sort));
  return sort === 'best' ? ranked.toSorted(before) : ranked;
}

/** Order of two candidates of one question. */
export function before(a: Ranked, b: Ranked): number {
  return b.score - a.score || a.tie - b.tie || a.no - b.no;
}

function candidate(bytes: Buffer, at: number, question: Question, sort: Sort): Ranked {
  const free = question.window ? bytes.readBigInt64BE(endOf(bytes, at)) : 0n;
  const inputs = inputsOf(bytes, at, question, free);
  return {
    no: bytes.readInt32BE(at),
    serviceId: serviceIdIn(bytes, at),
    score: scoreOf(inputs, question.marketBookings),
    tie: tieOf(question.salt, bytes.subarray(at + 40, at + 56)),
    inputs,
    isNew: (bytes.readInt16BE(at + 36) & 256) !== 0,
    free,
    key: keyOf(bytes, at, sort, question.from),
    at,
  };
}

/** The very number by which the statement orders. */
function keyOf(bytes: Buffer, at: number, sort: Sort, from: Question['from']): number {
  if (sort === 'price') {
    const price = bytes.readDoubleBE(at + 56);
    return Number.isNaN(price) ? Infinity : price;
  }
  if (sort === 'rating') return -bytes.readFloatBE(at + 64);
  if (sort !== 'distance' || !from) return 0;
  return (
    (bytes.readInt32BE(at + 4) - Math.round(from[0])) ** 2 + (bytes.readInt32BE(at + 8) - Math.round(from[1])) ** 2
  );
}

/** In the precision in which an answer is kept, so that a replay gives the very same score. */
function inputsOf(bytes: Buffer, at: number, question: Question, free: bigint): RankInputs {
  const { words, meanLength, from, window } = question;
  const flags = bytes.readInt16BE(at + 36);
  const frequency = (hash: number) => frequencyIn(bytes, at, hash);
  return {
    relevance: Math.fround(relevanceOf(words, frequency, bytes.readInt16BE(at + 38), meanLength)),
    metres: from
      ? Math.fround(Math.hypot(bytes.readInt32BE(at + 4) - from[0], bytes.readInt32BE(at + 8) - from[1]))
      : null,
    quality: bytes.readFloatBE(at + 12),
    response: bytes.readFloatBE(at + 16),
    completion: bytes.readFloatBE(at + 20),
    priceFit: bytes.readFloatBE(at + 24),
    availability: window ? Math.fround(bitsIn(free) / window.size) : bytes.readFloatBE(at + 28),
    bookings: bytes.readInt32BE(at + 32),
    penalties: (flags >> 2) & 63,
    risk: riskIn(flags),
  };
}
