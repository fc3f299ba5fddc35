import { filesIn, read } from './sources.ts';

/** Which module made which table, read from the migrations; `platform` for the platform's. */
export function tableOwners(): Map<string, string> {
  const owners = new Map<string, string>();
  for (const file of migrationFiles()) {
    for (const [, table] of bareSql(read(file)).matchAll(/create table (?:if not exists )?"?([a-z_]+)"?/gi)) {
      if (table) owners.set(table, ownerOf(file));
    }
  }
  return owners;
}

export function migrationFiles(): string[] {
  return filesIn('apps/server/src').filter((file) => file.endsWith('.up.sql'));
}

/** `booking` for a file of modules/booking, `platform` for one of the platform. */
export function ownerOf(file: string): string {
  return /^apps\/server\/src\/modules\/([^/]+)\//.exec(file)?.[1] ?? 'platform';
}

/** Tables that foreign keys of this migration point to. */
export function referredTables(sql: string): string[] {
  return [...bareSql(sql).matchAll(/\breferences\s+"?([a-z_]+)"?/gi)].flatMap(([, table]) => table ?? []);
}

/** Tables that the statements in this text read or write. */
export function namedTables(sql: string): string[] {
  const names = bareSql(sql).matchAll(/\b(?:from|join|into|update|truncate|table)\s+(?:only\s+)?"?([a-z_]+)"?/gi);
  return [...names].flatMap(([, table]) => table ?? []);
}

/** The texts in backticks or quotes that look like SQL. */
export function sqlTexts(source: string): string[] {
  const texts = [...source.matchAll(/`([^`]*)`|'((?:[^'\\\n]|\\.)*)'/g)].map(([, long, short]) => long ?? short ?? '');
  return texts.filter((text) => /^\s*(select|insert|update|delete|with|truncate)\b/i.test(text));
}

function bareSql(sql: string): string {
  return sql.replaceAll(/--.*$/gm, '').replaceAll(/\/\*[\s\S]*?\*\//g, '');
}
