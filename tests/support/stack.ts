/** The whole backend on a database of its own, without a ticker: the test itself beats the heart. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { Mail } from '../../supabase/local/apiMail.ts'
import { createClock, type LocalClock } from '../../supabase/local/clock.ts'
import { createDemo } from '../../supabase/local/demo/index.ts'
import { freshSecrets, type Identity } from '../../supabase/local/identity.ts'
import { startInstance, type Instance } from '../../supabase/local/instance.ts'
import { anyPort } from '../../supabase/local/ports.ts'
import { startStripeSimulator, type StripeSimulator } from '../../supabase/local/simulators/stripe/index.ts'
import { startVapiSimulator, type VapiSimulator } from '../../supabase/local/simulators/vapi/index.ts'
import { runJobs, sendQueued } from '../../supabase/local/ticker.ts'
import { createDatabase, type TestDatabase } from './database.ts'

export interface TestStack {
  url: string
  db: TestDatabase
  clock: LocalClock
  identity: Omit<Identity, 'ports'>
  vapi: VapiSimulator
  /** Takes the money, and does not settle a debit or a refund until it is told to. */
  payments: StripeSimulator
  mails: Mail[]
  /** One heartbeat: private.tick(), the requests it queued, and what the functions then do in the background. */
  tick(): Promise<void>
  /** Beats until the condition holds and nothing goes on in the background; fails after twenty seconds. */
  tickUntil(condition: () => Promise<boolean>, what: string): Promise<void>
  stop(): Promise<void>
}

/** Somebody with an account of their own at the carrier. */
export const OWN_CUSTOMER = { apiKey: 'own-key-of-a-customer', phoneNumbers: [{ id: '00000000-0000-4000-8000-000000000201', number: '+12025550201' }, { id: '00000000-0000-4000-8000-000000000202', number: '+12025550202' }] }

export interface StackOptions {
  speed?: number
  /** Changes the database before the API has looked at it. */
  prepare?: (db: TestDatabase) => Promise<void>
  /** Offers demo data, and stops whatever beats the heart until the answer is called. */
  restHeart?: () => Promise<() => void>
}

export async function createStack({ speed = 200, prepare, restHeart }: StackOptions = {}): Promise<TestStack> {
  const db = await createDatabase()
  await prepare?.(db)
  const folder = mkdtempSync(join(tmpdir(), 'outdial-stack-'))
  const identity = freshSecrets()
  const { port: databasePort, password } = inject('cluster')
  const clock = await clockOf(db)
  const vapi = await startVapiSimulator({ apiKey: identity.vapiApiKey, customers: [OWN_CUSTOMER], speed, now: clock.now })
  const port = await anyPort()
  const url = `http://127.0.0.1:${port}`
  const payments = await startStripeSimulator({ secretKey: identity.stripeSecretKey, speed, now: clock.now, pageOrigin: url, settlesByItself: false,
    webhook: { url: `${url}/functions/v1/receive-payment-event`, secret: identity.stripeWebhookSecret } })
  const mails: Mail[] = []
  const demo = restHeart && createDemo({ apiUrl: url, publishableKey: identity.publishableKey, adminUrl: db.url,
    databaseUrl: db.url.replace('supabase_admin', 'postgres'), remember: (call) => vapi.remember(call), pauseHeart: restHeart })
  const instance = await startInstance({
    folder, identity, port, database: db.name, clock, demo, carrier: { url: vapi.url, apiKey: identity.vapiApiKey, callsPerSecond: 20, page: vapi.page },
    payments: { url: payments.url, secretKey: identity.stripeSecretKey, webhookSecret: identity.stripeWebhookSecret, isLive: false, page: payments.page }, mailUrl: 'http://mail.invalid',
    server: { port: databasePort, password, url: (name, role = 'supabase_admin') => `postgresql://${role}:${password}@127.0.0.1:${databasePort}/${name}`, stop: () => Promise.resolve() },
    sendMail: (mail) => Promise.resolve(void mails.push(mail)),
    respondWithSite: () => new Response('<!doctype html><title>Outdial</title>', { headers: { 'content-type': 'text/html' } }),
  })
  return {
    url: instance.url, db, clock, identity, vapi, payments, mails, ...heart(db, instance, vapi), stop: () => stop(db, instance, [vapi, payments], folder),
  }
}

/** The carrier's clock and the pages' follow when a test moves the database's. */
async function clockOf(db: TestDatabase): Promise<LocalClock> {
  const clock = createClock(db.url)
  await clock.follow()
  const shiftClock = db.shiftClock.bind(db)
  db.shiftClock = async (interval) => {
    await shiftClock(interval)
    await clock.follow()
  }
  return clock
}

function heart(db: TestDatabase, instance: Instance, vapi: VapiSimulator): Pick<TestStack, 'tick' | 'tickUntil'> {
  const tick = async () => {
    await runJobs(db.sql)
    await sendQueued(db.admin)
    await instance.functions.drain()
  }
  return {
    tick,
    async tickUntil(condition, what) {
      const end = Date.now() + 20_000
      while (!(await condition())) {
        if (Date.now() > end) throw new Error(`Ticked for ${what}, in vain. ${await diagnose(db, vapi)}`)
        await tick()
      }
      // A webhook's own work may have made it true, and goes on: what it still claims is not the next test's.
      await instance.functions.drain()
    },
  }
}

/** What the calls and the inbox look like when a condition never came true. */
async function diagnose(db: TestDatabase, vapi: VapiSimulator): Promise<string> {
  const calls = await db.sql`select state, outcome, dialled_at, lease_until, checked_at, provider_call_id, ended_reason from public.calls where settled_at is null`
  const events = await db.sql`select event ->> 'type' as type, event ->> 'state' as state, call_id, processed_at is not null as is_processed, error from engine.provider_events order by id desc limit 6`
  const voided = await db.sql`select ended_reason, failure_scope, is_counted from public.calls where state = 'voided'`
  const accounts = await db.sql`select next_at, wait_reason, in_flight, balance_seconds, reserved_seconds from engine.accounts`
  return JSON.stringify({ violations: vapi.violations(), unsettled: calls, voided, accounts, latest_events: events }, null, 1)
}

async function stop(db: TestDatabase, instance: Instance, providers: { close(): Promise<void> }[], folder: string): Promise<void> {
  await Promise.all(providers.map((provider) => provider.close()))
  await instance.stop()
  await db.drop()
  rmSync(folder, { recursive: true, force: true })
}
