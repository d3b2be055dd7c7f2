/**
 * A fault is a small object that changes one thing at one moment. A new one is a new entry in a file of this folder; the
 * simulator itself need not know it.
 */
import type { SimulatedCall } from '../call.ts'
import type { Message } from '../messages.ts'
import type { Pacer } from '../pacer.ts'
import type { Script } from '../scripts/script.ts'

/** Gives a message to the postman. */
export type Send = (message: Message) => void
interface Sending { call: SimulatedCall, send: Send, pacer: Pacer }

export interface Fault {
  name: string
  /** What it does, for the control page. */
  description: string
  /** Answers any request with a key, before it is looked at. */
  guard?(): Response
  /** Answers POST /call in place of an acceptance; nothing is placed. */
  refuse?(): Response
  /** Takes the place of the answer to an accepted POST /call; null drops the connection. */
  answer?(accepted: Record<string, unknown>): Response | null
  /** The life begins, and its first messages are posted, before POST /call is answered. */
  isEarly?: true
  /** The call cannot be read for three seconds. */
  isHidden?: true
  /** Changes what will happen in the call. */
  script?(script: Script): Script
  /** Changes the call when it has ended. */
  ended?(call: SimulatedCall): void
  /** Answers for a recording of the call. */
  recording?(where: { origin: string }): Response
  /** Stands between the call and the postman. Made once for each call. */
  deliver?(sending: Sending): Send
}

/** Which moment of a request a fault belongs to; it is drawn only there. */
export type Moment = 'guard' | 'refuse' | 'call'

export interface FaultBox {
  /** The fault happens to the next so many requests or calls, then the simulator is well again. */
  set(name: string, times: number): void
  clear(): void
  /** Takes one occurrence of every fault that is set for the moment ('call'), or of the first (the others: one request has one answer). */
  draw(moment: Moment): Fault[]
  pending(): Record<string, number>
  /** How often each has happened. */
  happened(): Record<string, number>
}

export function createFaultBox(faults: Fault[]): FaultBox {
  const left = new Map<string, number>()
  const happened = new Map<string, number>()
  return {
    set(name, times) {
      if (!faults.some((fault) => fault.name === name)) throw new RangeError(`There is no fault ${name}; choose one of ${faults.map((fault) => fault.name).join(', ')}.`)
      left.set(name, times)
    },
    clear: () => left.clear(),
    draw(moment) {
      const due = faults.filter((fault) => (left.get(fault.name) ?? 0) > 0 && momentOf(fault) === moment)
      const drawn = moment === 'call' ? due : due.slice(0, 1)
      for (const { name } of drawn) {
        left.set(name, (left.get(name) ?? 0) - 1)
        happened.set(name, (happened.get(name) ?? 0) + 1)
      }
      return drawn
    },
    happened: () => Object.fromEntries(happened),
    pending: () => Object.fromEntries([...left].filter(([, times]) => times > 0)),
  }
}

function momentOf(fault: Fault): Moment {
  if (fault.guard) return 'guard'
  return fault.refuse ? 'refuse' : 'call'
}
