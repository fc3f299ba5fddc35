import pg from 'pg';

/** Whether the demo market of this database was seeded. By one short connection: a supervisor has no pool. */
export async function isSeeded(ownerUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query(`select 1 from installation where name = 'seeded'`);
    return rowCount === 1;
  } finally {
    await client.end();
  }
}
