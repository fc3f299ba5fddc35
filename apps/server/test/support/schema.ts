import pg from 'pg';

/** Everything that a migration may leave behind, one line each, so that two schemas can be compared as text. */
const parts: Record<string, string> = {
  relations: `
    select format('%s %s.%s owner=%s persistence=%s partition=%s rls=%s access=%s', c.relkind, n.nspname, c.relname,
      pg_get_userbyid(c.relowner), c.relpersistence, pg_get_expr(c.relpartbound, c.oid), c.relrowsecurity,
      (select string_agg(a::text, ',' order by a::text) from unnest(c.relacl) a))
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind not in ('t', 'i', 'I')`,
  columns: `
    select format('%s.%s.%s %s null=%s default=%s identity=%s generated=%s collation=%s', n.nspname, c.relname, a.attname,
      format_type(a.atttypid, a.atttypmod), not a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attidentity,
      a.attgenerated, a.attcollation::regcollation)
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm')`,
  constraints: `
    select format('%s.%s %s %s', n.nspname, coalesce(c.conrelid::regclass::text, c.contypid::regtype::text), c.conname,
      pg_get_constraintdef(c.oid))
    from pg_constraint c join pg_namespace n on n.oid = c.connamespace where true`,
  indexes: `
    select i.indexdef from pg_indexes i join pg_namespace n on n.nspname = i.schemaname where true`,
  functions: `
    select format('%s access=%s owner=%s', pg_get_functiondef(p.oid),
      (select string_agg(a::text, ',' order by a::text) from unnest(p.proacl) a), pg_get_userbyid(p.proowner))
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prokind in ('f', 'p')
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
  triggers: `
    select pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where not t.tgisinternal`,
  policies: `
    select p::text from pg_policies p join pg_namespace n on n.nspname = p.schemaname where true`,
  types: `
    select format('%s %s.%s', t.typtype, n.nspname, t.typname)
    from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.typtype in ('e', 'd', 'r', 'm')
      and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'e')`,
  schemas: `
    select format('%s owner=%s access=%s', n.nspname, pg_get_userbyid(n.nspowner),
      (select string_agg(a::text, ',' order by a::text) from unnest(n.nspacl) a))
    from pg_namespace n where true`,
  defaults: `
    select format('%s %s %s', n.nspname, d.defaclobjtype,
      (select string_agg(a::text, ',' order by a::text) from unnest(d.defaclacl) a))
    from pg_default_acl d join pg_namespace n on n.oid = d.defaclnamespace where true`,
  extensions: `
    select e.extname::text from pg_extension e join pg_namespace n on n.oid = e.extnamespace where n.nspname = 'public'`,
};

/** The system's own schemas, and the task queue's, which it makes and upgrades by itself. */
const foreign = `n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'pgboss')`;

/** The schema of a database as sorted lines, without the table in which migrations are recorded. */
export async function schemaOf(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const lines: string[] = [];
    for (const [part, sql] of Object.entries(parts)) {
      const { rows } = await client.query<string[]>({ text: `${sql} and ${foreign}`, rowMode: 'array' });
      lines.push(...rows.map(([line]) => `${part}: ${line ?? ''}`));
    }
    return lines.filter((line) => !/\bpublic\.migration(_position_seq)?\b/.test(line)).toSorted();
  } finally {
    await client.end();
  }
}
