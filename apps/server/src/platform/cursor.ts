import { refuse } from './errors.ts';

/** The values after which a page begins, as an opaque text for the URL. */
export const encodeCursor = (values: readonly string[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

/** The values of a cursor. Refuses `request.invalid` for anything that this server did not make. */
export function decodeCursor(cursor: string, length: number): string[] {
  const values = parse(Buffer.from(cursor, 'base64url').toString());
  const isOurs = Array.isArray(values) && values.length === length && values.every((value) => typeof value === 'string');
  return isOurs ? values : refuse('request.invalid', { errors: [{ path: '/query/cursor', message: 'unknown cursor' }] });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
