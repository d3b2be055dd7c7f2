import { z } from 'zod'
import { parseInput } from './parseInput.ts'
import type { CallOutcome, CallState } from './call.ts'

/** Somebody wants to be called by an assistant: by its draft as it stands, or by its newest version, in the words of a campaign perhaps. */
const testCallWishSchema = z.object({
  assistant_id: z.uuid(),
  uses_draft: z.boolean().default(false),
  campaign_id: z.uuid().nullable().default(null),
  phone: z.string().max(20),
})
export type TestCallWish = z.infer<typeof testCallWishSchema>
export const parseTestCallWish = (body: unknown): TestCallWish => parseInput(testCallWishSchema, body)

/** Somebody wants to be called with a code, to prove that a number is theirs. */
const numberCheckWishSchema = z.object({ account_id: z.uuid(), phone: z.string().max(20) })
export type NumberCheckWish = z.infer<typeof numberCheckWishSchema>
export const parseNumberCheckWish = (body: unknown): NumberCheckWish => parseInput(numberCheckWishSchema, body)

/** A call that the database has written because somebody asked for it; its turn on the line comes in dial_in_ms. */
export const placedCallSchema = z.object({ call_id: z.string(), dial_in_ms: z.number() })

/** The one number that a person is called at when they try an assistant. */
export interface OwnNumber {
  phone: string | null
  verified_at: string | null
  /** Of twenty in a day; null without a number. */
  tests_left: number | null
  /** The test call that this person is in right now, wherever they asked for it. */
  running_call_id: string | null
  /** The call that spoke the code is not over yet; nobody is in two calls, so a test has to wait for its end. */
  is_in_code_call: boolean
  /** Calls with a code, of three in a day. */
  tries_left: number
  next_try_at: string | null
  /** The code that is waited for, and where the call that speaks it stands. */
  check: { phone: string, expires_at: string, guesses_left: number, state: CallState, outcome: CallOutcome | null, is_spoken: boolean } | null
}

/** A wrong guess is an answer; guesses_left is null once it was right. */
export interface CodeAnswer {
  is_verified: boolean
  guesses_left: number | null
}

/** Why a wished call was refused, as errors name it in details.reason; each has its words and its way out on the page. */
export const callRefusals = ['not_verified', 'do_not_call', 'no_minutes', 'tests', 'tries', 'daily_cap', 'no_slot', 'line_full', 'line_held', 'in_other_call',
  'switched_off', 'archived', 'not_published', 'not_dialled', 'no_check', 'expired', 'too_many_guesses'] as const
export type CallRefusal = (typeof callRefusals)[number]

/** null for an error that is none of these. */
export function refusalOf(error: unknown): CallRefusal | null {
  const { reason } = ((error as { details?: unknown } | null)?.details ?? {}) as { reason?: unknown }
  return callRefusals.find((known) => known === reason) ?? null
}
