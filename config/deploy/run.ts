/**
 * `node config/deploy/run.ts staging`, or production: deploys what is checked out. `--dry-run` prints what it would do, `--only database`
 * (functions, app) does a part, `--release v1.2.3` names it. The settings come from .env.<environment>, else from the environment.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { describeStep, planDeployment, type Part, type Step } from './plan.ts'
import { complaintsAbout, deployNames, functionNames, readSettings, type Environment, type Settings } from './settings.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)

function main(): void {
  const { values, positionals: [environment] } = parseArgs({ allowPositionals: true, options: {
    'dry-run': { type: 'boolean', default: false }, only: { type: 'string', multiple: true }, release: { type: 'string' } } })
  if (environment !== 'staging' && environment !== 'production') throw new Error('Say where to: staging or production.')
  const settings = settingsOf(environment)
  const complaints = complaintsAbout(settings, environment)
  if (complaints.length > 0) throw new Error(`${environment} is not set up:\n${complaints.map((complaint) => `  ${complaint}`).join('\n')}`)
  const release = values.release ?? execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  for (const step of planDeployment(settings, { environment, release, parts: partsOf(values.only) })) {
    say(describeStep(step))
    if (!values['dry-run']) run(step, settings)
  }
  say(values['dry-run'] ? '# nothing was done' : `# ${release} is in ${environment}`)
}

function partsOf(only: string[] | undefined): Part[] | undefined {
  const unknown = only?.find((part) => !['database', 'functions', 'app'].includes(part))
  if (unknown) throw new Error(`There is no part ${unknown}: database, functions or app.`)
  return only as Part[] | undefined
}

/** A workflow has no file, but secrets of its own. */
function settingsOf(environment: Environment): Settings {
  const file = `.env.${environment}`
  if (existsSync(file)) return readSettings(file)
  const names = [...functionNames(), ...deployNames()].filter((name) => process.env[name])
  return Object.fromEntries(names.map((name) => [name, process.env[name]!]))
}

/** The command sees what it was promised and nothing else of the settings. */
function run({ command, args, env = [], file, what }: Step, settings: Settings): void {
  const withoutSettings = Object.entries(process.env).filter(([name]) => !deployNames().includes(name) && !functionNames().includes(name))
  const given = Object.fromEntries(env.map((name) => [name, settings[name] ?? '']))
  const path = `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`
  if (file) writeFileSync(file.name, file.content, { mode: 0o600 })
  try {
    const { status, error } = spawnSync(command, args, { stdio: 'inherit', env: { ...Object.fromEntries(withoutSettings), ...given, PATH: path } })
    if (error || status !== 0) throw new Error(`It stopped: could not ${what}. Mend it and run this again; what was done is done.`)
  } finally {
    if (file) rmSync(file.name, { force: true })
  }
}

try {
  main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
