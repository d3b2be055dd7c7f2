import { defineConfig } from '@playwright/test'

/** The story in a real Chromium, against the stack that `npm start` runs. The stack is started by the worker's fixture. */
export default defineConfig({
  testDir: '.',
  globalSetup: './buildOnce.ts',
  outputDir: '../../test-results',
  // How long a story or a condition may take is for what hangs: machines differ by a factor of five. Only the demo's month says its own.
  timeout: 600_000,
  expect: { timeout: 90_000, toPass: { timeout: 90_000 } },
  // Each with a stack of its own. The story is the longest and begins, so that nobody waits for it in the end.
  workers: 2,
  fullyParallel: true,
  projects: [{ name: 'story', testMatch: 'story.test.ts' }, { name: 'pages', testIgnore: 'story.test.ts' }],
  reporter: 'list',
  // Recording costs a fifth of all that a test does. What fails is done once more, recorded, and stays red whatever comes of it.
  retries: 1,
  failOnFlakyTests: true,
  use: {
    actionTimeout: 90_000,
    navigationTimeout: 90_000,
    viewport: { width: 1440, height: 900 },
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      // Chromium refuses its sandbox to root.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
})
