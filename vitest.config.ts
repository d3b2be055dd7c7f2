import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** unit and unit-app: no database. database: SQL on a clone of the template. functions: real HTTP through the whole stack. conformance: the embedded stack itself. */
export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '~~': path('./'), '~': path('./app') } },
  test: {
    // A condition is waited for as long as something that hangs would take; the second that Vitest gives is none on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      // What has no page shares its modules: loading them anew for each file took longer than most tests. How long a test may take is
      // for what hangs: on a busy machine a rule that takes a second takes five.
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], exclude: ['tests/unit/app/**'], environment: 'node', maxWorkers: 2, isolate: false, testTimeout: 30_000 } },
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
