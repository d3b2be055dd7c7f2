import { z } from 'zod'

/** After which outcomes a contact is tried again. A conversation ends the matter, a canceled call is nobody's answer. */
export const retriedOutcomes = ['busy', 'no_answer', 'voicemail', 'failed'] as const
export type RetriedOutcome = (typeof retriedOutcomes)[number]

/** How often and how soon a contact is tried again after one outcome. */
export interface RetryRule {
  outcome: RetriedOutcome
  /** How many more times; 0: never again. */
  retries: number
  /** The wait before each of them; the last one holds for all that follow. Rounded by the database into the next calling time. */
  delays_minutes: number[]
  /** Rather in the morning, the afternoon or the evening than at the part of the day that failed. */
  shifts_day_part: boolean
}

/** What a campaign does unless it is told otherwise. The database has the same list; a test compares the two. */
export const defaultRetries: readonly RetryRule[] = [
  { outcome: 'busy', retries: 3, delays_minutes: [10, 30, 120], shifts_day_part: false },
  { outcome: 'no_answer', retries: 3, delays_minutes: [60, 240, 1440], shifts_day_part: true },
  { outcome: 'voicemail', retries: 2, delays_minutes: [240, 1440], shifts_day_part: true },
  { outcome: 'failed', retries: 2, delays_minutes: [30, 120], shifts_day_part: false },
]

export const retriesMax = 9

/** Waits a person can choose; one that was set elsewhere is offered beside them. */
export const usualDelays = [5, 10, 15, 30, 60, 120, 240, 480, 1440, 2880, 4320, 10080] as const

export const retryRuleSchema = z
  .object({
    outcome: z.enum(retriedOutcomes),
    retries: z.number().int().min(0).max(retriesMax),
    delays_minutes: z.array(z.number().int().min(1)),
    shifts_day_part: z.boolean(),
  })
  .refine(({ delays_minutes }) => widens(delays_minutes), { error: 'campaigns.errors.delays', path: ['delays_minutes'] })

/** The rule with another number of retries: a wait for each, new ones as long as the last. */
export function withRetries(rule: RetryRule, retries: number): RetryRule {
  const delays_minutes = Array.from({ length: retries }, (_, index) => delayBefore(rule, index))
  return { ...rule, retries, delays_minutes: retries === 0 ? rule.delays_minutes : delays_minutes }
}

/** Minutes before the retry with this index, from 0. */
export function delayBefore({ delays_minutes, outcome }: RetryRule, index: number): number {
  const usual = defaultRetries.find((rule) => rule.outcome === outcome)?.delays_minutes ?? []
  return delays_minutes[index] ?? delays_minutes.at(-1) ?? usual[index] ?? usual.at(-1) ?? 60
}

/** Every outcome's rule with a wait for each retry, in the order in which people see them. */
export function completeRetries(rules: readonly RetryRule[]): RetryRule[] {
  return defaultRetries.map((usual) => {
    const rule = rules.find(({ outcome }) => outcome === usual.outcome) ?? usual
    return withRetries(rule, rule.retries)
  })
}

function widens(delays: readonly number[]): boolean {
  return delays.every((delay, index) => index === 0 || delay >= (delays[index - 1] ?? 0))
}
