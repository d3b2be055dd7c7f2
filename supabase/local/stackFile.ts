/** stack.json in the data folder: how scripts find a running instance. It is removed when the instance stops. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { holderOf } from './lock.ts'

export interface StackFile {
  app_url: string
  api_url: string
  publishable_key: string
  secret_key: string
  database_url: string
  admin_database_url: string
  mail_url: string
  vapi_url: string
  vapi_webhook_secret: string
  stripe_url: string
  stripe_webhook_secret: string
  pid: number
}

const fileIn = (folder: string) => join(folder, 'stack.json')

export function writeStackFile(folder: string, stack: StackFile): void {
  writeFileSync(fileIn(folder), `${JSON.stringify(stack, null, 2)}\n`, { mode: 0o600 })
}

export function removeStackFile(folder: string): void {
  rmSync(fileIn(folder), { force: true })
}

/** The instance that runs on this folder now, or null: a file left by a killed process speaks of nobody. */
export function runningStack(folder: string): StackFile | null {
  if (!existsSync(fileIn(folder))) return null
  const stack = JSON.parse(readFileSync(fileIn(folder), 'utf8')) as StackFile
  return stack.pid === holderOf(folder) ? stack : null
}
