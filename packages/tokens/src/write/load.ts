import { readFileSync } from 'node:fs';
import { defineConfig, parse } from '@terrazzo/parser';
import type { TokenNormalized } from '@terrazzo/token-tools';
import { transformCSSValue } from '@terrazzo/token-tools/css';
import type { Look } from '../choose.ts';

export type Token = TokenNormalized;
export type TokenSet = Readonly<Record<string, Token>>;

export const note = 'Written by packages/tokens/build.ts from tokens/*.json. Do not edit.';

const folder = new URL('../../tokens/', import.meta.url);
const rawGroups = new Set(Object.keys(JSON.parse(readFileSync(new URL('primitives.json', folder), 'utf8')) as object));
const componentGroups = new Set(
  Object.keys(JSON.parse(readFileSync(new URL('components.json', folder), 'utf8')) as object),
);

export type Layer = 'primitive' | 'semantic' | 'component';

const groupOf = (id: string): string => id.split('.')[0] ?? '';

export function layerOf(id: string): Layer {
  if (rawGroups.has(groupOf(id))) return 'primitive';
  return componentGroups.has(groupOf(id)) ? 'component' : 'semantic';
}

export interface Tokens {
  /** Every token of one look, primitives too. */
  all: (look: Look) => TokenSet;
  /** What styles may use: semantic and component tokens. */
  of: (look: Look) => TokenSet;
}

/** Reads the resolver document and what it points at. Unknown aliases, circles and unknown types throw. */
export async function loadTokens(): Promise<Tokens> {
  const filename = new URL('resolver.json', folder);
  const config = defineConfig({}, { cwd: folder });
  const { resolver } = await parse([{ filename, src: readFileSync(filename, 'utf8') }], { config });
  const all = ({ theme, scheme, contrast, density }: Look): TokenSet =>
    resolver.apply({ theme, look: `${theme}-${scheme}-${contrast}`, density });
  const of = (look: Look): TokenSet =>
    Object.fromEntries(Object.entries(all(look)).filter(([id]) => layerOf(id) !== 'primitive'));
  return { all, of };
}

/** The CSS text of one token's value. An alias to a primitive is followed, one to another token becomes a variable. */
export function cssValue(token: Token, set: TokenSet): string {
  const text = transformCSSValue(token, {
    tokensSet: set,
    permutation: {},
    transformAlias: ({ id }) => `var(${cssName(id)})`,
  });
  // A colour beyond sRGB comes in several depths; the browser maps the one that was meant.
  const value = typeof text === 'string' ? text : text['.'];
  if (value === undefined) throw new Error(`token ${token.id}: no single CSS value`);
  return value;
}

/** `color.ink-muted` → `--pl-color-ink-muted` */
export const cssName = (id: string): string => `--pl-${id.replaceAll('.', '-')}`;
