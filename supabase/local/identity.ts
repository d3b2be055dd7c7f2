/** What an instance keeps for ever in its data folder: keys, secrets and ports. Links in mails survive a restart by it. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { firstFree } from './ports.ts'

export interface Ports { gateway: number, postgres: number, smtp: number, mail: number, vapi: number, stripe: number }
export interface Identity {
  ports: Ports
  databasePassword: string
  jwtSecret: string
  publishableKey: string
  secretKey: string
  cronSecret: string
  vapiApiKey: string
  vapiWebhookSecret: string
  stripeSecretKey: string
  stripeWebhookSecret: string
  resendApiKey: string
}

const USUAL_PORT = 3000

/** The remembered identity with ports that are free now; a taken port is replaced and remembered. */
export async function loadIdentity(folder: string, preferredPort?: number): Promise<Identity> {
  const file = join(folder, 'identity.json')
  const known = existsSync(file) ? parse(file) : undefined
  // A folder of an earlier version lacks the newest keys.
  const identity = { ...freshSecrets(), ...known, ports: await freePorts(known?.ports, preferredPort) }
  // Moved into place: keys that are half written would be lost keys.
  writeFileSync(`${file}.new`, `${JSON.stringify(identity, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return identity
}

function parse(file: string): Identity {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Identity
  } catch (error) {
    const isForeign = (error as NodeJS.ErrnoException).code === 'EACCES'
    throw new Error(isForeign
      ? `The keys in ${file} belong to another user: start as that user, or set OUTDIAL_DATA_DIR to a folder of your own.`
      : `The keys in ${file} cannot be read; "npm run reset" begins anew (it deletes the local data).`, { cause: error })
  }
}

export function freshSecrets(): Omit<Identity, 'ports'> {
  const secret = (bytes = 24) => randomBytes(bytes).toString('base64url')
  return {
    databasePassword: secret(18).replaceAll(/[-_]/g, 'x'),
    jwtSecret: secret(32),
    publishableKey: `sb_publishable_${secret(16)}_${secret(6)}`,
    secretKey: `sb_secret_${secret(16)}_${secret(6)}`,
    cronSecret: secret(),
    vapiApiKey: secret(),
    vapiWebhookSecret: secret(),
    stripeSecretKey: `sk_test_${secret()}`,
    stripeWebhookSecret: `whsec_${secret()}`,
    resendApiKey: `re_${secret()}`,
  }
}

async function freePorts(known: Ports | undefined, preferred: number | undefined): Promise<Ports> {
  return {
    gateway: await firstFree([preferred, known?.gateway, USUAL_PORT]),
    postgres: await firstFree([known?.postgres]),
    smtp: await firstFree([known?.smtp]),
    mail: await firstFree([known?.mail]),
    vapi: await firstFree([known?.vapi]),
    stripe: await firstFree([known?.stripe]),
  }
}
