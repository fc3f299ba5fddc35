import { defineConfig } from 'vitest/config';

/** Every part in a browser, by its stories. Builds the Storybook first. */
export default defineConfig({
  test: {
    name: 'stories',
    root: import.meta.dirname,
    include: ['stories/*.test.ts'],
    globalSetup: ['stories/storybook.setup.ts'],
    pool: 'forks',
    fileParallelism: false,
    maxConcurrency: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { TZ: 'UTC' },
  },
});
