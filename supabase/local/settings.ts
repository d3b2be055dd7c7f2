/** What a person may set for `npm start`; wrong values are said at once, in one sentence. */
import { accessSync, chmodSync, constants, mkdirSync, readdirSync } from 'node:fs'
import { readEnv, type Env } from '../../config/env.ts'
import type { Carrier, Payments } from './instance.ts'
import { dataDir } from './paths.ts'

export interface Settings {
  folder: string
  preferredPort?: number
  logLevel?: string
  /** A carrier other than the simulator. One variable alone, left over in a shell, must never make real phones ring. */
  carrier?: Carrier
  /** A payment provider other than the simulator; one variable alone must never move real money either. */
  payments?: Payments
  /** Reload the edge functions when their sources change. */
  isWatching: boolean
}

export function readSettings(args: string[]): Settings {
  const unknown = args.find((arg) => arg !== '--watch')
  if (unknown) throw new Error(`${unknown} is no option of npm start; there is --watch, which reloads the edge functions when they change.`)
  const env = readEnv()
  return { folder: writable(dataDir()), preferredPort: env.OUTDIAL_PORT, logLevel: env.LOG_LEVEL, carrier: carrierOf(env), payments: paymentsOf(env), isWatching: args.includes('--watch') }
}

function carrierOf({ VAPI_API_KEY: apiKey, VAPI_BASE_URL: url }: Env): Settings['carrier'] {
  return apiKey && url ? { apiKey, url, callsPerSecond: 1 } : undefined
}

/** A key of live mode says so itself. */
function paymentsOf({ STRIPE_SECRET_KEY: secretKey, STRIPE_BASE_URL: url, STRIPE_WEBHOOK_SECRET: webhookSecret = '' }: Env): Settings['payments'] {
  return secretKey && url ? { secretKey, url, webhookSecret, isLive: /^[sr]k_live_/.test(secretKey) } : undefined
}

function writable(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new Error(`The data folder ${folder} cannot be written: set OUTDIAL_DATA_DIR to one that can.`, { cause: error })
  }
  // For root the database runs as another account, which must get through; nothing private in here is readable for others.
  if (process.getuid?.() === 0 && readdirSync(folder).length === 0) chmodSync(folder, 0o711)
  return folder
}
