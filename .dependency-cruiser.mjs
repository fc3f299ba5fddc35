import { readFileSync } from 'node:fs';

// The import walls: who may import whom (ARCHITECTURE.md). The walls between modules are made from module-map.json.

/** @type {Record<string, string[]>} */
const map = JSON.parse(readFileSync(new URL('module-map.json', import.meta.url), 'utf8'));

const modules = '^apps/server/src/modules/';
const testCode = '(\\.test\\.tsx?|[./-]fixtures\\.ts|/fixtures/[^/]+\\.ts)$';

/** @param {string[]} names */
const any = (...names) => `(${names.join('|')})`;

/**
 * A package that may import only these packages of ours.
 * @param {string} name
 * @param {string[]} allowed
 */
function packageWall(name, allowed) {
  return {
    name: `${name}-stays-low`,
    comment: `packages/${name} may import ${allowed.join(', ') || 'nothing'} of ours.`,
    severity: 'error',
    from: { path: `^packages/${name}/`, pathNot: '\\.test\\.ts$' },
    to: { path: '^(packages|apps)/', pathNot: `^packages/${any(name, ...allowed)}/` },
  };
}

/**
 * A module sees the doors (index.ts) of the modules that the map gives it; its tests also their fixtures.
 * @param {string} name
 */
function moduleWalls(name) {
  const doors = map[name]?.length ? `${modules}${any(...(map[name] ?? []))}/index\\.ts$` : '^$';
  return [
    {
      name: `${name}-keeps-to-the-map`,
      comment: `modules/${name} may call ${map[name]?.join(', ') || 'no module'}, each by its index.ts.`,
      severity: 'error',
      from: { path: `${modules}${name}/`, pathNot: testCode },
      to: { path: modules, pathNot: [`${modules}${name}/`, doors] },
    },
    {
      name: `${name}-tests-by-doors`,
      comment: 'A test may use the door and the fixtures of any module.',
      severity: 'error',
      from: { path: `${modules}${name}/.*${testCode}` },
      to: {
        path: modules,
        pathNot: [`${modules}${name}/`, `${modules}[^/]+/(index|fixtures)\\.ts$`, `${modules}[^/]+/fixtures/`],
      },
    },
  ];
}

/** @param {string} file */
const inModule = (file) => `${modules}.*/${file}\\.ts$`;

const layers = [
  {
    name: 'routes-ask-the-service',
    comment: 'A route handler is short: permission, call, present. It knows no table.',
    severity: 'error',
    from: { path: inModule('routes') },
    to: { path: inModule('(store|tables)'), dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'service-knows-no-http',
    comment: 'A use case has several entrances; HTTP is one of them.',
    severity: 'error',
    from: { path: modules, pathNot: [inModule('(routes|module)'), testCode] },
    to: { path: ['node_modules/fastify', 'node_modules/@fastify/'] },
  },
  {
    name: 'store-is-the-bottom',
    comment: 'Statements know rows, nothing above them.',
    severity: 'error',
    from: { path: inModule('store') },
    to: {
      path: [inModule('(service|routes|present|module|tasks|events|policy)'), `${modules}[^/]+/index\\.ts$`],
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'present-does-no-io',
    comment: 'Presenting turns rows into the contract’s shape and asks nobody.',
    severity: 'error',
    from: { path: inModule('present') },
    to: {
      path: [inModule('(store|service|routes)'), '^apps/server/src/platform/db/'],
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'only-the-app-plugs-modules',
    comment: 'module.ts plugs a module into the platform; only the list of modules imports it.',
    severity: 'error',
    from: { path: '^(apps|packages)/', pathNot: ['^apps/server/src/(modules|app)\\.ts$', testCode] },
    to: { path: `${modules}[^/]+/module\\.ts$` },
  },
  {
    name: 'platform-knows-no-module',
    severity: 'error',
    comment: 'The platform owns interfaces; modules plug into them.',
    from: { path: '^apps/server/src/platform/', pathNot: testCode },
    to: { path: modules },
  },
  {
    name: 'test-harness-in-tests-only',
    comment: 'The harness brings Vitest with it.',
    severity: 'error',
    from: { path: '^apps/server/src/', pathNot: [testCode, '^apps/server/src/platform/testing', '/testing/'] },
    to: { path: '^apps/server/src/platform/testing' },
  },
];

const web = [
  {
    name: 'web-and-server-apart',
    comment: 'The web speaks to the server by the typed client, in process or by fetch.',
    severity: 'error',
    from: { path: '^apps/web/' },
    to: { path: '^apps/server/' },
  },
  {
    name: 'server-and-web-apart',
    comment: 'The server loads the built web, never its source.',
    severity: 'error',
    from: { path: '^apps/server/' },
    to: { path: '^apps/web/app/' },
  },
  {
    name: 'ui-knows-no-feature',
    comment: 'Parts in ui/ know tokens and words, no domain.',
    severity: 'error',
    from: { path: '^apps/web/app/ui/', pathNot: '\\.test\\.tsx?$' },
    to: { path: ['^apps/web/app/(features|shell)/', '^packages/(api-client|contracts|domain)/'] },
  },
  {
    name: 'features-by-their-index',
    comment: 'Another feature is reached by its index only.',
    severity: 'error',
    from: { path: '^apps/web/app/features/([^/]+)/' },
    to: {
      path: '^apps/web/app/features/',
      pathNot: ['^apps/web/app/features/$1/', '^apps/web/app/features/[^/]+/index\\.tsx?$'],
    },
  },
];

/** @param {string} name */
const nothingOfNode = (name) => ({
  name: `${name}-without-node`,
  comment: `packages/${name} also runs in the browser and on the phone.`,
  severity: 'error',
  from: { path: `^packages/${name}/src/`, pathNot: '\\.test\\.ts$' },
  to: { dependencyTypes: ['core'] },
});

export default {
  forbidden: [
    packageWall('money', []),
    packageWall('tokens', []),
    packageWall('i18n', []),
    packageWall('domain', ['money']),
    packageWall('contracts', ['domain', 'money']),
    packageWall('api-client', ['contracts', 'domain']),
    packageWall('sandbox', ['money']),
    packageWall('testkit', ['domain', 'money', 'contracts', 'api-client']),
    ...['money', 'domain', 'contracts', 'api-client', 'i18n'].map(nothingOfNode),
    ...Object.keys(map).flatMap(moduleWalls),
    ...layers,
    ...web,
    {
      name: 'no-circle',
      comment: 'Two files that need each other are one file, or the thing both need is a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolves',
      comment: 'An import has to lead somewhere.',
      severity: 'error',
      from: { pathNot: ['^apps/web/app/routes\\.ts$', '^apps/web/(build|\\.react-router)/'] },
      to: { couldNotResolve: true, pathNot: ['^virtual:', '\\+types/', '^fastify/types/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)(build|\\.react-router|\\.cache|\\.data)/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
  },
};
