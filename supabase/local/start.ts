/** `npm start`: the whole product on this machine, carrier and mail simulated. Prints one address. */
import { accessSync, constants, createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format } from 'node:util'
import { readEnv } from '../../config/env.ts'
import { buildAppIfStale } from './appBuild.ts'
import { createPlatformDatabase, databaseExists, migrate, migrationsChecksum } from './database.ts'
import { loadIdentity } from './identity.ts'
import { startInstance } from './instance.ts'
import { startMail } from './mail.ts'
import { dataDir, PUBLISHED_APP } from './paths.ts'
import { startPostgres, type PostgresServer } from './postgres.ts'
import { startVapiSimulator } from './simulators/vapi/index.ts'
import { createSite } from './site.ts'
import { removeStackFile, runningStack, writeStackFile } from './stackFile.ts'
import { startTicker } from './ticker.ts'

const DATABASE = 'outdial'
const say = (text: string) => process.stdout.write(`${text}\n`)
const stops: (() => Promise<void> | void)[] = []

async function main(): Promise<void> {
  const env = readEnv()
  const folder = dataDir()
  const running = writableFolder(folder) && runningStack(folder)
  if (running) {
    say(`Outdial is running already: ${running.app_url}`)
    return
  }
  const identity = await loadIdentity(folder, env.OUTDIAL_PORT)
  quietConsole(folder)
  const building = buildAppIfStale(say)
  // Awaited below; a failure before that is not to end the process unsaid.
  building.catch(() => undefined)
  say('Starting the database …')
  const server = await startPostgres({ folder: join(folder, 'postgres'), port: identity.ports.postgres, password: identity.databasePassword })
  stops.unshift(() => server.stop())
  await prepareDatabase(folder, server)
  const mail = await startMail({ smtpPort: identity.ports.smtp, webPort: identity.ports.mail, folder: join(folder, 'mail') })
  stops.unshift(() => mail.stop())
  const vapi = await startVapiSimulator({ port: identity.ports.vapi, apiKey: identity.vapiApiKey })
  stops.unshift(() => vapi.close())
  // The port opens with the new app behind it, never with the one of an earlier start.
  await building
  const site = createSite(PUBLISHED_APP, true)
  const instance = await startInstance({ folder, identity, port: identity.ports.gateway, server, database: DATABASE, vapiUrl: vapi.url,
    mailUrl: mail.url, sendMail: message => mail.send(message), respondWithSite: request => site.respond(request) })
  stops.unshift(() => instance.stop())
  const ticker = startTicker({ databaseUrl: server.url(DATABASE, 'postgres'), adminUrl: server.url(DATABASE), onError: error => say(`The ticker failed: ${messageOf(error)}`) })
  stops.unshift(() => ticker.stop())
  writeStackFile(folder, { app_url: instance.url, api_url: instance.url, publishable_key: identity.publishableKey, secret_key: identity.secretKey,
    database_url: server.url(DATABASE, 'postgres'), admin_database_url: server.url(DATABASE), mail_url: mail.url, vapi_url: vapi.url,
    vapi_webhook_secret: identity.vapiWebhookSecret, pid: process.pid })
  stops.unshift(() => removeStackFile(folder))
  say(`\n  Outdial is ready:  ${instance.url}\n  Mail inbox:        ${mail.url}\n\n  Calls are simulated. Ctrl-C or npm run stop ends it; your data stays.\n`)
}

/** What the libraries inside say to the console is for the log; the terminal shows what a person started it for. */
function quietConsole(folder: string): void {
  const log = createWriteStream(join(folder, 'stack.log'), { flags: 'a' })
  const write = (...words: unknown[]) => void log.write(`${format(...words)}\n`)
  Object.assign(console, { log: write, info: write, warn: write, error: write })
}

/** Postgres and the identity need a folder they may write; said before anything starts. */
function writableFolder(folder: string): true {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    accessSync(folder, constants.W_OK)
    return true
  }
  catch {
    throw new Error(`The data folder ${folder} cannot be written: set OUTDIAL_DATA_DIR to one that can.`)
  }
}

async function prepareDatabase(folder: string, server: PostgresServer): Promise<void> {
  const file = join(folder, 'migrations.sha256')
  const checksum = migrationsChecksum()
  if (!(await databaseExists(server, DATABASE))) {
    await createPlatformDatabase(server, DATABASE)
    await migrate(server, DATABASE)
    writeFileSync(file, checksum)
  }
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== checksum) {
    throw new Error('The migrations have changed since this data folder was made. "npm run reset" begins anew (it deletes the local data).')
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

let isStopping = false
async function stopAll(code: number): Promise<void> {
  if (isStopping) return
  isStopping = true
  for (const stop of stops) await Promise.resolve(stop()).catch((error: unknown) => say(messageOf(error)))
  process.exit(code)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stopAll(0))
main().catch(async (error: unknown) => {
  process.stderr.write(`\nOutdial could not start: ${messageOf(error)}\n`)
  await stopAll(1)
})
