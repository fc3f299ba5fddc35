import type { SQLInputValue } from 'node:sqlite';
import type { Database } from './database.ts';
import type { Hidden, Kind, Kinds, Stored } from './kinds.ts';
import { TABLES } from './schema.ts';

/** A condition on a top-level field of the object's JSON, or on the row's `created`. Field names come from code only. */
export type Filter =
  | { field: string; is: string | number | boolean }
  | { field: string; oneOf: readonly string[] }
  | { field: string; noneOf: readonly string[] }
  | { field: string; atLeast: number }
  | { field: string; atMost: number };

export interface Page {
  limit: number;
  startingAfter?: string | undefined;
  endingBefore?: string | undefined;
}

export interface Store {
  db: Database;
  insert<K extends Kind>(kind: K, account: string, object: Kinds[K] & { id: string }, hidden?: Hidden): void;
  /** Writes the object back; `hidden`, when given, replaces what was remembered. */
  update<K extends Kind>(kind: K, object: Kinds[K] & { id: string }, hidden?: Hidden): void;
  find<K extends Kind>(kind: K, id: string): Stored<K> | undefined;
  /** The object of whatever kind that has this id. */
  findAny(id: string): { kind: Kind; object: Kinds[Kind] } | undefined;
  /** Newest first. */
  list<K extends Kind>(
    kind: K,
    account: string,
    filters?: readonly Filter[],
    page?: Page,
  ): { items: Kinds[K][]; more: boolean };
  /** Forgets everything. */
  clear(): void;
}

interface ObjectRow {
  kind: string;
  account: string;
  body: string;
  hidden: string;
}

const COLUMNS = new Set(['created', 'id']);

function column(field: string): string {
  return COLUMNS.has(field) ? field : `json_extract(body, '$.${field}')`;
}

function condition(filter: Filter): { sql: string; values: SQLInputValue[] } {
  const left = column(filter.field);
  if ('oneOf' in filter) {
    return { sql: `${left} IN (${filter.oneOf.map(() => '?').join(', ')})`, values: [...filter.oneOf] };
  }
  if ('noneOf' in filter) {
    return { sql: `${left} NOT IN (${filter.noneOf.map(() => '?').join(', ')})`, values: [...filter.noneOf] };
  }
  if ('atLeast' in filter) return { sql: `${left} >= ?`, values: [filter.atLeast] };
  if ('atMost' in filter) return { sql: `${left} <= ?`, values: [filter.atMost] };
  // JSON booleans are extracted as 0 and 1.
  const value = typeof filter.is === 'boolean' ? Number(filter.is) : filter.is;
  return { sql: `${left} = ?`, values: [value] };
}

function listRows(db: Database, kind: string, account: string, filters: readonly Filter[], page: Page): ObjectRow[] {
  const parts = filters.map(condition);
  const where = ['kind = ?', 'account = ?', ...parts.map((part) => part.sql)];
  const values: SQLInputValue[] = [kind, account, ...parts.flatMap((part) => part.values)];
  const cursor = page.endingBefore ?? page.startingAfter;
  if (cursor !== undefined) {
    where.push(`seq ${page.endingBefore === undefined ? '<' : '>'} (SELECT seq FROM object WHERE id = ?)`);
    values.push(cursor);
  }
  const order = page.endingBefore === undefined ? 'DESC' : 'ASC';
  const sql = `SELECT kind, account, body, hidden FROM object WHERE ${where.join(' AND ')} ORDER BY seq ${order} LIMIT ?`;
  return db.all<ObjectRow>(sql, ...values, page.limit + 1);
}

function stored<K extends Kind>(row: ObjectRow): Stored<K> {
  return {
    object: JSON.parse(row.body) as Kinds[K],
    hidden: JSON.parse(row.hidden) as Hidden,
    account: row.account,
  };
}

const ALL: Page = { limit: 1_000_000 };

export function createStore(db: Database): Store {
  return {
    db,
    insert: (kind, account, object, hidden = {}) => {
      const created = 'created' in object && typeof object.created === 'number' ? object.created : 0;
      db.run(
        'INSERT INTO object (id, kind, account, created, body, hidden) VALUES (?, ?, ?, ?, ?, ?)',
        object.id,
        kind,
        account,
        created,
        JSON.stringify(object),
        JSON.stringify(hidden),
      );
    },
    update: (kind, object, hidden) => {
      const body = JSON.stringify(object);
      const outcome =
        hidden === undefined
          ? db.run('UPDATE object SET body = ? WHERE id = ? AND kind = ?', body, object.id, kind)
          : db.run(
              'UPDATE object SET body = ?, hidden = ? WHERE id = ? AND kind = ?',
              body,
              JSON.stringify(hidden),
              object.id,
              kind,
            );
      if (outcome.changes !== 1) throw new Error(`no ${kind} ${object.id} to update`);
    },
    find: (kind, id) => {
      const row = db.first<ObjectRow>(
        'SELECT kind, account, body, hidden FROM object WHERE id = ? AND kind = ?',
        id,
        kind,
      );
      return row && stored(row);
    },
    findAny: (id) => {
      const row = db.first<ObjectRow>('SELECT kind, account, body, hidden FROM object WHERE id = ?', id);
      return row && { kind: row.kind as Kind, object: stored(row).object };
    },
    list: <K extends Kind>(kind: K, account: string, filters: readonly Filter[] = [], page = ALL) => {
      const rows = listRows(db, kind, account, filters, page);
      const items = rows.slice(0, page.limit).map((row) => stored<K>(row).object);
      return { items: page.endingBefore === undefined ? items : items.toReversed(), more: rows.length > page.limit };
    },
    clear: () => {
      db.transaction(() => {
        for (const table of TABLES) db.run(`DELETE FROM ${table}`);
      });
    },
  };
}
