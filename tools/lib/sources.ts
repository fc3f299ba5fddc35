import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

const skipped = new Set(['node_modules', 'build', '.react-router', '.cache', '.data', '.git', 'generated']);

/** Files below these folders, as paths from the root with `/`. */
export function filesIn(...folders: string[]): string[] {
  return folders.flatMap((folder) => walk(folder)).toSorted();
}

function walk(folder: string): string[] {
  return readdirSync(path.join(root, folder)).flatMap((name) => {
    if (skipped.has(name)) return [];
    const inside = `${folder}/${name}`;
    return statSync(path.join(root, inside)).isDirectory() ? walk(inside) : [inside];
  });
}

export function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** Who may call whom, from module-map.json. */
export function moduleMap(): Map<string, string[]> {
  return new Map(Object.entries(JSON.parse(read('module-map.json')) as Record<string, string[]>));
}

/** Every module that may be reached from this one, by the map, over any number of steps. */
export function below(module: string, map: Map<string, string[]> = moduleMap()): Set<string> {
  const reached = new Set<string>();
  const visit = (name: string) => {
    for (const next of map.get(name) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      visit(next);
    }
  };
  visit(module);
  return reached;
}

/** TypeScript that ships or tests: `.ts` and `.tsx` of apps and packages. */
export function code(): string[] {
  return filesIn('apps', 'packages').filter((file) => /\.tsx?$/.test(file));
}

export const isTest = (file: string): boolean =>
  /\.test\.tsx?$|\/test\/|\/testing\/|\/testing\.ts$|[./-]fixtures(\.ts|\/)/.test(file);
