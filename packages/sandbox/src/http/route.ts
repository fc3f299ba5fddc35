import type { Call } from '../app.ts';
import type { ApiError } from './errors.ts';
import type { RawMap } from './form.ts';
import { readShape, type Shape, type Values } from './params.ts';

export type Method = 'GET' | 'POST' | 'DELETE';
/** An object to show, or a refusal whose effects stay. */
export type Answer = object | ApiError;
export type Execute = (call: Call, id: string, subId: string) => Answer;

export interface Route {
  method: Method;
  /** '/v1/charges/:id' */
  pattern: string;
  /** Reads the parameters; a refusal here means that execution has not begun. */
  prepare(raw: RawMap): Execute;
}

/** One endpoint: its parameters by name and type, and what it does with them. `expand` is understood everywhere. */
export function route<S extends Shape>(
  method: Method,
  pattern: string,
  fields: S,
  run: (call: Call, params: Values<S>, id: string, subId: string) => Answer,
): Route {
  return {
    method,
    pattern,
    prepare: (raw) => {
      const params = readShape(fields, raw);
      return (call, id, subId) => run(call, params, id, subId);
    },
  };
}

export interface Match {
  route: Route;
  id: string;
  subId: string;
}

function matcher(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll(/:\w+/g, '([^/]+)')}$`);
}

/** Finds the route of a request; fixed segments win over parameters because they are declared first. */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => Match | undefined {
  const table = routes.map((one) => ({ route: one, test: matcher(one.pattern) }));
  return (method, path) => {
    for (const { route: candidate, test } of table) {
      const found = candidate.method === method ? test.exec(path) : null;
      if (found) return { route: candidate, id: found[1] ?? '', subId: found[2] ?? '' };
    }
    return undefined;
  };
}
