import pg from 'pg';

const { builtins } = pg.types;

/** bigint[]; pg's list of builtins has no name for it. */
const int8Array = 1016;

/**
 * How values of PostgreSQL become values of JavaScript: int8 → bigint, so no amount loses a digit; date and
 * timestamp without zone stay text, because a JavaScript Date would put the process's zone into them.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === builtins.INT8) return BigInt;
    if (oid === int8Array) return (text: string) => arrayOfText(text).map(bigintOrNull);
    if (oid === builtins.DATE || oid === builtins.TIMESTAMP) return (text: string) => text;
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
  },
};

const bigintOrNull = (text: string) => (text === 'NULL' ? null : BigInt(text));

function arrayOfText(text: string): string[] {
  const inner = text.slice(1, -1);
  return inner === '' ? [] : inner.split(',');
}

export interface PoolOptions {
  /** Clients at most; 8 unless told (measured: enough for two cores). */
  max?: number;
  /** How the pool's clients name themselves in pg_stat_activity. */
  name?: string;
  /** Does not wait for the disk at each commit: for filling a market that can be filled again, never for anybody's money. */
  hurried?: boolean;
  /** Told when an idle client loses its server (a restart, a switch-over); the pool replaces the client by itself. */
  onLost?: (error: Error) => void;
}

/** The role under which the application works: it owns no table and cannot bypass a floor of the ledger. */
export const appRole = 'plumbline_app';

/** Pool of the application: every client takes the role `plumbline_app` before its first statement. */
export function appPool(url: string, options: PoolOptions = {}): pg.Pool {
  // Statements are named and their plans kept: planning each execution again costs more than it brings (half of the
  // CPU of a search), and so does compiling their expressions.
  const planning = '-c plan_cache_mode=force_generic_plan -c jit=off';
  const hurry = options.hurried ? ' -c synchronous_commit=off' : '';
  const settings = `-c role=${appRole} -c timezone=UTC -c idle_in_transaction_session_timeout=60000 ${planning}${hurry}`;
  return newPool(url, { max: 8, name: 'plumbline', ...options }, settings);
}

/** Pool of the owner of the tables: for migrations and for tests that must empty tables, for nothing else. */
export function ownerPool(url: string, options: PoolOptions = {}): pg.Pool {
  return newPool(url, { max: 2, name: 'plumbline owner', ...options }, '-c timezone=UTC');
}

function newPool(url: string, options: PoolOptions, settings: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    application_name: options.name,
    options: settings,
    types,
    idleTimeoutMillis: 30_000,
  });
  // Without a listener this event would end the process, although the next query simply gets a new client.
  pool.on('error', options.onLost ?? noteNothing);
  // The same for a client in use that loses its server between two statements: its next statement fails and tells.
  pool.on('connect', (client) => client.on('error', noteNothing));
  return pool;
}

const noteNothing = () => undefined;
