import type { StoryEntry } from './storybook.setup.ts';

/** As many as `npm test` has time for; `npm run test:full` takes all. */
const atMost = 20;

/** A place in the order of a seed, the same on every machine (FNV-1a). */
function place(id: string, seed: string): number {
  let hash = 0x81_1c_9d_c5;
  for (const char of `${seed} ${id}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01_00_01_93);
  return hash >>> 0;
}

/**
 * The stories to look at: all in the full run or while pictures are made, else a share by seed. The seed is the day,
 * so that a week of runs sees them all; `STORIES_SEED=…` repeats a run, `STORIES=words` chooses by id.
 */
export function sampled(stories: StoryEntry[]): StoryEntry[] {
  const words = process.env['STORIES'];
  if (words) return stories.filter(({ id }) => id.includes(words));
  if (process.env['PLUMBLINE_FULL'] === '1' || process.env['BASELINE'] === 'update') return stories;
  const seed = process.env['STORIES_SEED'] ?? new Date().toISOString().slice(0, 10);
  return stories.toSorted((one, other) => place(one.id, seed) - place(other.id, seed)).slice(0, atMost);
}
