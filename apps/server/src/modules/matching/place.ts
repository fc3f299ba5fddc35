import type { SearchQuery } from '@plumbline/contracts/matching';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/errors.ts';
import * as zones from '../zones/index.ts';
import { plainWords } from './words.ts';

/** Where a question is about, and what is left of its words. */
export interface Where {
  place: zones.Place | undefined;
  point: { lat: number; lng: number } | undefined;
  /** Zones that hold the point; none outside of all. */
  zones: zones.Zone[];
  words: string;
}

const prepositions = new Set(['in', 'near', 'around', 'at', 'by']);
/** Westbury-on-Trym has three words. */
const longestName = 3;

/** The place of a question: named, a point, or in its words ("plumber in Bedminster"). Refuses `matching.place_unknown`. */
export async function whereIs(ctx: Ctx, query: Pick<SearchQuery, 'q' | 'place' | 'lat' | 'lng'>): Promise<Where> {
  const words = query.q ?? '';
  if (query.place !== undefined && query.place.trim() !== '') {
    const place = (await zones.placeNamed(ctx, query.place)) ?? (await alike(ctx, query.place));
    return at(ctx, place.point, place, words);
  }
  if (query.lat !== undefined && query.lng !== undefined)
    return at(ctx, { lat: query.lat, lng: query.lng }, undefined, words);
  if (query.lat !== undefined || query.lng !== undefined) refuse('matching.place_unknown', { problem: 'half_a_point' });
  const named = await placeInWords(ctx, words);
  return named
    ? at(ctx, named.place.point, named.place, named.rest)
    : { place: undefined, point: undefined, zones: [], words };
}

async function at(
  ctx: Ctx,
  point: { lat: number; lng: number },
  place: zones.Place | undefined,
  words: string,
): Promise<Where> {
  return { place, point, zones: await zones.at(ctx, point), words };
}

/** A misspelt name is forgiven. */
async function alike(ctx: Ctx, text: string): Promise<zones.Place> {
  const [best] = await zones.places(ctx, text, 1);
  return best ?? refuse('matching.place_unknown', { place: text });
}

/** A place at the end of the words, or after "in" or "near". */
async function placeInWords(ctx: Ctx, text: string): Promise<{ place: zones.Place; rest: string } | undefined> {
  const words = plainWords(text);
  for (let length = Math.min(longestName, words.length); length > 0; length -= 1) {
    const before = words.slice(0, words.length - length);
    const place = await zones.placeNamed(ctx, words.slice(-length).join(' '));
    if (!place) continue;
    const rest = prepositions.has(before.at(-1) ?? '') ? before.slice(0, -1) : before;
    return { place, rest: rest.join(' ') };
  }
  return undefined;
}
