import { z } from 'zod'

/** Which parts keep up: the heartbeat, and the inbox of what providers tell. */
export const serviceHealthSchema = z.object({ beat: z.boolean(), inbox: z.boolean() })

/** Figures of the whole installation by their names; ages are seconds. Another version of the database may know more of them. */
export const figuresSchema = z.record(z.string(), z.coerce.number())
export type Figures = z.infer<typeof figuresSchema>

/** As the operators' page shows them. */
export const figureGroups = {
  pace: ['dialling_enabled', 'beat_age_seconds', 'queue_depth', 'calls_in_flight', 'dials_last_minute'],
  waiting: ['oldest_event_seconds', 'oldest_payment_seconds', 'oldest_job_seconds', 'unsealed_lines'],
  calls: ['lines_held', 'unheard_calls', 'repairs_last_hour'],
  books: ['drifted_accounts', 'counter_faults', 'billing_differences', 'quarantined_events', 'quarantined_payments', 'quarantined_jobs'],
} as const
export type FigureName = (typeof figureGroups)[keyof typeof figureGroups][number]

/** Up to where a figure is usual, as the rules of alarms have it; others have no bound. */
const usualUpTo: Partial<Record<FigureName, number>> = {
  beat_age_seconds: 180, oldest_event_seconds: 60, oldest_payment_seconds: 300, oldest_job_seconds: 900, unsealed_lines: 20_000,
  lines_held: 0, unheard_calls: 50,
  drifted_accounts: 0, counter_faults: 0, billing_differences: 0, quarantined_events: 0, quarantined_payments: 0, quarantined_jobs: 0,
}

export function isUnusual(name: FigureName, value: number): boolean {
  return name === 'dialling_enabled' ? value === 0 : value > (usualUpTo[name] ?? Infinity)
}
