/** A shop's side of the wire: the official SDK, a server that keeps what it is told, and a bare request. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { randomUUID } from 'node:crypto'
import Stripe from 'stripe'
import { onTestFinished } from 'vitest'
import { startStripeSimulator, type SimulatorOptions, type StripeSimulator } from '../../../../supabase/local/simulators/stripe/index.ts'

export const KEY = 'sk_test_of_the_tests'
export const SECRET = 'whsec_of_the_tests'
/** A speed at which nothing moves by itself while a test looks. */
export const STILL = 0.001

export const CARDS = {
  pays: '4242424242424242', declined: '4000000000000002', poor: '4000000000009995', expired: '4000000000000069', asksAlways: '4000002760003184', asksOnce: '4000002500003155',
  failsLater: '4000000000000341', disputed: '4000000000000259', inquired: '4000000000001976', refundFails: '4000000000005126', debit: '000123456789', debitFails: '000111111116',
}

export async function simulator(options: Partial<SimulatorOptions> = {}): Promise<StripeSimulator> {
  const stripe = await startStripeSimulator({ secretKey: KEY, speed: 5000, ...options })
  onTestFinished(() => stripe.close())
  return stripe
}

/** As the product sets it up: no retries of its own. */
export function sdk({ url }: { url: string }, key = KEY): Stripe {
  const { hostname, port } = new URL(url)
  return new Stripe(key, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false })
}

export interface Received { headers: IncomingHttpHeaders, text: string, event: Stripe.Event }
export interface Receiver { url: string, received: Received[], types(): string[], of(type: string): Stripe.Event[] }

export async function receiver(statusOf: (count: number) => number = () => 200): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    received.push({ headers: request.headers, text, event: JSON.parse(text) as Stripe.Event })
    response.writeHead(statusOf(received.length)).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  }))
  const { port } = server.address() as { port: number }
  const events = () => received.map(({ event }) => event)
  return { url: `http://127.0.0.1:${port}/hook`, received, types: () => events().map(({ type }) => type), of: (type) => events().filter((event) => event.type === type) }
}

/** A simulator whose events somebody takes, and the SDK that talks to it. */
export async function shop(options: Partial<SimulatorOptions> & { statusOf?: (count: number) => number } = {}) {
  const { statusOf, ...rest } = options
  const told = await receiver(statusOf)
  const payments = await simulator({ webhook: { url: told.url, secret: SECRET }, ...rest })
  return { payments, stripe: sdk(payments), told }
}

/** Parameters of a session as the product opens it. */
export function order(changes: Partial<Stripe.Checkout.SessionCreateParams> = {}, id: string = randomUUID()): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment', client_reference_id: id, metadata: { order_id: id }, payment_intent_data: { metadata: { order_id: id } },
    line_items: [{ price_data: { currency: 'usd', unit_amount: 5000, product_data: { name: '100 minutes' } }, quantity: 1 }],
    success_url: 'http://shop.test/billing?paid=1&session={CHECKOUT_SESSION_ID}', cancel_url: 'http://shop.test/billing', ...changes,
  }
}

export const keyed = (idempotencyKey: string = randomUUID()): Stripe.RequestOptions => ({ idempotencyKey })

/** A bare request, for what the SDK would not send. */
export async function raw({ url }: { url: string }, line: string, { body, headers = {} }: { body?: string, headers?: Record<string, string> } = {}) {
  const [method, path] = line.split(' ')
  const answer = await fetch(`${url}${path}`, {
    method, body, headers: { authorization: `Bearer ${KEY}`, ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }), ...headers },
  })
  return { status: answer.status, headers: answer.headers, body: await answer.json() as { error?: Record<string, unknown> } & Record<string, unknown> }
}

/** What a promise was refused with. */
export const refusalOf = (work: Promise<unknown>): Promise<Stripe.errors.StripeError> =>
  work.then(() => { throw new Error('Nobody refused.') }, (error: unknown) => error as Stripe.errors.StripeError)
