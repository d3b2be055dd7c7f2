/** What an instance keeps for ever in its data folder: keys, secrets and ports. Links in mails survive a restart by it. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { portOr } from './ports.ts'

export interface Ports { gateway: number, postgres: number, smtp: number, mail: number, vapi: number }
export interface Identity {
  ports: Ports
  databasePassword: string
  jwtSecret: string
  publishableKey: string
  secretKey: string
  cronSecret: string
  vapiApiKey: string
  vapiWebhookSecret: string
}

/** The remembered identity with ports that are free now; a taken port is replaced and remembered. */
export async function loadIdentity(folder: string, preferredPort?: number): Promise<Identity> {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const file = join(folder, 'identity.json')
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as Identity : undefined
  const identity = { ...(known ?? freshSecrets()), ports: await freePorts(known?.ports, preferredPort) }
  writeFileSync(file, `${JSON.stringify(identity, null, 2)}\n`, { mode: 0o600 })
  return identity
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
  }
}

async function freePorts(known: Ports | undefined, preferred: number | undefined): Promise<Ports> {
  return {
    gateway: await portOr(preferred ?? known?.gateway ?? 3000),
    postgres: await portOr(known?.postgres),
    smtp: await portOr(known?.smtp),
    mail: await portOr(known?.mail),
    vapi: await portOr(known?.vapi),
  }
}
