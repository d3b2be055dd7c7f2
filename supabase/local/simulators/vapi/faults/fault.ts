/**
 * A fault is a small object that changes one thing at one moment. A new one is a new entry in a file of this folder; the
 * simulator itself need not know it.
 */
import type { Mix } from '../audio/recording.ts'
import type { SimulatedCall } from '../call.ts'
import { createFaultBox as createSharedFaultBox, type FaultBox as SharedFaultBox } from '../../shared/faultBox.ts'
import type { Pacer } from '../../shared/pacer.ts'
import type { Message } from '../messages.ts'
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
  /** Answers for a recording of the call; null lets it be had. */
  recording?(asked: { origin: string, mix: Mix }): Response | null
  /** Stands between the call and the postman. Made once for each call. */
  deliver?(sending: Sending): Send
}

/** Which moment of a request a fault belongs to; it is drawn only there. */
export type Moment = 'guard' | 'refuse' | 'call'

/** 'call' takes one occurrence of every fault that is set for it, the others of the first: one request has one answer. */
export type FaultBox = SharedFaultBox<Fault, Moment>

export const createFaultBox = (faults: Fault[]): FaultBox =>
  createSharedFaultBox<Fault, Moment>(faults, { momentOf, takesSeveral: (moment) => moment === 'call' })

function momentOf(fault: Fault): Moment {
  if (fault.guard) return 'guard'
  return fault.refuse ? 'refuse' : 'call'
}
