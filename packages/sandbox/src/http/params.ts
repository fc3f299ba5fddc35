import { invalid, missingParameter, unknownParameter } from './errors.ts';
import type { Raw, RawMap } from './form.ts';

/** Reads one parameter, or refuses it by its full name (`line_items[0][quantity]`). */
export type Param<T> = (raw: Raw, path: string) => T;
/** A parameter that must be there. */
export interface Must<T> {
  must: Param<T>;
}
type Field = Param<unknown> | Must<unknown>;
export type Shape = Record<string, Field>;
export type Values<S extends Shape> = {
  [K in keyof S]: S[K] extends Must<infer T> ? T : S[K] extends Param<infer T> ? T | undefined : never;
};

export function must<T>(param: Param<T>): Must<T> {
  return { must: param };
}

function string(raw: Raw, path: string): string {
  if (typeof raw !== 'string') throw invalid(`Invalid string: ${path}`, { param: path });
  return raw;
}

/** Text that is not empty. */
export function text(max = 5000): Param<string> {
  return (raw, path) => {
    const value = string(raw, path);
    if (value === '') {
      throw invalid(`You passed an empty string for '${path}'.`, { code: 'parameter_invalid_empty', param: path });
    }
    if (value.length > max) throw invalid(`Invalid string: ${path} must be at most ${max} characters`, { param: path });
    return value;
  };
}

/** Text that an empty string unsets. */
export function clearable(max = 5000): Param<string | null> {
  return (raw, path) => (raw === '' ? null : text(max)(raw, path));
}

export function whole(range: { min?: number; max?: number } = {}): Param<number> {
  return (raw, path) => {
    const value = string(raw, path);
    const number = Number(value);
    if (!/^-?\d+$/.test(value) || !Number.isSafeInteger(number)) {
      throw invalid(`Invalid integer: ${value}`, { code: 'parameter_invalid_integer', param: path });
    }
    if (number < (range.min ?? -Infinity)) {
      throw invalid(`This value must be greater than or equal to ${range.min}.`, {
        code: 'parameter_invalid_integer',
        param: path,
      });
    }
    if (number > (range.max ?? Infinity)) {
      throw invalid(`This value must be less than or equal to ${range.max}.`, {
        code: 'parameter_invalid_integer',
        param: path,
      });
    }
    return number;
  };
}

export const flag: Param<boolean> = (raw, path) => {
  const value = string(raw, path);
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw invalid(`Invalid boolean: ${value}`, { param: path });
};

export function oneOf<const T extends string>(...allowed: T[]): Param<T> {
  return (raw, path) => {
    const value = string(raw, path);
    const found = allowed.find((one) => one === value);
    if (found === undefined) throw invalid(`Invalid ${path}: must be one of ${allowed.join(', ')}`, { param: path });
    return found;
  };
}

export const currency: Param<string> = (raw, path) => {
  const value = string(raw, path).toLowerCase();
  if (!/^[a-z]{3}$/.test(value)) throw invalid(`Invalid currency: ${value}`, { param: path });
  return value;
};

export const url: Param<string> = (raw, path) => {
  const value = text()(raw, path);
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) {
    throw invalid('Not a valid URL', { code: 'url_invalid', param: path });
  }
  return value;
};

export function list<T>(item: Param<T>, max = 100): Param<T[]> {
  return (raw, path) => {
    if (typeof raw === 'string') throw invalid(`Invalid array: ${path}`, { param: path });
    const entries = Object.entries(raw);
    if (entries.some(([key]) => !/^\d+$/.test(key)) || entries.length > max) {
      throw invalid(`Invalid array: ${path}`, { param: path });
    }
    return entries.toSorted(([a], [b]) => Number(a) - Number(b)).map(([key, value]) => item(value, `${path}[${key}]`));
  };
}

export function shape<S extends Shape>(fields: S): Param<Values<S>> {
  return (raw, path) => {
    if (typeof raw === 'string') throw invalid(`Invalid object: ${path}`, { param: path });
    return readShape(fields, raw, path);
  };
}

function nameBelow(path: string, name: string): string {
  return path === '' ? name : `${path}[${name}]`;
}

/** Reads all fields; a name that the shape does not have is refused. */
export function readShape<S extends Shape>(fields: S, raw: RawMap, path = ''): Values<S> {
  const unknown = Object.keys(raw).find((name) => !Object.hasOwn(fields, name));
  if (unknown !== undefined) throw unknownParameter(nameBelow(path, unknown));
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = raw[name];
    const full = nameBelow(path, name);
    if (typeof field === 'function') {
      values[name] = value === undefined ? undefined : field(value, full);
      continue;
    }
    if (value === undefined) throw missingParameter(full);
    values[name] = field.must(value, full);
  }
  return values as Values<S>;
}

const MAX_KEYS = 50;

/** Metadata: up to 50 keys of up to 40 characters, values up to 500; an empty value removes its key. */
export const metadata: Param<Record<string, string>> = (raw, path) => {
  if (raw === '') return {};
  if (typeof raw === 'string') throw invalid(`Invalid object: ${path}`, { param: path });
  const entries = Object.entries(raw);
  if (entries.length > MAX_KEYS) throw invalid(`Metadata can have at most ${MAX_KEYS} keys`, { param: path });
  for (const [key, value] of entries) {
    if (key.length > 40) throw invalid(`Metadata keys must be at most 40 characters: ${key}`, { param: path });
    if (typeof value !== 'string' || value.length > 500) {
      throw invalid(`Metadata values must be strings of at most 500 characters: ${key}`, { param: `${path}[${key}]` });
    }
  }
  return Object.fromEntries(entries) as Record<string, string>;
};

/** Merges new metadata into old as Stripe does: given keys replace, empty values remove. */
export function mergeMetadata(
  old: Record<string, string> | null,
  given: Record<string, string> | undefined,
): Record<string, string> {
  const merged = { ...old, ...given };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
}

const span = shape({ gt: whole(), gte: whole(), lt: whole(), lte: whole() });

export interface Span {
  atLeast: number | undefined;
  atMost: number | undefined;
}

/** A time, or a range with gt, gte, lt, lte. */
export const range: Param<Span> = (raw, path) => {
  if (typeof raw === 'string') {
    const at = whole()(raw, path);
    return { atLeast: at, atMost: at };
  }
  const { gt, gte, lt, lte } = span(raw, path);
  return {
    atLeast: gte ?? (gt === undefined ? undefined : gt + 1),
    atMost: lte ?? (lt === undefined ? undefined : lt - 1),
  };
};
