/** The provider's memory: its calls, what is saved, the attempts it has seen, and what a dialler did wrong. */
import { setTimeout as delay } from 'node:timers/promises'
import type { SimulatedCall } from './call.ts'
import { FAULTS } from './faults/index.ts'
import { createFaultBox, type FaultBox } from './faults/fault.ts'
import { noJournal, openJournal, type Journal } from './journal.ts'
import { live, type World } from './life.ts'
import { createPacer, type Pacer } from '../shared/pacer.ts'
import { createPostman, type Postman } from './postman.ts'
import type { NewCustomer } from './customers.ts'
import { createShelves, type Shelves } from './saved/things.ts'
import { createTickets, type Tickets } from './tickets.ts'
import { createTrunk, type Trunk } from './trunk.ts'

export interface SimulatorOptions {
  /** The private key of the customer that there is from the start. */
  apiKey: string
  /** Others, with keys, numbers and calls of their own. Their calls are forgotten at a restart. */
  customers?: NewCustomer[]
  /** 0, the default: a free one. */
  port?: number
  host?: string
  /** Divides waiting only: 1 is real time. */
  speed?: number
  concurrencyLimit?: number
  /** Beyond this the trunk answers 503. */
  dialsPerSecond?: number
  /** The numbers that exist from the start; the one of supabase/seeds by default. */
  phoneNumbers?: { id: string, number: string }[]
  /** A file in which the calls outlive the simulator; without one it forgets them. */
  journalFile?: string
  /** For ringing and report delays. */
  random?: () => number
  now?: () => Date
}

const PLATFORM_NUMBER = { id: '00000000-0000-4000-8000-000000000100', number: '+12025550100' }

const HEAD_START_MS = 5
const DIALS_PER_SECOND = 20
const CONCURRENT_CALLS = 10
const WATCHABLE_SPEED = 4

/** What one customer of the provider has there, and what all of them share. */
export interface Exchange {
  url: string
  readonly concurrencyLimit: number
  readonly now: () => Date
  /** The customer's own. */
  readonly calls: Map<string, SimulatedCall>
  readonly callsOfAll: Map<string, SimulatedCall>
  readonly shelves: Shelves
  readonly trunk: Trunk
  readonly attempts: Set<string>
  readonly violations: string[]
  readonly faults: FaultBox
  readonly pacer: Pacer
  readonly postman: Postman
  readonly tickets: Tickets
  readonly journal: Journal
  aliveCount(): number
  /** Starts the life of a call; unless `isEarly`, only after the answer had time to leave. */
  begin(call: SimulatedCall, isEarly: boolean): void
  /** Resolves when no call is alive, nothing waits and no message is on its way. */
  quiet(): Promise<void>
  close(): void
}

export function createExchange(options: SimulatorOptions): Exchange {
  const { speed = WATCHABLE_SPEED, concurrencyLimit = CONCURRENT_CALLS, random = Math.random, now = () => new Date() } = options
  const pacer = createPacer(speed)
  const world: World = { pacer, postman: createPostman(pacer, now), now, random }
  const callsOfAll = new Map<string, SimulatedCall>()
  return {
    url: '', concurrencyLimit, now, callsOfAll, ...booksOf(callsOfAll), shelves: createShelves(now, options.phoneNumbers ?? [PLATFORM_NUMBER]),
    trunk: createTrunk(options.dialsPerSecond ?? DIALS_PER_SECOND, now),
    attempts: new Set(), violations: [], faults: createFaultBox(FAULTS), pacer, postman: world.postman, tickets: createTickets(now),
    journal: options.journalFile === undefined ? noJournal : openJournal(options.journalFile),
    ...lives(world),
  }
}

/** Another customer of the same provider: calls, numbers and a limit of their own. */
export function newCustomer(exchange: Exchange, org: string, numbers: { id: string, number: string }[]): Exchange {
  return { ...exchange, ...booksOf(exchange.callsOfAll), shelves: createShelves(exchange.now, numbers, org) }
}

function booksOf(callsOfAll: Exchange['callsOfAll']): Pick<Exchange, 'calls' | 'aliveCount'> {
  const calls = new OwnCalls(callsOfAll)
  return { calls, aliveCount: () => [...calls.values()].filter((call) => call.status !== 'ended').length }
}

/** What is written here is in the book of all, too. */
class OwnCalls extends Map<string, SimulatedCall> {
  private readonly all: Map<string, SimulatedCall>

  constructor(all: Map<string, SimulatedCall>) {
    super()
    this.all = all
  }

  override set(id: string, call: SimulatedCall): this {
    this.all.set(id, call)
    return super.set(id, call)
  }

  override delete(id: string): boolean {
    this.all.delete(id)
    return super.delete(id)
  }
}

function lives(world: World): Pick<Exchange, 'begin' | 'quiet' | 'close'> {
  const { pacer, postman } = world
  const running = new Set<Promise<void>>()
  return {
    begin(call, isEarly) {
      const lived = isEarly ? live(call, world) : delay(HEAD_START_MS).then(() => live(call, world))
      const life = lived.catch(() => undefined).finally(() => running.delete(life))
      running.add(life)
    },
    async quiet() {
      while (running.size + pacer.waitingCount() + postman.underwayCount() > 0) {
        await Promise.all([...running])
        await postman.settled()
        await delay(1)
      }
    },
    close() {
      pacer.close()
      postman.close()
    },
  }
}
