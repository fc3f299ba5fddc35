import { existsSync } from 'node:fs';
import path from 'node:path';
import { refusals, routes } from '@plumbline/contracts';
import type { Route } from '@plumbline/contracts/route';
import { permissions } from '@plumbline/domain/access';
import { catalogues } from '@plumbline/i18n/catalogues';
import { describe, expect, it } from 'vitest';
import { announced, heard } from './lib/events.ts';
import { below, code, filesIn, isTest, moduleMap, read, root } from './lib/sources.ts';
import { migrationFiles, namedTables, ownerOf, referredTables, sqlTexts, tableOwners } from './lib/sql.ts';

const map = moduleMap();
const modules = [...map.keys()];
const hasCallers = (module: string) => [...map.values()].some((lower) => lower.includes(module));
const allRoutes = Object.entries(routes).flatMap(([module, named]) =>
  Object.values<Route>(named).map((route) => ({ ...route, module })),
);

describe('the module map', () => {
  it('has no circle', () => {
    expect(modules.filter((module) => below(module).has(module))).toEqual([]);
  });

  it('reads downwards: a module stands below those that it may call', () => {
    const wrong = modules.flatMap((module, at) =>
      (map.get(module) ?? [])
        .filter((lower) => !modules.slice(0, at).includes(lower))
        .map((lower) => `${module} → ${lower}`),
    );
    expect(wrong).toEqual([]);
  });

  it('names the folders that there are', () => {
    const folders = filesIn('apps/server/src/modules').map((file) => file.split('/')[4] ?? '');
    expect([...new Set(folders)].toSorted()).toEqual(modules.toSorted());
  });
});

describe.each(modules)('module %s', (module) => {
  const folder = `apps/server/src/modules/${module}`;

  it('has a README of at most 60 lines, a plug, and a door if another module may knock', () => {
    const wanted = ['README.md', 'module.ts', ...(hasCallers(module) ? ['index.ts'] : [])];
    const missing = wanted.filter((file) => !existsSync(path.join(root, folder, file)));
    expect(missing).toEqual([]);
    expect(read(`${folder}/README.md`).trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  });

  it('has a door that only passes on', () => {
    const door = hasCallers(module) ? read(`${folder}/index.ts`) : '';
    const own = door.match(/^(export )?(async )?(function|const|let|class|interface|type \w+ =)/gm);
    expect(own ?? []).toEqual([]);
  });

  it('reads and writes its own tables only', () => {
    const owners = tableOwners();
    const files = filesIn(folder).filter((file) => file.endsWith('.ts') && !isTest(file));
    const foreign = files.flatMap((file) =>
      sqlTexts(read(file))
        .flatMap(namedTables)
        .filter((table) => owners.has(table) && owners.get(table) !== module)
        .map((table) => `${file}: ${table}`),
    );
    expect(foreign).toEqual([]);
  });
});

describe('migrations', () => {
  it('have a way back each', () => {
    const without = migrationFiles().filter(
      (file) => !existsSync(path.join(root, file.replace('.up.sql', '.down.sql'))),
    );
    expect(without).toEqual([]);
  });

  it('let foreign keys point down the map only', () => {
    const owners = tableOwners();
    const wrong = migrationFiles().flatMap((file) => {
      const reach = new Set(['platform', ownerOf(file), ...below(ownerOf(file))]);
      return referredTables(read(file))
        .filter((table) => owners.has(table) && !reach.has(owners.get(table) ?? ''))
        .map((table) => `${file} → ${table}`);
    });
    expect(wrong).toEqual([]);
  });
});

describe('contract routes', () => {
  it('name a permission that exists, or `public`', () => {
    const known = new Set(['public', ...Object.keys(permissions)]);
    expect(allRoutes.filter(({ permission }) => !known.has(permission)).map(({ name }) => name)).toEqual([]);
  });

  it('have one name and one address each, under /v1, and refuse with known codes only', () => {
    const twice = (values: string[]) => values.filter((value, at) => values.indexOf(value) !== at);
    expect(twice(allRoutes.map(({ name }) => name))).toEqual([]);
    expect(
      twice(allRoutes.map(({ method, path: address }) => `${method} ${address.replaceAll(/:\w+/g, ':id')}`)),
    ).toEqual([]);
    expect(allRoutes.filter(({ name, module }) => !name.startsWith(`${module}.`)).map(({ name }) => name)).toEqual([]);
    const unknown = allRoutes.flatMap(({ name, refusals: codes = [] }) =>
      codes.filter((refusal: string) => !(refusal in refusals)).map((refusal: string) => `${name}: ${refusal}`),
    );
    expect(unknown).toEqual([]);
  });

  it('use nouns in their addresses', () => {
    const verb = /\/(get|create|update|delete|cancel|confirm|accept|decline|approve|reject|pay|refund|list|do)(\/|$)/;
    expect(allRoutes.filter(({ path: address }) => verb.test(address)).map(({ path: address }) => address)).toEqual([]);
  });
});

describe('events', () => {
  it('have a listener, or their module’s README says who reads them', () => {
    const listeners = heard();
    const unexplained = announced().filter(({ type, module }) => {
      const line = read(`apps/server/src/modules/${module}/README.md`)
        .split('\n')
        .find((text) => text.includes(`\`${type}\``));
      return !line || (!listeners.has(type) && !/live page|no listener/i.test(line));
    });
    expect(unexplained.map(({ type }) => type)).toEqual([]);
  });

  it('that somebody listens to are announced', () => {
    const types = new Set(announced().map(({ type }) => type));
    expect([...heard()].filter((type) => !types.has(type))).toEqual([]);
  });
});

describe('words', () => {
  it.each(Object.entries(catalogues))('say every refusal in %s', (_, words) => {
    expect(Object.keys(refusals).filter((refusal) => !(`problem.${refusal}` in words))).toEqual([]);
  });

  it('are the same keys in every language', () => {
    const [first = [], ...others] = Object.values(catalogues).map((words) => Object.keys(words).toSorted());
    for (const keys of others) expect(keys).toEqual(first);
  });

  it('never promise what the law forbids us to promise', () => {
    const forbidden = /escrow account|protected payment|client money account|trust account/i;
    const wrong = Object.values(catalogues).flatMap((words) =>
      Object.entries(words)
        .filter(([, text]) => forbidden.test(text))
        .map(([key]) => key),
    );
    expect(wrong).toEqual([]);
  });
});

describe('files', () => {
  it('are named after things, not after the role that looks at them', () => {
    const byRole = /^(user|serviceman|provider|enterprise|admin)s?([A-Z._-]|$)/i;
    const wrong = filesIn('apps/server/src', 'apps/web/app').filter((file) => byRole.test(path.basename(file)));
    expect(wrong).toEqual([]);
  });

  it('hold the people and firms of the demo only where people are made up', () => {
    const cast =
      /Amira|Khan\b|Tom Baker|Bea Novak|Novak Plumbing|Estelle|Harbour Estates|Ada Reyes|Sid Cole|lorem ipsum/i;
    const places = /^packages\/(testkit|sandbox)\/|\/seeds?(\.ts|\/)|\.demo\.tsx?$/;
    const wrong = code().filter((file) => !isTest(file) && !places.test(file) && cast.test(read(file)));
    expect(wrong).toEqual([]);
  });

  it('give a reason wherever they silence a check', () => {
    const silent = /(oxlint|eslint|oxfmt|prettier|ts|v8|c8|knip)-(disable|ignore|expect-error|nocheck)[^\n]*/g;
    const files = [...code(), ...filesIn('tools', 'bench', 'e2e')].filter((file) => !file.endsWith('tidy.test.ts'));
    const wrong = files.flatMap((file) =>
      (read(file).match(silent) ?? []).filter((line) => !/ -- \S/.test(line)).map((line) => `${file}: ${line}`),
    );
    expect(wrong).toEqual([]);
  });

  it('stay small: half of them have at most 80 lines', () => {
    const sizes = code()
      .filter((file) => !isTest(file))
      .map((file) => read(file).split('\n').length);
    const median = sizes.toSorted((a, b) => a - b)[Math.floor(sizes.length / 2)];
    expect(median).toBeLessThanOrEqual(80);
  });
});
