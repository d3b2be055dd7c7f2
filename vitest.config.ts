import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** unit and unit-app: no database. database: SQL on a clone of the template. functions: real HTTP through the whole stack. conformance: the embedded stack itself. */
export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '~~': path('./'), '~': path('./app') } },
  test: {
    projects: [
      // What has no page shares its modules: loading them anew for each file took longer than most tests.
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], exclude: ['tests/unit/app/**'], environment: 'node', maxWorkers: 2, isolate: false } },
      // The first component of a file waits for all that it imports, on a busy machine longer than a pure rule may take.
      { extends: true, test: { name: 'unit-app', include: ['tests/unit/app/**/*.test.ts'], environment: 'node', maxWorkers: 2, testTimeout: 30_000 } },
      ...['database', 'functions', 'conformance'].map((name) => ({
        extends: true as const,
        test: {
          name,
          include: [`tests/${name}/**/*.test.ts`],
          globalSetup: ['tests/support/cluster.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          isolate: name !== 'database',
        },
      })),
    ],
  },
})
