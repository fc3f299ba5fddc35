import { readFileSync } from 'node:fs';
import path from 'node:path';
import { change, create, insertBefore, requireWord } from './write.ts';

/** A module with its contract: README, door, plug, no route yet. Stands at the top of the map. */
export function newModule(root: string, [name, lower = '']: string[]): string {
  const module = requireWord(name, 'the module');
  const calls = lower.split(',').filter((word) => word !== '');
  addToMap(root, module, calls);
  const folder = `apps/server/src/modules/${module}`;
  create(root, `${folder}/README.md`, readme(module, calls));
  create(root, `${folder}/index.ts`, 'export {};\n');
  create(root, `${folder}/module.ts`, plug(module));
  create(root, `${folder}/routes.ts`, routes());
  create(root, `packages/contracts/src/${module}.ts`, contract(module));
  addToContracts(root, module);
  return `${folder} and packages/contracts/src/${module}.ts are there. Next: say in the README what ${module} owns; then the
rules (packages/domain), a migration (migrations/0001_….up.sql and .down.sql), store.ts, and npm run new -- route ${module}.…`;
}

function addToMap(root: string, module: string, calls: string[]): void {
  const file = path.join(root, 'module-map.json');
  const map = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string[]>;
  if (map[module]) throw new Error(`module-map.json has ${module} already`);
  const unknown = calls.filter((call) => !map[call]);
  if (unknown.length > 0) throw new Error(`no such module: ${unknown.join(', ')}`);
  const line = `  "${module}": [${calls.map((call) => `"${call}"`).join(', ')}]`;
  change(root, 'module-map.json', (old) => old.replace(/\n\}\s*$/, `,\n${line}\n}\n`));
}

function addToContracts(root: string, module: string): void {
  const index = 'packages/contracts/src/index.ts';
  insertBefore(root, index, /^/, `import { ${module}Refusals, ${module}Routes } from './${module}.ts';\n`);
  insertBefore(
    root,
    index,
    /\} as const satisfies Record<string, Record<string, Route>>/,
    `  ${module}: ${module}Routes,\n`,
  );
  change(root, index, (old) =>
    old.replace(/(export const refusals = \{[^}]*?),?(\s*)\} as const/, `$1, ...${module}Refusals$2} as const`),
  );
}

const readme = (module: string, calls: string[]): string => `# ${module}

What it owns, in a sentence.

- **Words**: each word of this module and what it means here.
- **States**: of what, from which to which.
- **Calls**: ${calls.join(', ') || 'nobody'}.
- **Events out**: none yet.
- **Events in**: none yet.
`;

const plug = (module: string): string => `import { defineModule } from '../../platform/http/module.ts';
import { routes } from './routes.ts';

export const ${module} = defineModule({ name: '${module}', routes });
`;

const routes = (): string => `import type { RouteHandler } from '../../platform/http/module.ts';

export const routes: RouteHandler[] = [];
`;

const contract = (module: string): string => `/** The ways ${module} says no. */
export const ${module}Refusals = {} as const satisfies Record<string, number>;

export const ${module}Routes = {} as const;
`;
