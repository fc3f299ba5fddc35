import { invalid } from './errors.ts';

/** A decoded form: strings at the leaves. Lists are maps with keys '0', '1', …, in order. */
export type Raw = string | RawMap;
export interface RawMap {
  [key: string]: Raw;
}

const MAX_DEPTH = 8;

function emptyMap(): RawMap {
  // No prototype: a key may be called `constructor` and harm nothing.
  return Object.create(null) as RawMap;
}

/** 'a[b][0]' → ['a','b','0'] */
function segments(key: string): string[] {
  const open = key.indexOf('[');
  if (open === -1) return [key];
  const inner = key.slice(open);
  if (open === 0 || !/^(\[[^[\]]*\])+$/.test(inner)) throw invalid(`Invalid parameter name: ${key}`, { param: key });
  return [key.slice(0, open), ...inner.slice(1, -1).split('][')];
}

function nextIndex(map: RawMap): string {
  return String(Object.keys(map).length);
}

function place(root: RawMap, path: string[], value: string, key: string): void {
  if (path.length > MAX_DEPTH) throw invalid(`Parameter nested too deeply: ${key}`, { param: key });
  let map = root;
  for (const segment of path.slice(0, -1)) {
    const name = segment === '' ? nextIndex(map) : segment;
    const below = map[name] ?? emptyMap();
    if (typeof below === 'string') throw invalid(`Invalid parameter: ${key}`, { param: key });
    map[name] = below;
    map = below;
  }
  const last = path.at(-1) ?? '';
  const name = last === '' ? nextIndex(map) : last;
  if (typeof map[name] === 'object') throw invalid(`Invalid parameter: ${key}`, { param: key });
  map[name] = value;
}

/** Decodes `a=1&b[c]=2&d[0]=3&e[]=4`. */
export function decodeForm(text: string, into: RawMap = emptyMap()): RawMap {
  for (const [key, value] of new URLSearchParams(text)) place(into, segments(key), value, key);
  return into;
}
