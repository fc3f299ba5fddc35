import { partsOf, weights, type RankInputs, type ScorePart, type Weights } from './ranking.ts';

/** Parts of the score that can be told to a customer as a reason. */
export type ReasonPart = Exclude<ScorePart, 'penalty'>;

/** What a part has to reach before it is worth a sentence, and what an ordinary listing has. */
const thresholds: Record<ReasonPart, { atLeast: number; ordinary: number }> = {
  relevance: { atLeast: 0.5, ordinary: 0.5 },
  distance: { atLeast: 0.69, ordinary: 0.5 },
  quality: { atLeast: 0.78, ordinary: 0.68 },
  availability: { atLeast: 0.5, ordinary: 0.6 },
  response: { atLeast: 0.75, ordinary: 0.5 },
  priceFit: { atLeast: 0.57, ordinary: 0.5 },
  completion: { atLeast: 0.955, ordinary: 0.9 },
  newcomer: { atLeast: 0.99, ordinary: 0.8 },
};

const mostReasons = 3;
/** Who asked for a time wants to read that it is free, even if only a part of the window is. */
const freeAsAsked = 0.8;

/**
 * The two or three parts that lift a result most over an ordinary one, strongest first. `asked` names what the
 * customer asked for: words count only when there were some, stars only when there are enough reviews to show.
 */
export function strongestParts(
  inputs: RankInputs,
  asked: { words: boolean; window: boolean; rated: boolean; isNew: boolean },
  marketBookings: number,
  w: Weights = weights,
): ReasonPart[] {
  const parts = partsOf(inputs, marketBookings, w);
  const share: Record<ReasonPart, { value: number; weight: number }> = {
    relevance: { value: asked.words ? inputs.relevance : 0, weight: w.relevance },
    distance: { value: inputs.metres === null ? 0 : parts.distance / w.distance, weight: w.distance },
    quality: { value: asked.rated ? inputs.quality : 0, weight: w.quality },
    availability: {
      value: asked.window ? Math.max(freeAsAsked, inputs.availability) : inputs.availability,
      weight: w.availability,
    },
    response: { value: inputs.response, weight: w.response },
    priceFit: { value: inputs.priceFit, weight: w.priceFit },
    completion: { value: inputs.completion, weight: w.completion },
    newcomer: { value: asked.isNew ? parts.newcomer / w.newcomerAtMost : 0, weight: w.newcomerAtMost },
  };
  return (Object.keys(share) as ReasonPart[])
    .filter((part) => share[part].value >= thresholds[part].atLeast)
    .toSorted((a, b) => liftOf(share[b], b) - liftOf(share[a], a))
    .slice(0, mostReasons);
}

const liftOf = ({ value, weight }: { value: number; weight: number }, part: ReasonPart) =>
  weight * (value - thresholds[part].ordinary);
