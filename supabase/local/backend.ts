/** The parts of a running instance in the order in which they need each other: shared by `npm start` and `npm run dev`. */
import { join } from 'node:path'
import { createClock, type LocalClock } from './clock.ts'
import { databaseExists } from './database.ts'
import { createDemo, type Demo } from './demo/index.ts'
import { loadIdentity, type Identity } from './identity.ts'
import { startInstance, type Carrier, type Payments, type SiteParts } from './instance.ts'
import { holderOf, releaseLock, takeLock } from './lock.ts'
import { startMail, type MailInbox } from './mail.ts'
import { startPostgres, type PostgresServer } from './postgres.ts'
import type { Settings } from './settings.ts'
import { startStripeSimulator } from './simulators/stripe/index.ts'
import { startVapiSimulator } from './simulators/vapi/index.ts'
import { removeStackFile, runningStack, writeStackFile, type StackFile } from './stackFile.ts'
import { onStop } from './stops.ts'
import { startTicker } from './ticker.ts'

export const DATABASE = 'outdial'
/** Where the provider tells of payments. */
const PAYMENT_EVENTS = '/functions/v1/receive-payment-event'
export const say = (text: string) => void process.stdout.write(`${text}\n`)

/** What stays while the schema changes. */
export interface Backend {
  settings: Settings
  identity: Identity
  server: PostgresServer
  mail: MailInbox
  clock: LocalClock
  carrier: Carrier
  payments: Payments
}
/** What knows the schema and is started anew with it. */
export interface Services { stack: StackFile, stop(): Promise<void> }

/** The folder's identity, or null when somebody else runs on the folder, which is then said. */
export async function openFolder({ folder, preferredPort }: Settings): Promise<Identity | null> {
  if (!takeLock(folder)) {
    sayWhoRuns(folder)
    return null
  }
  onStop(() => releaseLock(folder))
  removeStackFile(folder)
  const identity = await loadIdentity(folder, preferredPort)
  if (preferredPort && identity.ports.gateway !== preferredPort) say(`Port ${preferredPort} is taken; Outdial uses ${identity.ports.gateway}.`)
  return identity
}

function sayWhoRuns(folder: string): void {
  const running = runningStack(folder)
  say(running ? `Outdial is running already: ${running.app_url}` : `Outdial is being started already, by process ${holderOf(folder) ?? 'unknown'}.`)
}

export async function startServer({ folder }: Settings, { ports, databasePassword }: Identity): Promise<PostgresServer> {
  say('Starting the database …')
  const server = await startPostgres({ folder: join(folder, 'postgres'), port: ports.postgres, password: databasePassword,
    onLost: () => say('The database ended unexpectedly; it is started again.') })
  onStop(() => server.stop())
  return server
}

export async function startBackend(settings: Settings, identity: Identity, server: PostgresServer): Promise<Backend> {
  const { ports } = identity
  const mail = await startMail({ smtpPort: ports.smtp, webPort: ports.mail, folder: join(settings.folder, 'mail') })
  onStop(() => mail.stop())
  const clock = createClock(server.url(DATABASE, 'postgres'))
  // Before the carrier remembers its calls: what has ended meanwhile ended by this clock.
  if (await databaseExists(server, DATABASE)) await clock.follow()
  const carrier = settings.carrier ?? await startCarrier(settings.folder, identity, clock)
  return { settings, identity, server, mail, clock, carrier, payments: settings.payments ?? await startPayments(settings.folder, identity, clock) }
}

/** Somebody who has an account of their own at the carrier: a key to connect in the settings, and two numbers to choose from. */
const OWN_CUSTOMER = {
  apiKey: 'simulated-own-key-0001',
  phoneNumbers: [{ id: '00000000-0000-4000-8000-000000000201', number: '+12025550201' }, { id: '00000000-0000-4000-8000-000000000202', number: '+12025550202' }],
}

async function startCarrier(folder: string, { ports, vapiApiKey }: Identity, clock: LocalClock): Promise<Carrier> {
  const vapi = await startVapiSimulator({ port: ports.vapi, apiKey: vapiApiKey, customers: [OWN_CUSTOMER], journalFile: join(folder, 'carrier.jsonl'), now: clock.now })
  onStop(() => vapi.close())
  return { url: vapi.url, apiKey: vapiApiKey, callsPerSecond: 20, page: vapi.page, remember: (call) => vapi.remember(call) }
}

async function startPayments(folder: string, {
  ports, stripeSecretKey: secretKey, stripeWebhookSecret: webhookSecret,
}: Identity, clock: LocalClock): Promise<Payments> {
  const origin = `http://127.0.0.1:${ports.gateway}`
  const stripe = await startStripeSimulator({ port: ports.stripe, secretKey, pageOrigin: origin, journalFile: join(folder, 'payments.jsonl'), now: clock.now,
    webhook: { url: `${origin}${PAYMENT_EVENTS}`, secret: webhookSecret } })
  onStop(() => stripe.close())
  return { url: stripe.url, secretKey, webhookSecret, isLive: false, page: stripe.page }
}

export async function startServices(backend: Backend, site: SiteParts): Promise<Services> {
  const { settings, identity, server, mail, clock, carrier, payments } = backend
  await clock.follow()
  // A clock that was moved for the simulators must not make real phones ring at night, nor open payment pages in another week.
  if ((settings.carrier || settings.payments) && clock.offsetMs() !== 0) await clock.move('real')
  let pauseHeart: () => Promise<() => void> = () => Promise.reject(new Error('The stack is not ready yet.'))
  const demo = demoOf(backend, () => pauseHeart())
  const instance = await startInstance({ ...site, folder: settings.folder, identity, port: identity.ports.gateway, server, database: DATABASE,
    carrier, payments, clock, demo, mailUrl: mail.url, sendMail: (message) => mail.send(message), logLevel: settings.logLevel, isWatching: settings.isWatching,
    onFunctionsLost: () => say('The edge functions ended unexpectedly; they are started again.') })
  const databaseUrl = server.url(DATABASE, 'postgres')
  const ticker = startTicker({ databaseUrl, adminUrl: server.url(DATABASE), say })
  pauseHeart = async () => {
    const goOn = await ticker.pause()
    // A dispatcher that is still at work would find the past's calls due.
    await instance.functions.drain()
    return goOn
  }
  const stop = async () => {
    await demo?.stop()
    await ticker.stop()
    await instance.stop()
  }
  return { stop, stack: { app_url: instance.url, api_url: instance.url, publishable_key: identity.publishableKey, secret_key: identity.secretKey,
    database_url: databaseUrl, admin_database_url: server.url(DATABASE), mail_url: mail.url, vapi_url: carrier.url,
    vapi_webhook_secret: identity.vapiWebhookSecret,
    stripe_url: payments.url, stripe_webhook_secret: payments.webhookSecret, pid: process.pid } }
}

/** Offered only where no real phone can ring. */
function demoOf({ identity, server, carrier }: Backend, pauseHeart: () => Promise<() => void>): Demo | undefined {
  const { remember } = carrier
  if (!remember) return undefined
  const apiUrl = `http://127.0.0.1:${identity.ports.gateway}`
  const { publishableKey } = identity
  return createDemo({ apiUrl, publishableKey, databaseUrl: server.url(DATABASE, 'postgres'), adminUrl: server.url(DATABASE), remember, pauseHeart })
}

/** Says where everything is, to people and to scripts. */
export function announce({ folder, carrier, payments }: Settings, stack: StackFile): void {
  writeStackFile(folder, stack)
  onStop(() => removeStackFile(folder))
  const calls = carrier ? `Calls are placed through ${carrier.url}, which cannot reach this machine: results arrive by polling.` : 'Calls are simulated.'
  const money = payments ? `Payments go through ${payments.url}.` : 'Payments are simulated.'
  say(`\n  Outdial is ready:  ${stack.app_url}\n  Mail inbox:        ${stack.mail_url}\n\n  ${calls} ${money} Ctrl-C or npm run stop ends it; your data stays.\n`)
}
