import { expect, it } from 'vitest'
import { completeRetries, defaultRetries, retryRuleSchema, withRetries, type RetryRule } from '../../../../business/models/retryRules.ts'

const busy: RetryRule = { outcome: 'busy', retries: 2, delays_minutes: [10, 30], shifts_day_part: false }

it('gives each further retry the last wait, and forgets the waits of those taken away', () => {
  expect(withRetries(busy, 4).delays_minutes).toEqual([10, 30, 30, 30])
  expect(withRetries(busy, 1).delays_minutes).toEqual([10])
})

it('offers the usual waits again where all retries were taken away', () => {
  const never = withRetries({ ...busy, delays_minutes: [] }, 0)
  expect(withRetries(never, 2).delays_minutes).toEqual([10, 30])
})

it('shows every outcome, the ones the campaign says nothing of with the usual rule, each with a wait for every retry', () => {
  const shown = completeRetries([{ ...busy, retries: 3, delays_minutes: [5] }])
  expect(shown.map(({ outcome }) => outcome)).toEqual(defaultRetries.map(({ outcome }) => outcome))
  expect(shown[0]?.delays_minutes).toEqual([5, 5, 5])
  expect(shown.slice(1)).toEqual(defaultRetries.slice(1))
})

it('wants waits that widen or stay', () => {
  expect(retryRuleSchema.safeParse({ ...busy, delays_minutes: [30, 30] }).success).toBe(true)
  expect(retryRuleSchema.safeParse({ ...busy, delays_minutes: [30, 10] }).success).toBe(false)
})
