/** Fields that lists are filtered by; an index on each, in the order in which pages are read. */
const INDEXED_FIELDS = [
  'charge',
  'customer',
  'payment_intent',
  'source',
  'source_transaction',
  'transfer',
  'transfer_group',
  'type',
];

const FIELD_INDEXES = INDEXED_FIELDS.map(
  (field) =>
    `CREATE INDEX IF NOT EXISTS object_by_${field} ON object (kind, account, json_extract(body, '$.${field}'), seq);`,
).join('\n');

/** Objects are kept as the JSON that the API shows; what must be summed, timed or sent has narrow tables of its own. */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS object (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  account TEXT NOT NULL,
  created INTEGER NOT NULL,
  body TEXT NOT NULL,
  hidden TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS object_by_kind ON object (kind, account, seq);
${FIELD_INDEXES}

CREATE TABLE IF NOT EXISTS balance_line (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  currency TEXT NOT NULL,
  net INTEGER NOT NULL,
  available_on INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS balance_line_by_account ON balance_line (account, currency, available_on, net);

CREATE TABLE IF NOT EXISTS due (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  UNIQUE (kind, subject)
) STRICT;
CREATE INDEX IF NOT EXISTS due_by_time ON due (at, id);

CREATE TABLE IF NOT EXISTS delivery (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id TEXT NOT NULL,
  type TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  state TEXT NOT NULL,
  position INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  born_ms INTEGER NOT NULL,
  next_ms INTEGER NOT NULL,
  last_status INTEGER,
  last_error TEXT,
  done_ms INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS delivery_waiting ON delivery (endpoint, state, position);
CREATE INDEX IF NOT EXISTS delivery_by_event ON delivery (event_id);

CREATE TABLE IF NOT EXISTS idempotency (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  request_id TEXT NOT NULL,
  created INTEGER NOT NULL,
  PRIMARY KEY (scope, key)
) STRICT;

CREATE TABLE IF NOT EXISTS fault (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  rule TEXT NOT NULL,
  remaining INTEGER
) STRICT;

CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`;

export const TABLES = ['object', 'balance_line', 'due', 'delivery', 'idempotency', 'fault', 'setting'] as const;
