import { z } from 'zod'
import type { CallOutcome, CallState, FailureScope } from './call.ts'
import { providerAddressSchema } from './providerConnection.ts'

/** Something said in a call. contact is whoever picked up, an answering machine included. */
export interface Turn {
  role: 'assistant' | 'contact'
  text: string
  seconds_from_start: number
  duration_seconds: number
}

/** Something the assistant does while it talks: it waits for the answer, and so does the person. */
export interface ToolUse {
  /** The provider's id of this use; the answer names it. */
  id: string
  name: string
  arguments: Record<string, unknown>
}

/** What the assistant hears of a tool it used, in one line. */
export type ToolResult = { id: string, result: string } | { id: string, error: string }

/**
 * One fact about a call as a provider told it, in our words: what record_call_event stores. null means "not said", and
 * never overwrites what is known. Times are ISO, lengths whole seconds, money micro-dollars; no URL of the provider.
 */
export interface CallEvent {
  provider: string
  /** The same fact told twice has the same key, however its bytes differ. */
  dedupe_key: string
  type: string
  attempt_id: string | null
  provider_call_id: string | null
  /** null: the event says nothing about the call's life and is only kept. */
  state: Extract<CallState, 'dialing' | 'ringing' | 'in_progress' | 'ended'> | null
  /** The last word: the call is settled with it. */
  is_report: boolean
  occurred_at: string | null
  started_at: string | null
  ended_at: string | null
  talk_seconds: number | null
  outcome: CallOutcome | null
  failure_scope: FailureScope | null
  /** The provider's own word, for people who look deeper. */
  ended_reason: string | null
  /** The conversation took place, but something of ours or theirs broke it off. */
  technical_failure: boolean | null
  /** Did a person take part? false: probably an undetected machine; null: cannot be told. */
  engaged: boolean | null
  cost_micros: number | null
  transcript: string | null
  turns: Turn[] | null
  summary: string | null
  /** The provider's verdict as text: "false" and "7" are verdicts, too. */
  success: string | null
  structured: Record<string, unknown> | unknown[] | null
  has_recording: boolean
  tools: ToolUse[] | null
}

/** A line of a conversation that is still going on: shown to whoever watches, stored by nobody. */
export interface LiveLine {
  attempt_id: string | null
  provider_call_id: string | null
  role: Turn['role']
  text: string
  is_final: boolean
}

export const callsToCheckSchema = z.object({
  calls: z.array(
    z.object({
      call_id: z.string(),
      attempt_id: z.string(),
      provider_call_id: z.string().nullable(),
      ...providerAddressSchema.shape,
      provider_ref: z.string(),
      /** When it was dialled. */
      since: z.string(),
      /** We never learned the provider's id: only a listing can tell. */
      must_list: z.boolean(),
      /** The dial is old enough that a listing made from now on must have it. */
      absence_counts: z.boolean(),
    }),
  ),
})
export type CallToCheck = z.infer<typeof callsToCheckSchema>['calls'][number]

/** What the provider said when asked. Only absence in a complete listing proves that a call was never placed. */
export type CallCheck = { kind: 'found', event: CallEvent } | { kind: 'absent', absence_counts?: boolean } | { kind: 'unsure', cause: string }
