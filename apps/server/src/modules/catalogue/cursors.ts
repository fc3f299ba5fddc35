import { decodeCursor } from '../../platform/cursor.ts';
import { refuse } from '../../platform/errors.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id after which a page begins; refuses a cursor that we did not make. */
export function idAfter(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const [id = ''] = decodeCursor(cursor, 1);
  return uuid.test(id) ? id : unknown();
}

/** The same for pages in the order of (time, id). */
export function timeAndIdAfter(cursor: string | undefined): [Date, string] | undefined {
  if (cursor === undefined) return undefined;
  const [time = '', id = ''] = decodeCursor(cursor, 2);
  const at = new Date(time);
  return uuid.test(id) && !Number.isNaN(at.getTime()) ? [at, id] : unknown();
}

function unknown(): never {
  refuse('request.invalid', { errors: [{ path: '/query/cursor', message: 'unknown cursor' }] });
}
