/** Everything of one running instance but the database server and the clock that drives it: shared by `npm start` and the tests. */
import { join } from 'node:path'
import { mkdirSync } from 'node:fs'
import postgres from 'postgres'
import { startApi, type Mail } from './api.ts'
import { startFunctionHost, type FunctionHost } from './functionHost.ts'
import { startGateway } from './gateway.ts'
import type { Identity } from './identity.ts'
import type { PostgresServer } from './postgres.ts'
import { startRealtime } from './realtime/bridge.ts'

export interface Instance {
  url: string
  functions: FunctionHost
  stop(): Promise<void>
}

interface Options {
  folder: string
  identity: Omit<Identity, 'ports'>
  port: number
  server: PostgresServer
  database: string
  vapiUrl: string
  mailUrl: string
  sendMail: (mail: Mail) => Promise<void>
  respondWithSite: (request: Request) => Response | Promise<Response>
  isWatching?: boolean
}

export async function startInstance(options: Options): Promise<Instance> {
  const { folder, identity, server, database, port } = options
  mkdirSync(folder, { recursive: true })
  const url = `http://127.0.0.1:${port}`
  const databaseUrl = server.url(database)
  await rememberSecrets(server.url(database), url, identity.cronSecret)
  const [api, realtime, functions] = await Promise.all([
    startApi({ databaseUrl, siteUrl: url, jwtSecret: identity.jwtSecret, publishableKey: identity.publishableKey, secretKey: identity.secretKey,
      storageFolder: join(folder, 'storage'), sendMail: options.sendMail }),
    startRealtime({ databaseUrl, jwtSecret: identity.jwtSecret, publishableKey: identity.publishableKey }),
    startFunctionHost({ folder, env: functionEnvironment(url, identity, options.vapiUrl), isWatching: options.isWatching }),
  ])
  const gateway = await startGateway(port, { api, realtime, functionsUrl: functions.url, respondWithSite: options.respondWithSite,
    configScript: configScript({ apiUrl: url, publishableKey: identity.publishableKey, embedded: true, mailUrl: options.mailUrl }) })
  return {
    url,
    functions,
    async stop() {
      // An open page keeps its socket, and a server does not close while one is open.
      await realtime.close()
      await gateway.close()
      await Promise.all([functions.stop(), api.close()])
    },
  }
}

function configScript(config: { apiUrl: string, publishableKey: string, embedded: boolean, mailUrl: string }): string {
  return `window.__OUTDIAL__ = ${JSON.stringify(config).replaceAll('<', '\\u003c')};\n`
}

function functionEnvironment(url: string, identity: Omit<Identity, 'ports'>, vapiUrl: string): Record<string, string> {
  return {
    SUPABASE_URL: url,
    OUTDIAL_PUBLIC_URL: url,
    OUTDIAL_SECRET_KEY: identity.secretKey,
    OUTDIAL_PUBLISHABLE_KEY: identity.publishableKey,
    CRON_SECRET: identity.cronSecret,
    VAPI_API_KEY: process.env.VAPI_API_KEY ?? identity.vapiApiKey,
    VAPI_BASE_URL: process.env.VAPI_BASE_URL ?? vapiUrl,
    VAPI_WEBHOOK_SECRET: identity.vapiWebhookSecret,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
  }
}

/** What private.tick() needs to call the functions; on a hosted project an operator puts them into Vault once. */
async function rememberSecrets(adminUrl: string, url: string, cronSecret: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined })
  await sql`select vault.create_secret(${`${url}/functions/v1`}, 'functions_url'), vault.create_secret(${cronSecret}, 'cron_secret')`
  // The simulated carrier takes twenty calls a second; the line's default suits a real one.
  await sql`update engine.provider_lines set calls_per_second = 20 where account_id is null`
  await sql.end()
}
