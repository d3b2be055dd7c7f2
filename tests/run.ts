/**
 * Everything that must hold, stage by stage: the build and the types of what Node runs, the linter and the types of Deno and the
 * app, unit, database, functions, conformance, the story in a real browser. `npm test -- unit database` runs only the named steps.
 */
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { findChromium } from './support/findChromium.ts'

interface Step { name: string, command: string, args: string[], env?: () => Record<string, string> }
interface Result { name: string, isGreen: boolean, seconds: number, said: string }

/** What a red step said last, which is where every one of these tools says what failed; in characters. */
const LAST_WORDS = 12_000

const vitest = (name: string, projects = name): Step => ({ name, command: 'vitest', args: ['run', '--project', projects] })

/**
 * Stages follow each other; the lanes of a stage run side by side, one for each core of a small machine. What uses both cores by
 * itself has a stage of its own. The build writes .nuxt anew, which the linter and the types of the app read, and Deno, too,
 * which follows the tsconfig of the root there: it comes first.
 */
const stages: Step[][][] = [
  [
    [{ name: 'build', command: 'node', args: ['supabase/local/build.ts'] }, { name: 'entry', command: 'node', args: ['config/entrySize.ts'] },
      { name: 'secrets', command: 'node', args: ['config/findSecrets.ts'] }],
    [{ name: 'tooling-types', command: 'tsc', args: ['--noEmit', '-p', 'tests/tsconfig.json'] }],
  ],
  [[{ name: 'prepare', command: 'nuxt', args: ['prepare'] }]],
  [
    [
      { name: 'lint', command: 'eslint', args: ['.'] },
      { name: 'functions-types', command: 'deno', args: ['check', '--no-lock', 'supabase/local/host.ts', ...globSync('supabase/functions/*/index.ts')] },
    ],
    [{ name: 'types', command: 'nuxt', args: ['typecheck'] }, { name: 'unused', command: 'knip', args: ['--no-config-hints'] }],
  ],
  [[vitest('unit', 'unit*')]],
  [[vitest('database')]],
  // The functions wait for each other more than they compute, the simulation has one core: together as long as conformance.
  [[vitest('functions'), { name: 'simulation', command: 'node', args: ['tests/simulation/run.ts'] }], [vitest('conformance')]],
  [[{ name: 'e2e', command: 'playwright', args: ['test', '--config', 'tests/e2e/playwright.config.ts'], env: () => ({ CHROMIUM_PATH: findChromium() }) }]],
]

const wanted = process.argv.slice(2)
const isWanted = ({ name }: Step) => wanted.length === 0 || wanted.includes(name)
const results: Result[] = []
for (const stage of stages) {
  const lanes = stage.map((lane) => lane.filter(isWanted)).filter((lane) => lane.length > 0)
  results.push(...(await Promise.all(lanes.map((lane) => runLane(lane, lanes.length > 1)))).flat())
}

// A long run's own words are pages above its end, and a log may be cut: what failed is said once more where everybody looks.
for (const { name, isGreen, said } of results) if (!isGreen) process.stdout.write(`\n✗ ${name} said last:\n${said.slice(-LAST_WORDS)}\n`)

process.stdout.write('\n')
for (const result of results) process.stdout.write(`${result.isGreen ? '✓' : '✗'} ${result.name} (${result.seconds} s)\n`)
const failed = results.filter((result) => !result.isGreen).length
process.stdout.write(`\n${results.length - failed} passed, ${failed} failed\n`)
process.exit(failed === 0 ? 0 : 1)

async function runLane(lane: Step[], isBesideOthers: boolean): Promise<Result[]> {
  const done: Result[] = []
  for (const step of lane) {
    const started = Date.now()
    const { isGreen, said } = await (isBesideOthers ? runBuffered(step) : runLoud(step))
    done.push({ name: step.name, isGreen, seconds: Math.round((Date.now() - started) / 1000), said })
  }
  return done
}

async function runLoud(step: Step): Promise<Pick<Result, 'isGreen' | 'said'>> {
  process.stdout.write(`\n▸ ${step.name}\n`)
  return run(step, (text) => process.stdout.write(text))
}

/** Two steps at once would write into each other's lines: each speaks when it is done. */
async function runBuffered(step: Step): Promise<Pick<Result, 'isGreen' | 'said'>> {
  const result = await run(step, () => undefined)
  process.stdout.write(`\n▸ ${step.name}\n${result.said}`)
  return result
}

/** What a step lacks (a browser, say) makes that step red, and the others still run. */
async function run({ command, args, env }: Step, tell: (text: string) => void): Promise<Pick<Result, 'isGreen' | 'said'>> {
  let said = ''
  const hear = (text: string) => {
    said += text
    tell(text)
  }
  const isGreen = await new Promise<boolean>((resolve) => {
    const fail = (error: unknown) => {
      hear(`${error instanceof Error ? error.message : String(error)}\n`)
      resolve(false)
    }
    try {
      const colours: Record<string, string> = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
      const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...colours, ...env?.() } })
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', hear)
      child.once('error', fail)
      child.once('close', (code) => resolve(code === 0))
    } catch (error) {
      fail(error)
    }
  })
  return { isGreen, said }
}
