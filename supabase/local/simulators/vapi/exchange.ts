/** The provider's memory: its calls, the attempts it has seen, and what a dialler did wrong. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { SimulatedCall } from './call.ts'
import type { Mix } from './audio/recording.ts'
import { FAULTS } from './faults/index.ts'
import { createFaultBox, type FaultBox } from './faults/fault.ts'
import { live, type World } from './life.ts'
import { createPacer, type Pacer } from './pacer.ts'
import { createPostman, type Postman } from './postman.ts'

export interface SimulatorOptions {
  /** The private key that requests must carry. */
  apiKey: string
  /** 0, the default: a free one. */
  port?: number
  host?: string
  /** Divides waiting only: 1 is real time. */
  speed?: number
  concurrencyLimit?: number
  /** For ringing and report delays. */
  random?: () => number
  now?: () => Date
}

const HEAD_START_MS = 5
const SIGNED_FOR_MS = 5 * 60_000

export interface Exchange {
  url: string
  readonly apiKey: string
  readonly concurrencyLimit: number
  readonly now: () => Date
  readonly calls: Map<string, SimulatedCall>
  readonly attempts: Set<string>
  readonly violations: string[]
  readonly faults: FaultBox
  readonly pacer: Pacer
  readonly postman: Postman
  aliveCount(): number
  /** Starts the life of a call; unless `isEarly`, only after the answer had time to leave. */
  begin(call: SimulatedCall, isEarly: boolean): void
  /** A short-lived token for one recording. */
  sign(call: SimulatedCall, mix: Mix): string
  signed(token: string): { call: SimulatedCall, mix: Mix } | null
  /** Resolves when no call is alive, nothing waits and no message is on its way. */
  quiet(): Promise<void>
  close(): void
}

export function createExchange({ apiKey, speed = 4, concurrencyLimit = 10, random = Math.random, now = () => new Date() }: SimulatorOptions): Exchange {
  const pacer = createPacer(speed)
  const world: World = { pacer, postman: createPostman(pacer), now, random }
  const calls = new Map<string, SimulatedCall>()
  const lives = new Set<Promise<void>>()
  const tokens = new Map<string, { call: SimulatedCall, mix: Mix, until: number }>()
  return {
    url: '', apiKey, concurrencyLimit, now, calls, attempts: new Set(), violations: [], faults: createFaultBox(FAULTS), pacer, postman: world.postman,
    aliveCount: () => [...calls.values()].filter((call) => call.status !== 'ended').length,
    begin(call, isEarly) {
      const life = (isEarly ? live(call, world) : delay(HEAD_START_MS).then(() => live(call, world))).catch(() => undefined).finally(() => lives.delete(life))
      lives.add(life)
    },
    sign(call, mix) {
      const token = randomUUID()
      tokens.set(token, { call, mix, until: now().getTime() + SIGNED_FOR_MS })
      return token
    },
    signed(token) {
      const found = tokens.get(token)
      return found && found.until > now().getTime() ? found : null
    },
    async quiet() {
      while (lives.size + pacer.waitingCount() + world.postman.underwayCount() > 0) {
        await Promise.all([...lives])
        await world.postman.settled()
        await delay(1)
      }
    },
    close() {
      pacer.close()
      world.postman.close()
    },
  }
}
