import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** unit and unit-app: no database. database: SQL on a clone of the template. functions: real HTTP through the whole stack. conformance: the embedded stack itself. */
export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '~~': path('./'), '~': path('./app') } },
  test: {
    // How long a condition, a test or a hook may take is for what hangs: machines differ by a factor of five. A test that makes a
    // build, a month of calls or the whole bench says its own.
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 120_000,
    hookTimeout: 300_000,
    projects: [
      // What has no page shares its modules: loading them anew for each file took longer than most tests.
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], exclude: ['tests/unit/app/**'], environment: 'node', maxWorkers: 2, isolate: false } },
      { extends: true, test: { name: 'unit-app', include: ['tests/unit/app/**/*.test.ts'], environment: 'node', maxWorkers: 2 } },
      ...['database', 'functions', 'conformance'].map((name) => ({
        extends: true as const,
        test: {
          name,
          include: [`tests/${name}/**/*.test.ts`],
          globalSetup: ['tests/support/cluster.ts'],
          testTimeout: 300_000,
          maxWorkers: 2,
          isolate: name !== 'database',
        },
      })),
    ],
  },
})
