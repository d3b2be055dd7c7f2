import { z } from 'zod'
import { offeredDispositionSchema } from './disposition.ts'
import { extractionFieldSchema } from './extraction.ts'
import { providerAddressSchema } from './providerConnection.ts'

/** What claim_calls hands to a dispatcher. The database spaces the dials of a line: dial_in_ms is how long to wait. */
export const claimSchema = z.object({
  call_ids: z.array(z.object({ call_id: z.string(), dial_in_ms: z.number() })),
  /** More work is due than was asked for. */
  more: z.boolean(),
})
export type Claim = z.infer<typeof claimSchema>
export type ClaimedCall = Claim['call_ids'][number]

/**
 * Everything needed to place one call, taken from the assistant version that is pinned to it. begin_dial answers it once;
 * from then on the database holds that the phone may ring.
 */
export const dialOrderSchema = z.object({
  call_id: z.string(),
  /** Travels inside the provider's call and comes back with every event. */
  attempt_id: z.string(),
  /** E.164 */
  to: z.string(),
  from: providerAddressSchema.extend({ provider_ref: z.string() }),
  contact: z.object({
    name: z.string().nullable(),
    company: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    attributes: z.record(z.string(), z.unknown()).nullable(),
  }),
  assistant: z.object({
    name: z.string(),
    voice_provider: z.string(),
    voice_ref: z.string(),
    language: z.string(),
    model_provider: z.string(),
    model_ref: z.string(),
    temperature_percent: z.number(),
    role: z.string(),
    tone: z.string(),
    persona: z.string(),
    /** From the second attempt on the retry's, where there is one. */
    greeting: z.string(),
    instructions: z.string(),
    /** Empty: it hangs up when a machine answers. */
    voicemail_message: z.string(),
    fallback_message: z.string(),
    goodbye_message: z.string(),
    fallback_seconds: z.number(),
    silence_seconds: z.number(),
    /** The call ends as soon as the assistant has said this; null: when the conversation does. */
    end_phrase: z.string().nullable().default(null),
    extraction: z.array(extractionFieldSchema),
    success_criterion: z.string(),
  }),
  /** The account's own words for what a conversation meant; none in a call that speaks a code. */
  dispositions: z.array(offeredDispositionSchema).default([]),
  /** Said after the greeting where the greeting does not say it: opening.ts. */
  disclosures: z.object({ caller: z.string(), ai: z.string(), recording: z.string(), opt_out: z.string() }),
  /** By the clock where the contact is, in words; null for a test call. */
  local_time: z.string().nullable(),
  account_name: z.string(),
  /** The conversation is cut off here; as much is reserved. */
  maximum_seconds: z.number().int().positive(),
  record_calls: z.boolean(),
  /** The account is in HIPAA mode: the provider is asked to treat the call as one about health. */
  is_hipaa: z.boolean(),
})
export type DialOrder = z.infer<typeof dialOrderSchema>

/**
 * Whose fault a refusal is. number: it cannot be called, ever. capacity: no free line, again soon. auth, billing,
 * daily_limit: the line's own trouble, it is held. assistant: the campaign's, it is paused.
 */
export type RefusalClass = 'number' | 'capacity' | 'auth' | 'billing' | 'daily_limit' | 'assistant'

/** What the one request of a dial led to. Expected answers of a provider are data, never exceptions. */
export type DialResult
  = | { kind: 'accepted', provider_call_id: string }
  /** Accepted without a free line: it may still start, so it counts as unknown until the provider shows it ended. */
    | { kind: 'accepted_blocked', provider_call_id: string }
    | { kind: 'refused', class: RefusalClass, message: string, retry_after_ms?: number }
  /** The phone may be ringing. Never dialled again before the provider was asked. */
    | { kind: 'unknown', cause: string }
