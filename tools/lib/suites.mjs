/**
 * @typedef {{ name: string, what: string, vitest: string[], browser?: true }} Suite
 * @type {Suite[]}
 */
export const suites = [
  {
    name: 'unit',
    what: 'rules without input or output, and the tidy test',
    vitest: ['--project', 'unit', '--project', 'tidy'],
  },
  { name: 'db', what: 'on real PostgreSQL', vitest: ['--project', 'db'] },
  { name: 'sweeps', what: 'every route, every migration, every page', vitest: ['--project', 'sweeps'] },
  {
    name: 'stories',
    what: 'every part of the pages in a browser, in all its states',
    vitest: ['--config', 'e2e/stories.config.ts'],
    browser: true,
  },
  {
    name: 'start',
    what: 'npm start from fresh clones, processes killed',
    vitest: ['--config', 'e2e/processes.config.ts'],
  },
  {
    name: 'e2e',
    what: 'journeys in a browser',
    vitest: ['--config', 'e2e/vitest.config.ts'],
    browser: true,
  },
];
