/** Everything of one running instance but the database server and the clock that drives it: shared by `npm start` and the tests. */
import { mkdirSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import postgres from 'postgres'
import { startApi } from './api.ts'
import type { Mail } from './apiMail.ts'
import type { LocalClock } from './clock.ts'
import { answerClock, CLOCK_PATH } from './clockApi.ts'
import { configScript } from './configScript.ts'
import type { Demo } from './demo/index.ts'
import { answerDemo, DEMO_PATH } from './demo/demoApi.ts'
import { withConsoleIn } from './consoleToFile.ts'
import { startFunctionHost, type FunctionHost } from './functionHost.ts'
import { startGateway } from './gateway.ts'
import type { Identity } from './identity.ts'
import { createMailApi, MAIL_API_PATH } from './mailApi.ts'
import type { PostgresServer } from './postgres.ts'
import { startRealtime } from './realtime/bridge.ts'
import type { SimulatedCall } from './simulators/vapi/index.ts'
import { PAGE_PATH as PAYMENTS_PATH } from './simulators/stripe/control/index.ts'
import { PAGE_PATH as CARRIER_PATH } from './simulators/vapi/control/index.ts'

/** Who places the calls, and how many a second it takes from one number. */
export interface Carrier {
  url: string
  apiKey: string
  callsPerSecond: number
  /** The control page of a simulated carrier. */
  page?: (request: Request) => Response | Promise<Response>
  /** A simulated carrier answers for calls that were had without it. */
  remember?: (call: SimulatedCall) => void
}

/** Who takes the money. */
export interface Payments {
  url: string
  secretKey: string
  /** What events are signed with; several, separated by commas, while one replaces the other. */
  webhookSecret: string
  /** Real money moves: events of test mode are refused then, and those of live mode otherwise. */
  isLive: boolean
  /** The control and the payment pages of a simulated provider. */
  page?: (request: Request) => Response | Promise<Response>
}

export interface Instance {
  url: string
  functions: FunctionHost
  stop(): Promise<void>
}

/** Who answers for the app itself. */
export interface SiteParts {
  respondWithSite: (request: Request) => Response | Promise<Response>
  /** Takes the web sockets of a development server. */
  upgradeSite?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
}

interface Options extends SiteParts {
  folder: string
  identity: Omit<Identity, 'ports'>
  port: number
  server: PostgresServer
  database: string
  carrier: Carrier
  payments: Payments
  clock: LocalClock
  /** Absent where nobody is offered demo data. */
  demo?: Demo
  mailUrl: string
  sendMail: (mail: Mail) => Promise<void>
  logLevel?: string
  isWatching?: boolean
  onFunctionsLost?: () => void
}

export async function startInstance(options: Options): Promise<Instance> {
  const { folder, identity, server, database, port, clock, demo } = options
  mkdirSync(folder, { recursive: true })
  const url = `http://127.0.0.1:${port}`
  const databaseUrl = server.url(database)
  await rememberSettings(databaseUrl, url, options)
  const [api, realtime, functions] = await Promise.all([
    startApi({ databaseUrl, siteUrl: url, jwtSecret: identity.jwtSecret, publishableKey: identity.publishableKey, secretKey: identity.secretKey,
      folder, sendMail: options.sendMail }),
    startRealtime({ databaseUrl, jwtSecret: identity.jwtSecret, publishableKey: identity.publishableKey }),
    startFunctionHost({ folder, env: functionEnvironment(url, options), isWatching: options.isWatching, onLost: options.onFunctionsLost }),
  ])
  const gateway = await startGateway(port, { url, api, realtime, functionsUrl: functions.url, jwtSecret: identity.jwtSecret,
    respondWithSite: options.respondWithSite, upgradeSite: options.upgradeSite, respondWithCarrier: options.carrier.page,
    respondWithPayments: options.payments.page, respondWithMailApi: createMailApi(identity.resendApiKey, options.sendMail),
    onFailure: (request, error) => withConsoleIn(join(folder, 'gateway.log'), () => console.error(request.method, new URL(request.url).pathname, error)),
    respondWithClock: isMovable(options) ? (request) => answerClock(request, clock) : undefined,
    respondWithDemo: demo && ((request) => answerDemo(request, demo)),
    configScript: () => configScript({ apiUrl: url, publishableKey: identity.publishableKey, embedded: true, mailUrl: options.mailUrl, providers: [],
      carrierUrl: options.carrier.page ? `${url}${CARRIER_PATH}` : null, paymentsUrl: options.payments.page ? `${url}${PAYMENTS_PATH}` : null, clockUrl: isMovable(options) ? `${url}${CLOCK_PATH}` : null,
      clockOffsetMs: clock.offsetMs(), demoUrl: demo ? `${url}${DEMO_PATH}` : null, errorDsn: null }) })
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

/** Real people are called at real hours, and real payment pages expire by real time. */
const isMovable = ({ carrier, payments }: Options): boolean => carrier.page !== undefined && payments.page !== undefined

function functionEnvironment(url: string, { identity, carrier, payments, logLevel = 'info' }: Options): Record<string, string> {
  return {
    SUPABASE_URL: url,
    OUTDIAL_PUBLIC_URL: url,
    OUTDIAL_APP_URL: url,
    OUTDIAL_SECRET_KEY: identity.secretKey,
    OUTDIAL_PUBLISHABLE_KEY: identity.publishableKey,
    CRON_SECRET: identity.cronSecret,
    VAPI_API_KEY: carrier.apiKey,
    VAPI_BASE_URL: carrier.url,
    VAPI_WEBHOOK_SECRET: identity.vapiWebhookSecret,
    STRIPE_SECRET_KEY: payments.secretKey,
    STRIPE_BASE_URL: payments.url,
    STRIPE_WEBHOOK_SECRET: payments.webhookSecret,
    STRIPE_LIVE: String(payments.isLive),
    RESEND_API_KEY: identity.resendApiKey,
    RESEND_BASE_URL: `${url}${MAIL_API_PATH}`,
    MAIL_FROM: 'Outdial <billing@outdial.example>',
    LOG_LEVEL: logLevel,
  }
}

/** What private.tick() needs to call the functions (on a hosted project an operator puts it into Vault once), and the line's rate. */
async function rememberSettings(adminUrl: string, url: string, { identity, carrier }: Options): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined })
  await sql`insert into vault.secrets (name, secret) values ('functions_url', ${`${url}/functions/v1`}), ('cron_secret', ${identity.cronSecret})
    on conflict (name) do update set secret = excluded.secret`
  await sql`update engine.provider_lines set calls_per_second = ${carrier.callsPerSecond} where account_id is null`
  await sql.end()
}
