import type { Pool, PoolClient, QueryResult, QueryResultRow } from 'pg';

/** What can run one statement: the pool, or the one client of an open transaction. */
export interface Queryable {
  query<Row extends QueryResultRow>(config: {
    name?: string;
    text: string;
    values?: unknown[];
  }): Promise<QueryResult<Row>>;
}

export type Hook = () => void | Promise<void>;

/** An open transaction. */
export interface Transaction {
  client: PoolClient;
  /** Run after the commit, in the order of their registration. */
  afterCommit: Hook[];
}

/**
 * The database as a ctx carries it. Outside a transaction each statement takes a client of the pool; inside one,
 * `transaction` is set and all statements go through its client.
 */
export interface Db {
  readonly pool: Pool;
  readonly transaction?: Transaction;
  /** Set by the test harness: the transaction around a test, which is rolled back at its end. */
  readonly around?: TestTransaction;
  /** Statements sent since the start, without BEGIN, COMMIT and savepoints; tests hold pages to a number. */
  readonly statements: number;
  readonly counter: Counter;
}

export interface Counter {
  statements: number;
}

export interface TestTransaction {
  client: PoolClient;
  /** Commands inside one test transaction run one after the other: savepoints of two cannot interleave. */
  queue: Promise<void>;
}

/** The Db of a process, on its pool. */
export function createDb(pool: Pool): Db {
  return withCounter({ pool, counter: { statements: 0 } });
}

/** The Db of one test, inside the transaction that the harness rolls back. */
export function createTestDb(pool: Pool, client: PoolClient): Db {
  return withCounter({ pool, counter: { statements: 0 }, around: { client, queue: Promise.resolve() } });
}

/** The same Db inside this transaction; it counts into the same counter. */
export function inside(db: Db, transaction: Transaction): Db {
  return withCounter({
    pool: db.pool,
    counter: db.counter,
    transaction,
    ...(db.around && { around: db.around }),
  });
}

/** The same connections with a counter of its own, for example for one request. */
export function countedApart(db: Db): Db {
  return withCounter({ ...db, counter: { statements: 0 } });
}

/** What runs the next statement of this Db. */
export function queryable(db: Db): Queryable {
  return db.transaction?.client ?? db.around?.client ?? db.pool;
}

function withCounter(parts: Omit<Db, 'statements'>): Db {
  return {
    ...parts,
    get statements() {
      return parts.counter.statements;
    },
  };
}
