/** The provider's memory: its calls, what is saved, the attempts it has seen, and what a dialler did wrong. */
import { setTimeout as delay } from 'node:timers/promises'
import type { SimulatedCall } from './call.ts'
import { FAULTS } from './faults/index.ts'
import { createFaultBox, type FaultBox } from './faults/fault.ts'
import { noJournal, openJournal, type Journal } from './journal.ts'
import { live, type World } from './life.ts'
import { createPacer, type Pacer } from '../shared/pacer.ts'
import { createPostman, type Postman } from './postman.ts'
import { createShelves, type Shelves } from './saved/things.ts'
import { createTickets, type Tickets } from './tickets.ts'
import { createTrunk, type Trunk } from './trunk.ts'

export interface SimulatorOptions {
  /** The private key that requests must carry. */
  apiKey: string
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

export interface Exchange {
  url: string
  readonly apiKey: string
  readonly concurrencyLimit: number
  readonly now: () => Date
  readonly calls: Map<string, SimulatedCall>
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
  const { apiKey, speed = WATCHABLE_SPEED, concurrencyLimit = CONCURRENT_CALLS, random = Math.random, now = () => new Date() } = options
  const pacer = createPacer(speed)
  const world: World = { pacer, postman: createPostman(pacer, now), now, random }
  const calls = new Map<string, SimulatedCall>()
  return {
    url: '', apiKey, concurrencyLimit, now, calls, shelves: createShelves(now, options.phoneNumbers ?? [PLATFORM_NUMBER]),
    trunk: createTrunk(options.dialsPerSecond ?? DIALS_PER_SECOND, now),
    attempts: new Set(), violations: [], faults: createFaultBox(FAULTS), pacer, postman: world.postman, tickets: createTickets(now),
    journal: options.journalFile === undefined ? noJournal : openJournal(options.journalFile),
    aliveCount: () => [...calls.values()].filter((call) => call.status !== 'ended').length,
    ...lives(world),
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
