import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SCHEMA } from './schema.ts';

/** A synchronous SQLite database with prepared statements kept by their text. */
export interface Database {
  all<Row>(sql: string, ...values: SQLInputValue[]): Row[];
  first<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined;
  run(sql: string, ...values: SQLInputValue[]): { changes: number; lastId: number };
  /** All or nothing. What `work` throws is thrown on, after the roll back. Does not nest. */
  transaction<T>(work: () => T): T;
  close(): void;
}

function open(file: string, hurried: boolean): DatabaseSync {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  // FULL: an answered request has reached the disk, as a client of a PSP may expect.
  const wait = hurried ? 'OFF' : 'FULL';
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${wait}; PRAGMA busy_timeout = 5000;`);
  database.exec(SCHEMA);
  return database;
}

export function openDatabase(file: string, hurried = false): Database {
  const database = open(file, hurried);
  const prepared = new Map<string, StatementSync>();

  function statement(sql: string): StatementSync {
    const known = prepared.get(sql);
    if (known) return known;
    const fresh = database.prepare(sql);
    prepared.set(sql, fresh);
    return fresh;
  }

  return {
    all: <Row>(sql: string, ...values: SQLInputValue[]) => statement(sql).all(...values) as Row[],
    first: <Row>(sql: string, ...values: SQLInputValue[]) => statement(sql).get(...values) as Row | undefined,
    run: (sql, ...values) => {
      const outcome = statement(sql).run(...values);
      return { changes: Number(outcome.changes), lastId: Number(outcome.lastInsertRowid) };
    },
    transaction: (work) => {
      database.exec('BEGIN IMMEDIATE');
      try {
        const value = work();
        database.exec('COMMIT');
        return value;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => database.close(),
  };
}
