import { existsSync } from 'node:fs';
import path from 'node:path';
import { mapOrder } from './platform/db/migrations.ts';
import type { Module } from './platform/http/module.ts';

/**
 * All modules in the order of the map. Each `modules/<name>/module.ts` exports its parts under the module's name;
 * nothing else imports that file.
 */
export async function loadModules(): Promise<Module[]> {
  const files = mapOrder().map((name) => ({
    name,
    file: path.join(import.meta.dirname, 'modules', name, 'module.ts'),
  }));
  return Promise.all(files.filter(({ file }) => existsSync(file)).map(({ name, file }) => load(name, file)));
}

async function load(name: string, file: string): Promise<Module> {
  const exports = (await import(file)) as Record<string, Module | undefined>;
  const module = exports[name];
  if (module?.name === name) return module;
  throw new Error(`${file} has to export const ${name} = defineModule({ name: '${name}', … })`);
}
