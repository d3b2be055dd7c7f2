/** Dials as a function makes them, from a process that may die at any request, over a network that repeats some of them. */
import type { CallGateway } from '../../business/gateways/calls/callGateway.ts'
import { createDialRepository, type DialRepository } from '../../business/repositories/dialRepository.ts'
import type { DialDeps } from '../../business/services/calls/dialCall.ts'
import type { World } from './clients.ts'
import type { Answer, Door } from './door.ts'

export class Died extends Error {}

const LATEST_DIAL_MS = 45_000

/** A run of a function: how many dials it lives for, and when it asked for each. */
export interface Run { isDead: boolean, dialsLeft: number, askedAt: Map<string, { real: number, virtual: number }> }

export function newRun({ isCalm, random }: World): Run {
  return { isDead: false, dialsLeft: !isCalm && random.chance(0.03) ? random.integer(0, 30) : Infinity, askedAt: new Map() }
}

export function dialDepsOf(world: World, door: Door, run: Run): DialDeps & { dials: DialRepository } {
  return {
    dials: createDialRepository(watched(world, door, run)), gatewayOf: async () => punctual(world, run), log: () => undefined,
    // A timer of this process may be a whole millisecond early, which is many of the fast clock's.
    sleep: async (ms) => {
      if (ms > 0) await world.clock.sleep(ms + 100)
    },
  }
}

/** Notes when each dial was asked for, and ends the process in its time. Some requests arrive twice, as through a proxy that repeats. */
function watched({ clock, random, begun, spare }: World, door: Door, run: Run): Pick<Door, 'rpc'> {
  return {
    async rpc(name, args): Promise<Answer> {
      const callId = args.call_id as string
      if (name === 'begin_dial') {
        if (run.dialsLeft-- <= 0) run.isDead = true
        run.askedAt.set(callId, { real: performance.now(), virtual: clock.now() })
      }
      if (run.isDead) throw new Died()
      if (name !== 'begin_dial') return door.rpc(name, args)
      const answers = await Promise.all((random.chance(0.05) ? [door, spare] : [door]).map((way) => way.rpc(name, args)))
      const orders = answers.filter(({ data }) => data)
      begun.push(...orders.map(() => ({ callId, askedAt: run.askedAt.get(callId)!.real })))
      return orders[0] ?? answers[0]!
    },
  }
}

/** A request leaves in time or not at all, as from any client that has a timeout. */
function punctual({ clock, carrier, tally }: World, run: Run): CallGateway {
  return { ...carrier.gateway, placeCall: (order) => {
    if (clock.now() - run.askedAt.get(order.call_id)!.virtual < LATEST_DIAL_MS) return carrier.gateway.placeCall(order)
    tally.met('dial: too late to be sent')
    return Promise.resolve({ kind: 'unknown', cause: 'timeout' })
  } }
}
