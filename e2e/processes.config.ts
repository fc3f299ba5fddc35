import { defineConfig } from 'vitest/config';

/** `npm start` from fresh clones, with processes killed: one test at a time, each with the machine to itself. */
export default defineConfig({
  test: {
    name: 'start',
    root: import.meta.dirname,
    include: ['processes/**/*.test.ts'],
    fileParallelism: false,
    pool: 'forks',
    testTimeout: 600_000,
    hookTimeout: 120_000,
    env: { TZ: 'UTC' },
  },
});
