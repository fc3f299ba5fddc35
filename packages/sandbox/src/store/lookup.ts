import type { Call } from '../app.ts';
import { noSuch } from '../http/errors.ts';
import type { Kind, Stored } from './kinds.ts';

/** The caller's object with this id; refuses `resource_missing` (404) for others' and unknown ones. */
export function own<K extends Kind>(call: Call, kind: K, id: string, param = 'id'): Stored<K> {
  const found = call.store.find(kind, id);
  if (!found || found.account !== call.account) throw noSuch(kind, id, param);
  return found;
}

/** An object that another one refers to, so it must exist. */
export function linked<K extends Kind>(call: Call, kind: K, id: string | null): Stored<K> {
  const found = id === null ? undefined : call.store.find(kind, id);
  if (!found) throw new Error(`no ${kind} ${id}, although it is referred to`);
  return found;
}
