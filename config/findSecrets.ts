/** `node config/findSecrets.ts`, after a build: whether what browsers load holds a key, or any value that this machine's environment keeps. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { secretsIn } from './secrets.ts'

const shortestValue = 12
/** Set in the environment of every browser build, and meant for browsers. */
const isPublic = /^(OUTDIAL_PUBLISHABLE_KEY|OUTDIAL_(APP|PUBLIC)_URL|SUPABASE_URL|\w+_BASE_URL|OUTDIAL_DATA_DIR|MAIL_FROM)$/

/** Each complaint names a file and what it holds, never the secret itself. `names` are the settings whose values must not be found. */
export function findSecrets(folder: string, env: NodeJS.ProcessEnv, names: string[]): string[] {
  const values = names.filter((name) => !isPublic.test(name) && (env[name] ?? '').length >= shortestValue)
  return globSync('**/*.{js,mjs,css,html,json,txt,map,svg}', { cwd: folder }).sort().flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    const leaked = values.filter((name) => text.includes(env[name]!)).map((name) => `the value of ${name}`)
    return [...secretsIn(text), ...leaked].map((what) => `${file}: holds ${what}`)
  })
}

/** The settings that .env.example describes. */
export function settingNames(example = readFileSync('.env.example', 'utf8')): string[] {
  return [...example.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]!)
}

if (import.meta.main) {
  const complaints = findSecrets('.output/public', process.env, settingNames())
  for (const complaint of complaints) process.stderr.write(`${complaint}\n`)
  process.stdout.write(`secrets: ${complaints.length} in what browsers load\n`)
  process.exitCode = complaints.length > 0 ? 1 : 0
}
