/**
 * How results are put in order: one formula for search and for calls on demand, in one place. Everything that it looks
 * at is in `RankInputs`, so a recorded answer can be ranked again and explained.
 */

/** Orders in which results can be asked for. */
export const sorts = ['best', 'price', 'rating', 'distance'] as const;
export type Sort = (typeof sorts)[number];

/** What is known of a listing for one question. All shares lie between 0 and 1. */
export interface RankInputs {
  /** How well the words match; 1 when no words were asked for. */
  relevance: number;
  /** From the place that was asked for to where the journeys start; null without a place. */
  metres: number | null;
  /** Lower bound of what its next review will say. */
  quality: number;
  /** Share of the asked window that is free, or of the next 72 hours. */
  availability: number;
  /** Probability of an answer within the hour. */
  response: number;
  /** 0.5 at the usual price of its kind of work, 1 at half of it, 0 at twice. */
  priceFit: number;
  /** Probability that accepted work is done. */
  completion: number;
  /** Bookings that it has had. */
  bookings: number;
  /** Points for work that it cancelled or did not come to, of the last 90 days. */
  penalties: number;
  risk: RiskBand;
}

/** `held`: not shown at all; `watched`: shown further down. */
export type RiskBand = 'clear' | 'watched' | 'held';

export interface Weights {
  /** Changes whenever any number here does; recorded with each answer. */
  version: number;
  relevance: number;
  distance: number;
  quality: number;
  availability: number;
  response: number;
  priceFit: number;
  completion: number;
  newcomer: number;
  newcomerAtMost: number;
  /** Metres at which nearness has fallen to 1/e. */
  nearMetres: number;
  penalty: number;
  penaltyAtMost: number;
  risk: Record<RiskBand, number>;
}

/** Start values for a city. The sum of the shares is 1; the newcomer's bonus comes on top. */
export const weights: Weights = {
  version: 1,
  relevance: 0.3,
  distance: 0.2,
  quality: 0.2,
  availability: 0.12,
  response: 0.08,
  priceFit: 0.06,
  completion: 0.04,
  newcomer: 0.05,
  newcomerAtMost: 0.08,
  nearMetres: 8000,
  penalty: 0.02,
  penaltyAtMost: 0.06,
  risk: { clear: 1, watched: 0.8, held: 0 },
};

export const scoreParts = [
  'relevance',
  'distance',
  'quality',
  'availability',
  'response',
  'priceFit',
  'completion',
  'newcomer',
  'penalty',
] as const;
export type ScorePart = (typeof scoreParts)[number];

/** What each part adds to the score, before the risk band. Without a place nearness adds nothing to anyone. */
export function partsOf(inputs: RankInputs, marketBookings: number, w: Weights = weights): Record<ScorePart, number> {
  return {
    relevance: w.relevance * inputs.relevance,
    distance: inputs.metres === null ? 0 : w.distance * Math.exp(-inputs.metres / w.nearMetres),
    quality: w.quality * inputs.quality,
    availability: w.availability * inputs.availability,
    response: w.response * inputs.response,
    priceFit: w.priceFit * inputs.priceFit,
    completion: w.completion * inputs.completion,
    newcomer: newcomerBonus(inputs.bookings, marketBookings, w),
    penalty: -Math.min(w.penaltyAtMost, w.penalty * inputs.penalties),
  };
}

/** The upper-confidence bonus 0.05·√(2 ln N / (1 + n)), at most 0.08: whoever is new gets a chance to be seen. */
export function newcomerBonus(bookings: number, marketBookings: number, w: Weights = weights): number {
  const bonus = w.newcomer * Math.sqrt((2 * Math.log(Math.max(1, marketBookings))) / (1 + bookings));
  return Math.min(w.newcomerAtMost, bonus);
}

/** The score, to a millionth: what is equal to that is a tie. */
export function scoreOf(inputs: RankInputs, marketBookings: number, w: Weights = weights): number {
  const parts = partsOf(inputs, marketBookings, w);
  let sum = 0;
  for (const part of scoreParts) sum += parts[part];
  return Math.round(sum * w.risk[inputs.risk] * 1e6) / 1e6;
}

/**
 * Order of equal scores: a number from who looks, on which day, and what they look at (FNV-1a). The same person sees
 * the same order all day, and over many people nobody stands first by chance.
 */
export function tieOf(salt: number, id: Uint8Array): number {
  let hash = salt >>> 0;
  for (const byte of id) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

/** The part of a tie that is the same for all results of one question. */
export function tieSalt(viewer: string, day: string): number {
  let hash = 0x811c9dc5;
  for (const letter of `${viewer}|${day}`) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}

// Quality: what reviews promise.

export interface Reviews {
  /** Σ w, Σ w·stars, Σ w·stars² with w = 0.5^(age / 365 days) · (1 when the booking is verified, else 0.4). */
  weight: number;
  stars: number;
  squares: number;
}

/** Weight of one review. */
export const reviewWeight = (ageDays: number, isVerified: boolean): number =>
  0.5 ** (ageDays / 365) * (isVerified ? 1 : 0.4);

const priorWeight = 8;
/** Variance of stars where nothing is known. */
const priorVariance = 0.81;
/** One in ten of a normal distribution lies below the mean less this many standard deviations. */
const tenthBelow = 1.2816;

/** The Bayesian mean of the stars: eight imagined reviews at the category's mean, then the real ones. */
export const meanStars = ({ weight, stars }: Reviews, categoryMean: number): number =>
  (priorWeight * categoryMean + stars) / (priorWeight + weight);

/** The lower 10 % bound of that mean, in stars (1 to 5): few reviews stand lower than many with the same mean. */
export function lowerStars(reviews: Reviews, categoryMean: number): number {
  const mean = meanStars(reviews, categoryMean);
  const around = Math.max(0, reviews.squares - 2 * mean * reviews.stars + mean * mean * reviews.weight);
  const total = priorWeight + reviews.weight;
  const variance = (priorWeight * priorVariance + around) / total;
  return Math.max(1, mean - tenthBelow * Math.sqrt(variance / total));
}

/** Stars as a share: 1 star is 0, 5 stars are 1. */
export const qualityOf = (reviews: Reviews, categoryMean: number): number =>
  (lowerStars(reviews, categoryMean) - 1) / 4;

/** Fewer reviews than this: "new", no stars shown and no place in the order by rating. */
export const fewestReviews = 3;

// Habits of a company, smoothed so that one case says little.

/** Probability of an answer within the hour; one in two where nothing is known. */
export const responseOf = (fast: number, all: number): number => (2 + fast) / (4 + all);

/** Probability that accepted work is done; nine in ten where nothing is known. */
export const completionOf = (done: number, failed: number): number => (9 + done) / (10 + done + failed);

/** How a price lies to the usual one: 0.5 at it, 1 at half or less, 0 at twice or more; 0.5 where either is unknown. */
export function priceFitOf(price: number | null, usual: number | null): number {
  if (price === null || usual === null || price <= 0 || usual <= 0) return 0.5;
  return Math.max(0, Math.min(1, 0.5 - 0.5 * Math.log2(price / usual)));
}
