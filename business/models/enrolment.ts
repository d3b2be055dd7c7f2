import { z } from 'zod'
import type { CallOutcome, CallState } from './call.ts'

/** An enrolment is a contact in a campaign: the row that is dialled, once or several times, until it has a final state. */
export const enrolmentStatusSchema = z.enum([
  /** In the queue, for now or for later. A claim moves it on; a crash leaves it waiting. */
  'waiting',
  /** A call is reserved or under way. Settlement moves it on; after a crash the call's lease does. */
  'calling',
  /** Somebody answered: final, unless the person asks for another call. */
  'reached',
  /** Every attempt was used: final, unless the person asks for another call. */
  'exhausted',
  /** Not callable as things are; `reason` says why. An unknown time zone can be mended, a wrong number is final. */
  'blocked',
  /** Final: the number is on the do-not-call list. */
  'opted_out',
  /** Final: taken out by a person, or by stopping the campaign. */
  'removed',
])
export type EnrolmentStatus = z.infer<typeof enrolmentStatusSchema>

export const enrolmentTransitions: Readonly<Record<EnrolmentStatus, readonly EnrolmentStatus[]>> = {
  waiting: ['calling', 'opted_out', 'removed', 'blocked'],
  calling: ['waiting', 'reached', 'exhausted', 'blocked', 'opted_out', 'removed'],
  reached: ['waiting'],
  exhausted: ['waiting'],
  blocked: ['waiting', 'opted_out', 'removed'],
  opted_out: [],
  removed: [],
}

export const blockReasonSchema = z.enum(['time_zone_unknown', 'do_not_call', 'no_consent', 'invalid_number', 'refused'])
export type BlockReason = z.infer<typeof blockReasonSchema>

/** Why a due attempt is not dialled now. Each ends by itself or by a named event; nobody fails because of one. */
export const waitReasonSchema = z.enum([
  'window_closed',
  'no_minutes',
  'no_slot',
  'line_full',
  'line_held',
  'daily_cap',
  'frequency_cap',
  'in_other_call',
  'budget',
  /** The account is suspended: goes on when the platform reactivates it. */
  'account_held',
])
export type WaitReason = z.infer<typeof waitReasonSchema>

/** A row of a campaign's contacts; `call` is the latest attempt, `due_at` when the next one may start. */
export interface Enrolment {
  id: string
  contact_id: string
  name: string
  phone: string
  company: string
  time_zone: string | null
  status: EnrolmentStatus
  attempts: number
  outcome: CallOutcome | null
  reason: BlockReason | null
  reason_detail: string | null
  due_at: string | null
  /** The person asked to be called then. */
  callback_at: string | null
  callback_note: string
  wait_reason: WaitReason | null
  call: {
    id: string
    state: CallState
    outcome: CallOutcome | null
    dialled_at: string | null
    started_at: string | null
    ended_at: string | null
    billed_seconds: number | null
  } | null
}

export interface EnrolmentPage {
  rows: Enrolment[]
  next_cursor: unknown
}

/** One question the database asks before it dials, with what it found. */
export interface Gate {
  gate: string
  passes: boolean
  facts: Record<string, unknown>
  /** When it opens by itself; null where that takes a person, or it is open. */
  next_at: string | null
}

/** Why somebody is not called now: every gate in the order in which the database asks, and what follows from them. */
export interface Explanation {
  /** waits: next_at says until when, null where that takes somebody. over: the enrolment is final or blocked. */
  verdict: 'calls_now' | 'waits' | 'calling' | 'over'
  next_at: string | null
  gates: Gate[]
}
