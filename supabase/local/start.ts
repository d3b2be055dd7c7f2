/** `npm start`: the whole product on this machine, carrier and mail simulated. Prints one address. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildAppIfStale } from './appBuild.ts'
import { createDatabase, databaseExists, schemaChecksum, seed } from './database.ts'
import { loadIdentity, type Identity } from './identity.ts'
import { startInstance, type Carrier } from './instance.ts'
import { holderOf, releaseLock, takeLock } from './lock.ts'
import { startMail } from './mail.ts'
import { PUBLISHED_APP } from './paths.ts'
import { startPostgres, type PostgresServer } from './postgres.ts'
import { messageOf } from './processes.ts'
import { readSettings, type Settings } from './settings.ts'
import { startVapiSimulator } from './simulators/vapi/index.ts'
import { createSite } from './site.ts'
import { removeStackFile, runningStack, writeStackFile, type StackFile } from './stackFile.ts'
import { onStop, stopWith, stopOnSignals } from './stops.ts'
import { startTicker } from './ticker.ts'

const DATABASE = 'outdial'
const say = (text: string) => void process.stdout.write(`${text}\n`)

async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2))
  const { folder } = settings
  if (!takeLock(folder)) return sayWhoRuns(folder)
  onStop(() => releaseLock(folder))
  removeStackFile(folder)
  const identity = await loadIdentity(folder, settings.preferredPort)
  const building = buildApp()
  const stack = await startBackend(settings, identity, building)
  writeStackFile(folder, stack)
  onStop(() => removeStackFile(folder))
  const calls = settings.carrier ? `Calls are placed through ${settings.carrier.url}, which cannot reach this machine: results arrive by polling.` : 'Calls are simulated.'
  say(`\n  Outdial is ready:  ${stack.app_url}\n  Mail inbox:        ${stack.mail_url}\n\n  ${calls} Ctrl-C or npm run stop ends it; your data stays.\n`)
}

function sayWhoRuns(folder: string): void {
  const running = runningStack(folder)
  say(running ? `Outdial is running already: ${running.app_url}` : `Outdial is being started already, by process ${holderOf(folder) ?? 'unknown'}.`)
}

/** A failure is told where it is awaited, not while the database is still starting. */
function buildApp(): Promise<void> {
  const abort = new AbortController()
  onStop(() => abort.abort())
  const building = buildAppIfStale(say, abort.signal)
  building.catch(() => undefined)
  return building
}

async function startBackend(settings: Settings, identity: Identity, building: Promise<void>): Promise<StackFile> {
  const { folder } = settings
  const { ports } = identity
  if (settings.preferredPort && ports.gateway !== settings.preferredPort) say(`Port ${settings.preferredPort} is taken; Outdial uses ${ports.gateway}.`)
  say('Starting the database …')
  const server = await startPostgres({ folder: join(folder, 'postgres'), port: ports.postgres, password: identity.databasePassword,
    onLost: () => say('The database ended unexpectedly; it is started again.') })
  onStop(() => server.stop())
  await prepareDatabase(folder, server)
  const mail = await startMail({ smtpPort: ports.smtp, webPort: ports.mail, folder: join(folder, 'mail') })
  onStop(() => mail.stop())
  const carrier = settings.carrier ?? await startSimulator(folder, identity)
  // The port opens with the new app behind it, never with the one of an earlier start.
  await building
  const site = createSite(PUBLISHED_APP, true)
  const instance = await startInstance({ folder, identity, port: ports.gateway, server, database: DATABASE, carrier, mailUrl: mail.url, logLevel: settings.logLevel,
    sendMail: (message) => mail.send(message), respondWithSite: (request) => site.respond(request), isWatching: settings.isWatching,
    onFunctionsLost: () => say('The edge functions ended unexpectedly; they are started again.') })
  onStop(() => instance.stop())
  const ticker = startTicker({ databaseUrl: server.url(DATABASE, 'postgres'), adminUrl: server.url(DATABASE), say })
  onStop(() => ticker.stop())
  return { app_url: instance.url, api_url: instance.url, publishable_key: identity.publishableKey, secret_key: identity.secretKey,
    database_url: server.url(DATABASE, 'postgres'), admin_database_url: server.url(DATABASE), mail_url: mail.url, vapi_url: carrier.url,
    vapi_webhook_secret: identity.vapiWebhookSecret, pid: process.pid }
}

async function startSimulator(folder: string, { ports, vapiApiKey }: Identity): Promise<Carrier> {
  const vapi = await startVapiSimulator({ port: ports.vapi, apiKey: vapiApiKey, journalFile: join(folder, 'carrier.jsonl') })
  onStop(() => vapi.close())
  return { url: vapi.url, apiKey: vapiApiKey, callsPerSecond: 20, page: vapi.page }
}

async function prepareDatabase(folder: string, server: PostgresServer): Promise<void> {
  const file = join(folder, 'schema.sha256')
  const checksum = schemaChecksum()
  if (!(await databaseExists(server, DATABASE))) {
    await createDatabase(server, DATABASE)
    writeFileSync(file, checksum)
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== checksum) {
    throw new Error('the database schema has changed since this data folder was made. "npm run reset" begins anew (it deletes the local data).')
  } else await seed(server, DATABASE)
}

stopOnSignals()
main().catch((error: unknown) => stopWith(1, `Outdial could not start: ${messageOf(error)}`))
