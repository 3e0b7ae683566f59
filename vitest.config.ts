import { defineConfig } from 'vitest/config';

const common = { setupFiles: ['tests/setup/strict.ts'], pool: 'forks' as const };

/** Media tests run one after another and never beside API tests; server/bootstrap.mjs runs project by project. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          // One module graph for each worker: loading it anew for every file cost a minute.
          isolate: false,
          // The attack tests change thousands of bytes: a slow machine needs more than the usual 5 s.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          include: ['server/src/**/*.test.ts', 'tests/architecture.test.ts', 'web/src/**/*.test.{ts,tsx}'],
        },
      },
      {
        test: {
          ...common,
          name: 'api',
          isolate: false,
          include: ['tests/api/**/*.test.ts'],
          globalSetup: ['tests/setup/database.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...common,
          name: 'web',
          include: ['tests/web/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...common,
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...common,
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          globalSetup: ['tests/setup/database.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
