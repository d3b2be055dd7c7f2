/** The provider as a whole: its books, its clock, its post, and what a shop did wrong. */
import { setTimeout as delay } from 'node:timers/promises'
import { createPacer, type Pacer } from '../shared/pacer.ts'
import { openBooks, type Books } from './books.ts'
import { createFaultBox, type FaultBox } from './faults/fault.ts'
import { FAULTS } from './faults/index.ts'
import { noJournal, openJournal } from './journal.ts'
import { createPostman, type Postman } from './postman.ts'
import { createTeller, type Teller } from './teller.ts'

/** What SDK 23.1.0 asks for. */
export const API_VERSION = '2026-10-28.endive'

export interface SimulatorOptions {
  /** The key that requests must carry. */
  secretKey: string
  /** Where events go from the start, and what they are signed with. */
  webhook?: { url: string, secret: string }
  /** The origin under which people see the payment page; the simulator's own by default. */
  pageOrigin?: string
  /** 0, the default: a free one. */
  port?: number
  host?: string
  /** Divides waiting only: 1 is real time. */
  speed?: number
  /** Whether a debit is paid, and a refund comes through, without somebody saying so. */
  settlesByItself?: boolean
  /** A file in which everything outlives the simulator; without one it forgets. */
  journalFile?: string
  now?: () => Date
}

export interface Provider {
  /** Where the API answers. */
  url: string
  pageOrigin: string
  readonly secretKey: string
  readonly settlesByItself: boolean
  readonly books: Books
  readonly faults: FaultBox
  readonly pacer: Pacer
  readonly postman: Postman
  readonly teller: Teller
  readonly violations: string[]
  /** Keys whose requests are being carried out. */
  readonly keysInUse: Set<string>
  readonly now: () => Date
  /** Seconds, as the provider counts time. */
  seconds(): number
  /** Does something after so many simulated seconds, unless the simulator has closed by then. */
  later(seconds: number, work: () => void): void
  /** Resolves when nothing waits and no event is on its way. */
  quiet(): Promise<void>
  close(): void
}

const WATCHABLE_SPEED = 4

export function createProvider({ secretKey, speed = WATCHABLE_SPEED, settlesByItself = true, now = () => new Date(), journalFile, pageOrigin = '' }: SimulatorOptions): Provider {
  const pacer = createPacer(speed)
  const books = openBooks(journalFile === undefined ? noJournal : openJournal(journalFile))
  const postman = createPostman(books, pacer)
  const faults = createFaultBox(FAULTS)
  const seconds = () => Math.floor(now().getTime() / 1000)
  return {
    url: '', pageOrigin, secretKey, settlesByItself, books, faults, pacer, postman, violations: [], keysInUse: new Set(), now, seconds,
    teller: createTeller({ books, faults, postman, seconds, apiVersion: API_VERSION }),
    // Closed meanwhile, or what was to happen has become impossible: a dispute of what was refunded.
    later: (after, work) => void pacer.wait(after).then(work).catch(() => undefined),
    async quiet() {
      while (pacer.waitingCount() + postman.underwayCount() > 0) {
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
