/** What an environment's file has to say before anything is deployed: every name known, nothing missing, no key of the other world. */
import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

export type Environment = 'staging' | 'production'
export type Settings = Record<string, string>

/** Of the functions: without one of these something that the product promises does not work. */
const required = ['SUPABASE_URL', 'OUTDIAL_SECRET_KEY', 'OUTDIAL_PUBLISHABLE_KEY', 'OUTDIAL_APP_URL', 'CRON_SECRET', 'VAPI_API_KEY', 'VAPI_WEBHOOK_SECRET',
  'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'STRIPE_LIVE', 'RESEND_API_KEY', 'MAIL_FROM']
/** Of the deployment itself. */
const requiredHere = ['SUPABASE_PROJECT_REF', 'SUPABASE_ACCESS_TOKEN', 'DATABASE_URL', 'OUTDIAL_SECURITY_CONTACT']
/** Of `npm start` alone. */
const localOnly = /^OUTDIAL_(PORT|DATA_DIR)$/
const addresses = ['SUPABASE_URL', 'OUTDIAL_PUBLIC_URL', 'OUTDIAL_APP_URL']
const guessable = ['CRON_SECRET', 'VAPI_WEBHOOK_SECRET']
const shortestSecret = 32

const namesIn = (file: string) => [...readFileSync(file, 'utf8').matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]!)

/** The names that functions read, as .env.example has them. */
export const functionNames = (): string[] => namesIn('.env.example').filter((name) => !localOnly.test(name))
export const deployNames = (): string[] => namesIn('config/deploy/example.env')

export function readSettings(file: string): Settings {
  const entries = Object.entries(parseEnv(readFileSync(file, 'utf8'))).filter(([, value]) => value !== '')
  return Object.fromEntries(entries) as Settings
}

/** Complaints name settings, never their values. */
export function complaintsAbout(settings: Settings, environment: Environment): string[] {
  const known = new Set([...functionNames(), ...deployNames()])
  const missing = [...required, ...requiredHere].filter((name) => !settings[name]).map((name) => `${name} is missing`)
  const unknown = Object.keys(settings).filter((name) => !known.has(name)).map((name) => `${name} is no setting of ours: is it spelled as in .env.example?`)
  const open = addresses.filter((name) => settings[name] && !/^https:\/\/[^/\s]+\/?$/.test(settings[name])).map((name) => `${name} is not https://host`)
  const short = guessable.filter((name) => settings[name]?.split(',').some((secret) => secret.trim().length < shortestSecret))
    .map((name) => `${name} has fewer than ${shortestSecret} characters`)
  return [...missing, ...unknown, ...open, ...short, ...moneyComplaints(settings, environment)]
}

/** Real money moves in production and nowhere else. */
function moneyComplaints({ STRIPE_LIVE: live = '', STRIPE_SECRET_KEY: key = '' }: Settings, environment: Environment): string[] {
  const isLive = environment === 'production'
  const complaints = live !== '' && live !== String(isLive) ? [`STRIPE_LIVE is ${String(isLive)} in ${environment}`] : []
  const isLiveKey = /^[rs]k_live_/.test(key)
  return key !== '' && isLiveKey !== isLive ? [...complaints, `STRIPE_SECRET_KEY is a ${isLive ? 'live' : 'test'} key in ${environment}`] : complaints
}

/** What the functions get. The platform itself tells them SUPABASE_URL, and takes no name that begins so. */
export function functionSecrets(settings: Settings): Settings {
  const names = functionNames().filter((name) => !name.startsWith('SUPABASE_') && settings[name])
  return Object.fromEntries(names.map((name) => [name, settings[name]!]))
}
