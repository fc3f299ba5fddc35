import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg, { type FieldDef } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registeredStatements } from '../src/platform/db/statement.ts';
import { freshDatabase } from '../src/platform/testing.ts';
import { describeStatement } from './support/describe.ts';
import { declaredRows, type DeclaredRow, type Property } from './support/row-types.ts';

const source = path.resolve(import.meta.dirname, '../src');
const notForLoading = /\.test\.ts$|\/testing|\/fixtures|^main\.ts$|^up\//;

const { INT8, INT4, INT2, BOOL, TIMESTAMPTZ, DATE, TEXT, VARCHAR, BPCHAR, UUID, NUMERIC, FLOAT4, FLOAT8 } =
  pg.types.builtins;

/** What a column of this type becomes in JavaScript; types that are not here are read as the module says. */
const kindsByType = new Map<number, Property['kinds'] extends Set<infer K> ? K : never>([
  [INT8, 'bigint'],
  ...[INT4, INT2, FLOAT4, FLOAT8].map((oid) => [oid, 'number'] as const),
  [BOOL, 'boolean'],
  [TIMESTAMPTZ, 'Date'],
  ...[DATE, TEXT, VARCHAR, BPCHAR, UUID, NUMERIC].map((oid) => [oid, 'string'] as const),
  // text[], varchar[], uuid[], int8[], int4[], timestamptz[]
  ...[1009, 1015, 2951, 1016, 1007, 1185].map((oid) => [oid, 'array'] as const),
]);

let client: pg.Client;
let mayBeNull: Set<string>;

beforeAll(async () => {
  for (const file of filesWithStatements()) await import(file);
  client = new pg.Client({ connectionString: await freshDatabase() });
  await client.connect();
  await client.query('create table migration_probe (id bigint not null, name text, executed_at timestamptz not null)');
  const { rows } = await client.query<{ column: string }>(
    `select a.attrelid || '.' || a.attnum as column from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attnum > 0 and not a.attnotnull and c.relnamespace = 'public'::regnamespace
       and c.relkind in ('r', 'p') -- of a view's columns PostgreSQL does not know it`,
  );
  mayBeNull = new Set(rows.map(({ column }) => column));
});

afterAll(() => client.end());

describe('named statements', () => {
  it('all fit the migrated schema, and answer what their row types say', async () => {
    const declared = declaredRows();
    const wrong: string[] = [];
    for (const [name, text] of registeredStatements) {
      try {
        const fields = await describeStatement(client, text);
        wrong.push(...differences(name, declared.get(name), fields ?? [], text));
      } catch (error) {
        wrong.push(`${name}: ${String(error)}`);
      }
    }
    expect(registeredStatements.size).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  });

  it('are checked by a test that sees a missing column, a wrong type and a forgotten null', async () => {
    const fields = await describeStatement(client, 'select id, name, executed_at from migration_probe');
    const properties = new Map<string, Property>([
      ['id', { kinds: new Set(['number']), nullable: false }],
      ['name', { kinds: new Set(['string']), nullable: false }],
      ['gone', { kinds: new Set(['string']), nullable: true }],
    ]);
    expect(differences('probe', { file: 'x.ts', properties }, fields ?? [], '')).toEqual([
      'probe (x.ts): id arrives as bigint',
      'probe (x.ts): name may be null',
      'probe (x.ts): gone is not answered',
    ]);
  });
});

function filesWithStatements(): string[] {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
  const loadable = files.filter((file) => file.endsWith('.ts') && !notForLoading.test(file));
  return loadable
    .map((file) => path.join(source, file))
    .filter((file) => / = statement\b/.test(readFileSync(file, 'utf8')));
}

function differences(name: string, row: DeclaredRow | undefined, fields: FieldDef[], text: string): string[] {
  if (!row) return [];
  const byName = new Map(fields.map((field) => [field.name, field]));
  return [...row.properties].flatMap(([key, property]) => {
    const said = difference(property, byName.get(key), text);
    return said ? [`${name} (${row.file}): ${key} ${said}`] : [];
  });
}

function difference({ kinds, nullable }: Property, field: FieldDef | undefined, text: string): string | undefined {
  if (!field) return 'is not answered';
  const kind = kindsByType.get(field.dataTypeID);
  if (kind && !kinds.has(kind)) return `arrives as ${kind}`;
  const column = `${field.tableID}.${field.columnID}`;
  return !nullable && mayBeNull.has(column) && !ruledOut(field.name, text) ? 'may be null' : undefined;
}

/** A condition on the column keeps its nulls away. */
function ruledOut(column: string, text: string): boolean {
  return new RegExp(`\\b${column}\\s*(is not null|between|[<>=])`, 'i').test(text);
}
