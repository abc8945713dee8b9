import { defineConfig } from 'vitest/config';

const globalSetup = ['tests/support/postgres.ts'];

/** Two workers: the tests of a file run in order, and real databases and a browser run beside them. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // A deadline that only a hang reaches, on a loaded machine too; no test measures time with it.
    testTimeout: 400_000,
    hookTimeout: 400_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          globalSetup,
          include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: ['tests/long/**'],
        },
      },
      { extends: true, test: { name: 'long', globalSetup, include: ['tests/long/**/*.test.ts'] } },
    ],
  },
});
