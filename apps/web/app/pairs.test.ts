import { pairs } from '@plumbline/tokens/pairs';
import { catalogue } from '@plumbline/tokens/generated/catalogue';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Tailwind's name of a colour → the token. `bg-button-fill` reads `button.fill`, `bg-paper` reads `color.paper`. */
const byUtility = new Map(
  catalogue
    .filter(({ type }) => type === 'color')
    .map(({ name }) => [name.replace(/^color\./, '').replaceAll('.', '-'), name]),
);
const known = new Set(pairs.map(({ front, back }) => `${front} on ${back}`));

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.tsx') && !file.endsWith('.stories.tsx'))
  .map((file) => ({ file, text: readFileSync(`${import.meta.dirname}/${file}`, 'utf8') }));

interface Colours {
  state: string;
  kind: string;
  token: string;
}

/** The colours that one list of classes names, with the state they are for (`hover:` …, nothing at rest). */
const coloursIn = (classes: string): Colours[] =>
  classes.split(/\s+/).flatMap((word) => {
    const [, state, kind, name] = /^((?:[a-z[\]=&>*()'_-]+:)*)(bg|text)-([a-z0-9-]+)$/.exec(word) ?? [];
    const token = byUtility.get(name ?? '');
    // `before:` and `after:` are boxes of their own.
    return token && kind && !/before:|after:/.test(state ?? '') ? [{ state: state ?? '', kind, token }] : [];
  });

/** Ground and words that are set together: in the same state, or one of them at rest. */
function pairsIn(classes: string): string[] {
  const found = coloursIn(classes);
  const grounds = found.filter(({ kind }) => kind === 'bg');
  const words = found.filter(({ kind }) => kind === 'text');
  return grounds.flatMap((ground) =>
    words
      .filter((word) => {
        if (word.state === ground.state) return true;
        const own = (list: Colours[], state: string) => list.some((one) => one.state === state);
        return word.state === '' ? !own(words, ground.state) : ground.state === '' && !own(grounds, word.state);
      })
      .map((word) => `${word.token} on ${ground.token}`),
  );
}

const produced = sources.flatMap(({ file, text }) =>
  [...text.matchAll(/(['"`])((?:(?!\1)[^\n])*)\1/g)].flatMap(([, , classes]) =>
    pairsIn(classes ?? '').map((pair) => ({ file, pair })),
  ),
);

describe('colours that parts put on each other', () => {
  it('are found', () => {
    expect(new Set(produced.map(({ pair }) => pair)).size).toBeGreaterThan(12);
    expect(pairsIn('bg-action text-on-action hover:bg-action-hover')).toEqual([
      'color.on-action on color.action',
      'color.on-action on color.action-hover',
    ]);
  });

  it('all have a contrast that is tested in every theme', () => {
    expect(produced.filter(({ pair }) => !known.has(pair)).map(({ file, pair }) => `${file}: ${pair}`)).toEqual([]);
  });
});
