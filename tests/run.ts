/**
 * Everything that must hold, in the order that tells soonest: types, lint, unit, database, functions, conformance, the build,
 * the story in a real browser. `npm test -- unit database` runs only the named steps.
 */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { findChromium } from './support/findChromium.ts'

interface Step { name: string, command: string, args: string[], env?: () => Record<string, string> }

const vitest = (project: string): Step => ({ name: project, command: 'vitest', args: ['run', '--project', project] })

const steps: Step[] = [
  { name: 'prepare', command: 'nuxt', args: ['prepare'] },
  { name: 'lint', command: 'eslint', args: ['.'] },
  { name: 'unused', command: 'knip', args: ['--no-config-hints'] },
  { name: 'types', command: 'nuxt', args: ['typecheck'] },
  { name: 'tooling-types', command: 'tsc', args: ['--noEmit', '-p', 'tests/tsconfig.json'] },
  { name: 'functions-types', command: 'deno', args: ['check', '--no-lock', 'supabase/local/host.ts', ...globSync('supabase/functions/*/index.ts')] },
  vitest('unit'),
  vitest('database'),
  vitest('functions'),
  vitest('conformance'),
  { name: 'build', command: 'nuxt', args: ['generate'] },
  { name: 'entry', command: 'node', args: ['config/entrySize.ts'] },
  { name: 'e2e', command: 'playwright', args: ['test', '--config', 'tests/e2e/playwright.config.ts'], env: () => ({ CHROMIUM_PATH: findChromium() }) },
]

/** What a step lacks (a browser, say) makes that step red, and the others still run. */
function succeeds({ command, args, env }: Step): boolean {
  try {
    return spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env?.() } }).status === 0
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return false
  }
}

const wanted = process.argv.slice(2)
const chosen = wanted.length === 0 ? steps : steps.filter((step) => wanted.includes(step.name))
const results = chosen.map((step) => {
  const started = Date.now()
  process.stdout.write(`\n▸ ${step.name}\n`)
  return { name: step.name, isGreen: succeeds(step), seconds: Math.round((Date.now() - started) / 1000) }
})

process.stdout.write('\n')
for (const result of results) process.stdout.write(`${result.isGreen ? '✓' : '✗'} ${result.name} (${result.seconds} s)\n`)
const failed = results.filter((result) => !result.isGreen).length
process.stdout.write(`\n${results.length - failed} passed, ${failed} failed\n`)
process.exit(failed === 0 ? 0 : 1)
