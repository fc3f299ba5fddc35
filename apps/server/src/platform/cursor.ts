import { refuse } from './errors.ts';

/** The values after which a page begins, as an opaque text for the URL. */
export const encodeCursor = (values: readonly string[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

/** The values of a cursor. Refuses `request.invalid` for anything that this server did not make. */
export function decodeCursor(cursor: string, length: number): string[] {
  const values = parse(Buffer.from(cursor, 'base64url').toString());
  const isOurs =
    Array.isArray(values) && values.length === length && values.every((value) => typeof value === 'string');
  return isOurs ? values : refuseCursor();
}

/** The id after which a page begins; undefined for the first page. */
export function idAfter(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const [id = ''] = decodeCursor(cursor, 1);
  return isId(id) ? id : refuseCursor();
}

/** The same for pages in the order of (time, id). */
export function timeAndIdAfter(cursor: string | undefined): [Date, string] | undefined {
  if (cursor === undefined) return undefined;
  const [time = '', id = ''] = decodeCursor(cursor, 2);
  const at = new Date(time);
  return isId(id) && !Number.isNaN(at.getTime()) ? [at, id] : refuseCursor();
}

/** Says no to a cursor whose values are not what its reader expects: a forged one must not reach the database. */
export function refuseCursor(): never {
  refuse('request.invalid', { errors: [{ path: '/query/cursor', message: 'unknown cursor' }] });
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const isId = (text: string): boolean => uuid.test(text);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
