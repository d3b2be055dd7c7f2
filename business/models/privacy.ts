import { z } from 'zod'

/** What an account decides about the recordings of its calls, and how long it keeps what calls leave behind. */
export interface PrivacyContent {
  /** false: no call is recorded, whatever assistants and campaigns say. */
  records_calls: boolean
  /** Days after the call; null: kept until somebody decides otherwise. */
  recording_days: number | null
  /** Of transcripts and their summaries; null: kept without an end. */
  transcript_days: number | null
  /** Of what the provider sent about calls beyond their facts. */
  event_days: number
}

export interface Privacy extends PrivacyContent {
  /** What is kept is then kept for at most hipaaDays, and never without an end. */
  is_hipaa: boolean
  /** Rules in force that forbid recording in some regions, whatever anybody wants. */
  recording_bans: { name: string, regions: string[], citation: string }[]
  /** Recordings past their time that are still to be deleted, up to a thousand. */
  overdue_count: number
  /** Deletions, here or at the carrier, that were given up and can be tried again, up to a thousand. */
  failed_count: number
}

/** What a shorter rule deletes at once, and somebody is asked about before. */
export type KeptKind = 'recordings' | 'transcripts'

export const countedMax = 1000
/** The column's constraint in SQL knows the same. */
export const keptDays = { min: 1, max: 3650, usual: 365 } as const
export const hipaaDays = 30
export const eventDays = { min: 1, max: 30 } as const

const days = ({ min, max }: { min: number, max: number }) => z.number().int().min(min).max(max)

/** As a person chooses it: for some days, or without an end. */
export function privacySchemaOf({ is_hipaa }: Pick<Privacy, 'is_hipaa'>) {
  const kept = { min: keptDays.min, max: is_hipaa ? hipaaDays : keptDays.max }
  return z
    .object({ records_calls: z.boolean(), keeps: z.enum(['days', 'always']), recording_days: days(kept).nullable(),
      transcript_days: is_hipaa ? days(kept) : days(kept).nullable(), event_days: days(eventDays) })
    .refine(({ keeps, recording_days }) => keeps === 'always' || recording_days !== null, { path: ['recording_days'], message: 'privacy.errors.days' })
}
export type PrivacyInput = z.input<ReturnType<typeof privacySchemaOf>>

export function privacyFormOf({ records_calls, recording_days, transcript_days, event_days }: PrivacyContent): PrivacyInput {
  return { records_calls, keeps: recording_days === null ? 'always' : 'days', recording_days: recording_days ?? keptDays.usual, transcript_days, event_days }
}

export function privacyOf({ keeps, recording_days, ...others }: z.output<ReturnType<typeof privacySchemaOf>>): PrivacyContent {
  return { ...others, recording_days: keeps === 'always' ? null : recording_days }
}
