/**
 * A fault is a small object that changes one thing at one moment. A new one is a new entry in a file of this folder; the
 * simulator itself need not know it.
 */
import { createFaultBox as createSharedFaultBox, type FaultBox as SharedFaultBox } from '../../shared/faultBox.ts'
import type { Verdict } from '../cards.ts'
import type { Parcel } from '../postman.ts'
import type { StripeEvent } from '../things.ts'
import type { Refusal } from '../wire/refusal.ts'

export interface Tools {
  /** Another event of the same fact, with an id of its own. */
  twin(event: StripeEvent): StripeEvent
  /** The event with ids replaced by what they name. */
  expanded(event: StripeEvent): StripeEvent
  /** One more event that the provider tells by mistake. */
  invented(type: string, object: StripeEvent['data']['object']): StripeEvent
}

export type { Parcel }

export interface Fault {
  name: string
  /** What it does, for the control page. */
  description: string
  /** Answers any request with a key, before it is looked at; null drops the connection. */
  guard?(): Response | null
  /** Takes the place of a request for money; nothing is done, and the same key gets the same answer again. */
  refuse?(): Refusal
  /** A request for money waits so many simulated seconds before it is carried out. */
  holdsSeconds?: number
  /** Takes the place of the answer to a request for money that was carried out; null drops the connection. */
  answer?(): Refusal | null
  /** What the bank says to the next payment. */
  verdict?: Verdict
  /** Part of the price that a promotion code takes off, of the next session. */
  discount?: number
  /** How the next refund goes. */
  refund?: 'succeeded' | 'failed'
  /** Stands between what happened together and the postman. */
  deliver?(events: StripeEvent[], tools: Tools): Parcel[]
}

/** Which moment a fault belongs to; it is drawn only there. */
export type Moment = 'guard' | 'refuse' | 'hold' | 'answer' | 'verdict' | 'session' | 'refund' | 'deliver'

export type FaultBox = SharedFaultBox<Fault, Moment>

/** Two faults of the same moment would contradict each other: the first that is on strikes, the others wait. */
export const createFaultBox = (faults: Fault[]): FaultBox => createSharedFaultBox<Fault, Moment>(faults, { momentOf, takesSeveral: () => false })

function momentOf(fault: Fault): Moment {
  if (fault.guard) return 'guard'
  if (fault.refuse) return 'refuse'
  if (fault.holdsSeconds !== undefined) return 'hold'
  if (fault.answer) return 'answer'
  if (fault.verdict) return 'verdict'
  if (fault.discount !== undefined) return 'session'
  return fault.refund ? 'refund' : 'deliver'
}
