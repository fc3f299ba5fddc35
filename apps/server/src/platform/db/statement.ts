import { createHash } from 'node:crypto';
import type { QueryResult, QueryResultRow } from 'pg';
import type { Ctx } from '../ctx.ts';
import { queryable } from './db.ts';

/** Anything that carries a Db; a Ctx does. */
export type HasDb = Pick<Ctx, 'db'>;

export interface Statement<Row extends QueryResultRow, Params extends readonly unknown[]> {
  /** All rows. */
  all(ctx: HasDb, ...params: Params): Promise<Row[]>;
  /** The first row, undefined when there is none. */
  first(ctx: HasDb, ...params: Params): Promise<Row | undefined>;
  /** The one row; throws when there is none or more than one. */
  one(ctx: HasDb, ...params: Params): Promise<Row>;
  /** How many rows it wrote. */
  run(ctx: HasDb, ...params: Params): Promise<number>;
}

const texts = new Map<string, string>();

/** Every statement of the modules loaded so far, by name; a test prepares each on the migrated schema. */
export const registeredStatements: ReadonlyMap<string, string> = texts;

/**
 * A named prepared statement: parsed and planned once per connection (2.5 times as fast as an unnamed one for a
 * look-up by key). Build it once, at the top of `store.ts`. The name, `module.what`, is unique in the process and
 * at most 63 bytes long, PostgreSQL's limit.
 */
export function statement<Row extends QueryResultRow, Params extends readonly unknown[] = []>(
  name: string,
  text: string,
): Statement<Row, Params> {
  register(name, text);
  const send = (ctx: HasDb, params: Params) => execute<Row>(ctx, name, text, [...params]);
  return {
    all: async (ctx, ...params) => (await send(ctx, params)).rows,
    first: async (ctx, ...params) => (await send(ctx, params)).rows[0],
    one: async (ctx, ...params) => theOne(name, (await send(ctx, params)).rows),
    run: async (ctx, ...params) => (await send(ctx, params)).rowCount ?? 0,
  };
}

/**
 * Composed SQL with a small number of variants, for example a search with optional filters. Prepared too, under a
 * name made from its text: never put a value into the text.
 */
export async function query<Row extends QueryResultRow>(
  ctx: HasDb,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  return (await execute<Row>(ctx, nameOf(text), text, [...values])).rows;
}

function execute<Row extends QueryResultRow>(
  { db }: HasDb,
  name: string,
  text: string,
  values: unknown[],
): Promise<QueryResult<Row>> {
  db.counter.statements += 1;
  return queryable(db).query<Row>({ name, text, values });
}

function register(name: string, text: string): void {
  if (Buffer.byteLength(name) > 63) throw new Error(`statement name longer than 63 bytes: ${name}`);
  const known = texts.get(name);
  if (known !== undefined && known !== text) throw new Error(`two statements are named ${name}`);
  texts.set(name, text);
}

function theOne<Row>(name: string, rows: Row[]): Row {
  const [row, ...others] = rows;
  if (row === undefined || others.length > 0) throw new Error(`${name}: ${rows.length} rows instead of one`);
  return row;
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `q_${createHash('sha256').update(text).digest('base64url')}`;
  names.set(text, name);
  return name;
}
