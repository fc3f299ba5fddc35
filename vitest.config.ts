import { defineConfig } from 'vitest/config';

const onDatabase = 'apps/server/src/platform/testing/cluster.setup.ts';
const always = {
  env: { LOG_LEVEL: 'silent', NODE_ENV: 'test', TZ: process.env['TZ'] ?? 'UTC' },
  restoreMocks: true,
};

/** Two cores, and a PostgreSQL beside them: more workers only wait for each other. */
const maxWorkers = Number(process.env['TEST_WORKERS'] ?? 2);

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers,
    reporters: ['default'],
    projects: [
      {
        test: {
          ...always,
          name: 'unit',
          include: ['{apps,packages}/**/*.test.{ts,tsx}', 'bench/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: [
            '**/node_modules/**',
            '**/build/**',
            '**/*.db.test.ts',
            'apps/server/test/**',
            'tools/tidy.test.ts',
          ],
          testTimeout: 15_000,
        },
      },
      {
        test: {
          ...always,
          name: 'db',
          include: ['{apps,packages,bench}/**/*.db.test.ts'],
          exclude: ['**/node_modules/**', 'apps/server/test/**'],
          globalSetup: [onDatabase],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...always,
          name: 'sweeps',
          include: ['apps/server/test/**/*.test.ts'],
          globalSetup: [onDatabase],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      { test: { ...always, name: 'tidy', include: ['tools/tidy.test.ts'], testTimeout: 60_000 } },
    ],
  },
});
