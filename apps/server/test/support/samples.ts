import fc from 'fast-check';
import { newId } from '../../src/platform/ids.ts';

/** The part of JSON Schema that our contracts use. */
export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  default?: unknown;
  patternProperties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
}

/** A value that the schema admits: always the same for the same schema, apart from ids, which nobody has. */
export function sampleOf(schema: Schema, optional = false): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return sampleOf(schema.anyOf[0] ?? {}, optional);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => sampleOf(part, optional))) as unknown;
  return sampleOfType(Array.isArray(schema.type) ? schema.type[0] : schema.type, schema, optional);
}

function sampleOfType(type: string | undefined, schema: Schema, optional: boolean): unknown {
  if (type === 'object') return sampleObject(schema, optional);
  if (type === 'array')
    return Array.from({ length: schema.minItems ?? 1 }, () => sampleOf(schema.items ?? {}, optional));
  if (type === 'string') return sampleText(schema);
  if (type === 'integer' || type === 'number') return schema.minimum ?? Math.min(1, schema.maximum ?? 1);
  return type === 'boolean' ? true : null;
}

function sampleObject({ properties = {}, required = [] }: Schema, optional: boolean): Record<string, unknown> {
  const names = Object.keys(properties).filter((name) => optional || required.includes(name));
  return Object.fromEntries(names.map((name) => [name, sampleOf(properties[name] ?? {}, optional)]));
}

const byFormat: Record<string, () => string> = {
  uuid: newId,
  email: () => `somebody-${newId()}@plumbline.example`,
  date: () => '2026-12-01',
  'date-time': () => '2026-12-01T10:00:00.000Z',
  uri: () => 'https://plumbline.example/',
};

function sampleText({ format, pattern, minLength = 0, maxLength = 200 }: Schema): string {
  const formatted = format === undefined ? undefined : byFormat[format]?.();
  if (formatted !== undefined) return formatted;
  if (pattern === undefined) return 'word '.repeat(Math.ceil(Math.max(minLength, 4) / 5)).slice(0, maxLength);
  const texts = fc
    .stringMatching(new RegExp(pattern))
    .filter(({ length }) => length >= minLength && length <= maxLength);
  return fc.sample(texts, { seed: 1, numRuns: 1 })[0] ?? '';
}

/** Values of types and sizes that hardly any property takes. */
const odd: unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  'x'.repeat(5000),
  [],
  {},
  [[]],
  { a: { b: {} } },
  '2026-02-31',
  "' or 1=1 --",
  '💥'.repeat(50),
  Number.MAX_SAFE_INTEGER,
  '99999999999999999999',
  '-0',
  'NaN',
  '../../etc/passwd',
  '<script>',
];

/** For each property of a valid object, the object with that property odd, missing, and with one that nobody knows. */
export function spoiled(schema: Schema): unknown[] {
  const valid = sampleOf(schema, true);
  if (typeof valid !== 'object' || valid === null || Array.isArray(valid)) return odd;
  const names = Object.keys(valid);
  const wrong = names.flatMap((name) => odd.map((value) => ({ ...valid, [name]: value })));
  const missing = (schema.required ?? []).map((name) =>
    Object.fromEntries(Object.entries(valid).filter(([key]) => key !== name)),
  );
  return [...wrong, ...missing, { ...valid, nobodyKnowsThis: 1 }, null, [], 'text', 7];
}

/** What people and programs put where an id belongs. */
export const oddSegments = [
  'not-an-id',
  '0',
  '-1',
  '00000000-0000-0000-0000-000000000000',
  'undefined',
  'null',
  "'%20or%201=1",
  '%E2%98%83',
  '..%2F..%2Fetc',
  'a'.repeat(190),
  '%00',
  '%ff',
  '💥',
];
