/** A place in the order of a seed, the same on every machine (FNV-1a). */
function place(id: string, seed: string): number {
  let hash = 0x81_1c_9d_c5;
  for (const char of `${seed} ${id}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01_00_01_93);
  return hash >>> 0;
}

/**
 * As many of these ids as `npm test` has time for, chosen by a seed; all of them in the full run. `SAMPLE_SEED=…`
 * chooses others, `SAMPLE=words` those whose id holds the words.
 */
export function sampled<T>(items: readonly T[], idOf: (item: T) => string, atMost: number): T[] {
  const words = process.env['SAMPLE'];
  if (words) return items.filter((item) => idOf(item).includes(words));
  if (process.env['PLUMBLINE_FULL'] === '1') return [...items];
  const seed = process.env['SAMPLE_SEED'] ?? 'plumbline';
  return items.toSorted((one, other) => place(idOf(one), seed) - place(idOf(other), seed)).slice(0, atMost);
}
