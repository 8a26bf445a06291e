import { defineConfig } from 'vitest/config'

const source = { resolve: { conditions: ['assay-source'] }, ssr: { resolve: { conditions: ['assay-source'] } } }

/** `unit` opens no store and starts no process; `integration` runs on real stores and real processes. */
export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          include: ['sdk/src/**/*.test.ts', 'server/src/**/*.test.ts', 'web/src/**/*.test.ts', 'vectors/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
          testTimeout: 60_000,
          // Files share a process and what it has loaded: nothing here opens a store, and every test builds its own state.
          isolate: false,
        },
      },
      {
        ...source,
        test: {
          name: 'integration',
          include: ['sdk/src/**/*.integration.test.ts', 'server/src/**/*.integration.test.ts', 'vectors/**/*.integration.test.ts', 'scripts/**/*.integration.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          pool: 'forks',
          maxWorkers: 2,
        },
      },
      'web/vitest.config.ts',
    ],
  },
})
