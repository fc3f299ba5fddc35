import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes a file that is not there yet. */
export function create(root: string, file: string, text: string): void {
  const target = path.join(root, file);
  if (existsSync(target)) throw new Error(`${file} is there already`);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

/** Puts a text before the first place that the pattern finds. */
export function insertBefore(root: string, file: string, place: RegExp, text: string): void {
  change(root, file, (old) => {
    const at = old.search(place);
    if (at < 0) throw new Error(`${file} has no place for the new lines (${String(place)})`);
    return old.slice(0, at) + text + old.slice(at);
  });
}

export function change(root: string, file: string, edit: (old: string) => string): void {
  const target = path.join(root, file);
  if (!existsSync(target)) throw new Error(`${file} is not there`);
  writeFileSync(target, edit(readFileSync(target, 'utf8')));
}

/** The name of a module or thing: `note`, `saved_search`. */
export function requireWord(word: string | undefined, what: string): string {
  if (word && /^[a-z][a-z0-9_]*$/.test(word)) return word;
  throw new Error(`${what} is a word in small letters, such as reviews`);
}

/** `note_added` → `noteAdded`. */
export const camel = (word: string): string =>
  word.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** `booking.note` → its module and its own name. */
export function split(name: string | undefined): { module: string; own: string } {
  const [module, own] = (name ?? '').split('.');
  return { module: requireWord(module, 'the module'), own: requireWord(own, 'the name after the dot') };
}
