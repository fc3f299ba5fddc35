import { invalid } from '../http/errors.ts';
import type { Fault } from './faults.ts';

export type Json = Record<string, unknown>;

export function text(body: Json, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || typeof value === 'string') return value;
  throw invalid(`${name} must be a string`, { param: name });
}

export function bool(body: Json, name: string): boolean | undefined {
  const value = body[name];
  if (value === undefined || typeof value === 'boolean') return value;
  throw invalid(`${name} must be true or false`, { param: name });
}

function natural(body: Json, name: string): number | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw invalid(`${name} must be a natural number`, { param: name });
}

function texts(body: Json, name: string): string[] | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw invalid(`${name} must be a list of strings`, { param: name });
}

function target(body: Json): { path: string; method?: string } {
  const path = text(body, 'path');
  if (path === undefined) throw invalid('path is missing', { param: 'path' });
  const method = text(body, 'method');
  return method === undefined ? { path } : { path, method };
}

const DEFAULT_WAIT_MS = 1000;

function ruleOf(body: Json): Fault {
  const kind = text(body, 'kind');
  const wanted = texts(body, 'types');
  const types = wanted === undefined ? {} : { types: wanted };
  const ms = natural(body, 'ms') ?? DEFAULT_WAIT_MS;
  switch (kind) {
    case 'drop':
    case 'double':
      return { kind, ...types };
    case 'delay':
      return { kind, ms, ...types };
    case 'reorder':
      return { kind, ms, window: natural(body, 'window') ?? 2, ...types };
    case 'error_after_success':
    case 'cut_after_success':
      return { kind, ...target(body) };
    case 'error_before':
      return { kind, status: natural(body, 'status') ?? 500, ...target(body) };
    case 'slow':
      return { kind, ms, ...target(body) };
    default:
      throw invalid(`Unknown fault: ${kind}`, { param: 'kind' });
  }
}

const KNOWN = new Set(['kind', 'types', 'ms', 'window', 'path', 'method', 'status', 'times']);

/** A fault from its JSON. `times` says how often it strikes: 1 unless given, null for ever. A reorder lasts for its window. */
export function readFault(body: Json): { rule: Fault; times: number | null } {
  const unknown = Object.keys(body).find((name) => !KNOWN.has(name));
  if (unknown !== undefined) throw invalid(`Unknown field: ${unknown}`, { param: unknown });
  const rule = ruleOf(body);
  if (body['times'] === null) return { rule, times: null };
  return { rule, times: natural(body, 'times') ?? (rule.kind === 'reorder' ? rule.window : 1) };
}
