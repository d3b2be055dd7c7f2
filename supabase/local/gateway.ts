/**
 * One origin for everything a browser needs: the app, REST, Auth, Storage, Realtime and the edge functions. Here the API's
 * known differences from the hosted services are made good, so that the product's code never sees them.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import type { Api } from './api.ts'
import { answerStorage } from './apiStorage.ts'
import { withinLimit } from './bodyLimit.ts'
import { CLOCK_PATH } from './clockApi.ts'
import { DEMO_PATH } from './demo/demoApi.ts'
import { forward } from './forward.ts'
import { MAIL_API_PATH } from './mailApi.ts'
import type { RealtimeBridge } from './realtime/bridge.ts'
import { PAGE_PATH as PAYMENTS_PATH } from './simulators/stripe/control/index.ts'
import { PAGE_PATH as CARRIER_PATH } from './simulators/vapi/control/index.ts'

interface Parts {
  url: string
  api: Api
  realtime: RealtimeBridge
  functionsUrl: () => string
  /** Signs what the local services hand out. */
  jwtSecret: string
  /** The content of /config.js, by which one build of the app runs anywhere. */
  configScript: () => string
  respondWithSite: (request: Request) => Response | Promise<Response>
  /** Takes the web sockets of a development server; without it only Realtime has any. */
  upgradeSite?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Answers for /carrier, the control page of the simulated carrier; absent when the carrier is real. */
  respondWithCarrier?: (request: Request) => Response | Promise<Response>
  /** Answers for /payments, the control and payment pages of the simulated payment provider; absent when it is real. */
  respondWithPayments?: (request: Request) => Response | Promise<Response>
  /** Answers for /resend, where the functions send mail. */
  respondWithMailApi?: (request: Request) => Promise<Response>
  /** Answers for the clock of the stack, which may be moved; absent when the carrier is real. */
  respondWithClock?: (request: Request) => Promise<Response>
  /** Makes the demo data and says how far it is; absent when the carrier is real. */
  respondWithDemo?: (request: Request) => Promise<Response>
  /** Hears of a request that could not be answered. */
  onFailure: (request: Request, error: unknown) => void
}

const CONFIG_HEADERS = { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

export interface Gateway { close(): Promise<void> }

export async function startGateway(port: number, parts: Parts): Promise<Gateway> {
  const listener = getRequestListener((request) => route(request, parts).catch((error: unknown) => {
    parts.onFailure(request, error)
    return unavailable()
  }))
  // Elsewhere a wish for another protocol is ignored, as servers may: some clients wish for HTTP/2 with every first request.
  const server: Server = createServer({ shouldUpgradeCallback: (request) => upgradeOf(request, parts) !== undefined }, (incoming, outgoing) => {
    sayAddress(incoming)
    void listener(incoming, outgoing)
  })
  server.on('upgrade', (request, socket, head) => upgradeOf(request, parts)?.(request, socket, head))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

/** Headers that say where a request came from: whatever a client wrote into them, what the database reads is what was seen here. */
const OF_THE_SENDER = ['x-forwarded-for', 'x-real-ip', 'cf-connecting-ip', 'forwarded']

/** Both as they came and as they were read: whoever answers may look at either. */
function sayAddress(incoming: IncomingMessage): void {
  const address = (incoming.socket.remoteAddress ?? '').replace('::ffff:', '')
  const { rawHeaders, headers } = incoming
  const others = rawHeaders.filter((_, index) => !OF_THE_SENDER.includes((rawHeaders[index - index % 2] ?? '').toLowerCase()))
  incoming.rawHeaders = [...others, 'x-forwarded-for', address]
  for (const name of OF_THE_SENDER) Reflect.deleteProperty(headers, name)
  headers['x-forwarded-for'] = address
}

function upgradeOf(request: IncomingMessage, { realtime, upgradeSite }: Parts): Parts['upgradeSite'] {
  if (request.url?.startsWith('/realtime/v1/websocket')) return (...given) => realtime.upgrade(...given)
  return request.headers.upgrade?.toLowerCase() === 'websocket' ? upgradeSite : undefined
}

function unavailable(): Response {
  return Response.json({ code: 'unavailable', message: 'The local stack could not answer. Try again in a moment.' }, { status: 503 })
}

const isUnder = (path: string, pathname: string): boolean => pathname === path || pathname.startsWith(`${path}/`)

async function route(request: Request, parts: Parts): Promise<Response> {
  const { pathname, search, hostname } = new URL(request.url)
  if (pathname.startsWith('/storage/v1')) return answerStorage(request, parts.api, parts.jwtSecret)
  const service = serviceOf(pathname, parts)
  if (service) {
    const given = await withinLimit(request)
    return given instanceof Response ? given : service(given)
  }
  if (pathname === '/config.js') {
    return new Response(parts.configScript(), { headers: CONFIG_HEADERS })
  }
  // Mails and the API name 127.0.0.1: under its other name the app would be another origin, with a session of its own.
  if (hostname === 'localhost') return Response.redirect(`${parts.url}${pathname}${search}`, 307)
  const local = localAnswers(parts).find(([path, answer]) => answer !== undefined && isUnder(path, pathname))
  return local ? local[1]!(request) : parts.respondWithSite(request)
}

/** Who answers for the services that take no files. */
function serviceOf(pathname: string, { api, functionsUrl }: Parts): ((request: Request) => Promise<Response>) | undefined {
  if (pathname.startsWith('/rest/v1') || pathname.startsWith('/auth/v1')) return (request) => api.fetch(request)
  return pathname.startsWith('/functions/v1/') ? (request) => forward(request, functionsUrl()) : undefined
}

/** What only a local stack has, by its path. */
function localAnswers(parts: Parts): [string, ((request: Request) => Response | Promise<Response>) | undefined][] {
  return [
    [CLOCK_PATH, parts.respondWithClock],
    [DEMO_PATH, parts.respondWithDemo],
    [CARRIER_PATH, parts.respondWithCarrier],
    [PAYMENTS_PATH, parts.respondWithPayments],
    [MAIL_API_PATH, parts.respondWithMailApi],
  ]
}
