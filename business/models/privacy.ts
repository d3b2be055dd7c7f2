import { z } from 'zod'

/** What an account decides about the recordings of its calls. */
export interface PrivacyContent {
  /** false: no call is recorded, whatever assistants and campaigns say. */
  records_calls: boolean
  /** Days after the call; null: kept until somebody decides otherwise. */
  recording_days: number | null
}

export interface Privacy extends PrivacyContent {
  /** Rules in force that forbid recording in some regions, whatever anybody wants. */
  recording_bans: { name: string, regions: string[], citation: string }[]
  /** Recordings past their time that are still to be deleted, up to a thousand. */
  overdue_count: number
  /** Deletions, here or at the carrier, that were given up and can be tried again, up to a thousand. */
  failed_count: number
}

export const countedMax = 1000
/** The column's constraint in SQL knows the same. */
export const keptDays = { min: 1, max: 3650, usual: 365 } as const

/** As a person chooses it: for some days, or without an end. */
export const privacySchema = z
  .object({ records_calls: z.boolean(), keeps: z.enum(['days', 'always']), recording_days: z.number().int().min(keptDays.min).max(keptDays.max).nullable() })
  .refine(({ keeps, recording_days }) => keeps === 'always' || recording_days !== null, { path: ['recording_days'], message: 'privacy.errors.days' })
export type PrivacyInput = z.input<typeof privacySchema>

export function privacyFormOf({ records_calls, recording_days }: PrivacyContent): PrivacyInput {
  return { records_calls, keeps: recording_days === null ? 'always' : 'days', recording_days: recording_days ?? keptDays.usual }
}

export function privacyOf({ records_calls, keeps, recording_days }: z.output<typeof privacySchema>): PrivacyContent {
  return { records_calls, recording_days: keeps === 'always' ? null : recording_days }
}
