/**
 * A stand-in for Stripe, written from its documented behaviour alone: it checks what it receives, keeps customers, cards,
 * sessions and payments, shows the payment page, and posts signed events. What would cost somebody money at the real one is
 * a violation that tests and the control page can see.
 */
import { startHttpServer } from '../shared/httpServer.ts'
import { expireOld } from './acts/checkout.ts'
import { follow } from './acts/intents.ts'
import { followRefund } from './acts/refunds.ts'
import { controlPage } from './control/index.ts'
import { createDesk, type Desk } from './desk.ts'
import { createProvider, type Provider, type SimulatorOptions } from './provider.ts'
import { addEndpoint } from './routes/events.ts'
import { routes } from './routes/index.ts'
import type { Session, StripeEvent } from './things.ts'

export type { SimulatorOptions }

export interface StripeSimulator extends Desk {
  url: string
  /** Answers for the control and the payment pages, which the stack's gateway shows under PAGE_PATH. */
  page(request: Request): Response | Promise<Response>
  sessions(): Session[]
  /** Everything told so far, oldest first. */
  events(): StripeEvent[]
  /** Keys for idempotency whose requests are being carried out. */
  keysInUse(): string[]
  /** What would have done harm at a real provider: an order charged in two ways, money asked for without a key. */
  violations(): string[]
  /** The fault happens so many times; faults/ lists them. */
  fault(name: string, times?: number): void
  clearFaults(): void
  setSpeed(speed: number): void
  /** Lets sessions end whose time has come; it happens by itself every second. */
  expireOld(): void
  /** Resolves when nothing waits and no event is on its way. */
  quiet(): Promise<void>
  close(): Promise<void>
}

/** The endpoint of the stack keeps its id, so that what waited for it before a restart finds it. */
const STACK_ENDPOINT = 'we_1OutdialStack'
const LOOK_EVERY_MS = 1000

/** What a shop for prepaid minutes wants to hear. */
const EVENTS = [
  'checkout.session.completed', 'checkout.session.async_payment_succeeded', 'checkout.session.async_payment_failed', 'checkout.session.expired', 'payment_intent.processing', 'payment_intent.succeeded',
  'payment_intent.payment_failed', 'payment_intent.canceled', 'charge.refunded', 'refund.created', 'refund.updated', 'refund.failed', 'charge.dispute.created', 'charge.dispute.updated', 'charge.dispute.closed',
  'charge.dispute.funds_withdrawn', 'charge.dispute.funds_reinstated', 'payment_method.attached', 'payment_method.detached', 'payment_method.updated', 'something.new',
]

export async function startStripeSimulator(options: SimulatorOptions): Promise<StripeSimulator> {
  const { host = '127.0.0.1', port = 0, webhook } = options
  const provider = createProvider(options)
  const server = await startHttpServer(routes(provider), host, port)
  provider.url = server.url
  provider.pageOrigin ||= provider.url
  if (webhook) addEndpoint(provider, { id: STACK_ENDPOINT, url: webhook.url, secret: webhook.secret, enabled_events: EVENTS })
  goOn(provider)
  const looking = setInterval(() => expireOld(provider), LOOK_EVERY_MS).unref()
  return {
    ...createDesk(provider),
    url: provider.url,
    page: controlPage(provider),
    sessions: () => provider.books.sessions.list().reverse(),
    events: () => provider.books.events.list().reverse(),
    keysInUse: () => [...provider.keysInUse],
    violations: () => [...provider.violations],
    fault: (name, times = 1) => provider.faults.set(name, times),
    clearFaults: () => provider.faults.clear(),
    setSpeed: (speed) => provider.pacer.setSpeed(speed),
    expireOld: () => expireOld(provider),
    quiet: () => provider.quiet(),
    close: () => {
      clearInterval(looking)
      provider.close()
      return server.close()
    },
  }
}

/** What was on its way when the stack ended goes on: events that nobody took, debits, refunds. */
function goOn(provider: Provider): void {
  const { books, postman } = provider
  postman.post(books.events.list().reverse().filter(({ hidden }) => hidden.waiting.length > 0).map((event) => ({ event })))
  for (const intent of books.intents.list().filter(({ status }) => status === 'processing')) follow(provider, intent)
  for (const refund of books.refunds.list()) followRefund(provider, refund)
}
