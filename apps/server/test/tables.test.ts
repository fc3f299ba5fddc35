import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../src/platform/testing.ts';

/** Tables whose rows belong to no market, each with the reason. */
const marketless: Record<string, string> = {
  migration: 'describes the database itself',
  installation: 'the installation itself',
  platform_clock: 'one clock for the installation',
  outbox_handled: 'a mark beside an event, which has the market',
  task_schedule: 'schedules run once for all markets',
  rate_window: 'counts requests before anybody knows for which market',
  sign_in_failure: 'counts attempts before anybody knows who it is',
  region: 'is the market',
  currency: 'ISO 4217',
  category: 'one taxonomy for all markets',
  ledger_code: 'the chart of accounts',
  ledger_era: 'which chain of the ledger is being written',
  match_count: 'an area, whose number names the market',
  match_place: 'an area, whose number names the market',
  match_card: 'belongs to its listing, which has the market; narrow for search',
  order_transition: 'the moves of an order as data',
  payout_transition: 'the moves of a payout as data',
};

/** Rows of a larger whole, which has the currency for all of them. */
const currencyOfParent: Record<string, string> = {
  ledger_folded_entry: 'its account',
  order_line: 'its order',
  booking_event: 'its booking',
  booking_offer: 'its booking',
};

let client: pg.Client;

beforeAll(async () => {
  client = new pg.Client({ connectionString: await freshDatabase() });
  await client.connect();
});

afterAll(() => client.end());

interface Column {
  table: string;
  column: string;
  type: string;
  required: boolean;
}

async function columns(): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type, a.attnotnull as required
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
       and not c.relispartition`,
  );
  return rows;
}

describe('every table', () => {
  it('says of each row to which market it belongs', async () => {
    const all = await columns();
    const withRegion = new Set(
      all.filter(({ column, required }) => column === 'region_id' && required).map(({ table }) => table),
    );
    const tables = new Set(all.map(({ table }) => table));
    expect([...tables].filter((table) => !withRegion.has(table) && !marketless[table])).toEqual([]);
    expect(Object.keys(marketless).filter((table) => !tables.has(table) || withRegion.has(table))).toEqual([]);
  });

  it('keeps money as whole minor units beside a currency', async () => {
    const all = await columns();
    const money = all.filter(({ column }) => column.endsWith('_minor'));
    expect(money.filter(({ type }) => type !== 'bigint')).toEqual([]);
    const withCurrency = new Set(
      all.filter(({ column, type }) => column === 'currency' && type === 'character').map(({ table }) => table),
    );
    expect(
      [...new Set(money.map(({ table }) => table))].filter(
        (table) => !withCurrency.has(table) && !currencyOfParent[table],
      ),
    ).toEqual([]);
  });

  it('keeps moments with their zone, and no number that rounds', async () => {
    const all = await columns();
    const forbidden = ['timestamp without time zone', 'real', 'money', 'json', 'serial'];
    // Ranks of search are estimates and may round.
    const kept = all.filter(({ table, type }) => !(table.startsWith('match_') && type === 'real'));
    expect(kept.filter(({ type }) => forbidden.includes(type))).toEqual([]);
  });

  it('can be read by the application, and belongs to the owner', async () => {
    const { rows } = await client.query<{ table: string }>(
      `select c.relname as table from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
         and (not has_table_privilege('plumbline_app', c.oid, 'select') or pg_get_userbyid(c.relowner) = 'plumbline_app')`,
    );
    expect(rows.map(({ table }) => table).filter((table) => !marketless[table])).toEqual([]);
  });
});
