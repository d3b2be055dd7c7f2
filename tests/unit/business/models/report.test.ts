import { expect, it } from 'vitest'
import { dispositionSchema } from '../../../../business/models/call.ts'
import { averageTalk, conditionsOf, costPerSuccess, costsOf, judgedOf, wordsOfMeaning } from '../../../../business/models/report.ts'

const figures = {
  calls_count: 10, answered_count: 4, positive_count: 2, neutral_count: 1, negative_count: 1, talk_seconds: 200, billed_seconds: 300,
  price_micros: 5_000_000 as number | null,
}

it('finds the calls of a number: settled ones of campaigns, on its days', () => {
  expect(conditionsOf({ from_day: '2026-11-01', to_day: '2026-11-02' }, { outcomes: ['answered'] }))
    .toEqual({ states: ['settled'], kind: 'campaign', from_day: '2026-11-01', until_day: '2026-11-02', outcomes: ['answered'] })
  expect(conditionsOf(null, { kind: 'test' })).toMatchObject({ kind: 'test', from_day: undefined })
})

it('gives each word of the platform one meaning', () => {
  const words = (['positive', 'neutral', 'negative'] as const).flatMap(wordsOfMeaning)
  expect(words.sort()).toEqual([...dispositionSchema.options].sort())
})

it('divides by nothing nowhere', () => {
  const nobody = { ...figures, answered_count: 0, positive_count: 0 }
  expect([averageTalk(figures), costPerSuccess(figures), averageTalk(nobody), costPerSuccess(nobody)]).toEqual([50, 2_500_000, null, null])
  expect(costPerSuccess({ ...figures, price_micros: null }), 'whoever may not see prices').toBeNull()
  expect(judgedOf(figures)).toBe(4)
})

it('adds up campaigns and tests to what the bills say', () => {
  const tests = { calls_count: 1, billed_seconds: 60, price_micros: 400_000 as number | null }
  expect(costsOf({ figures, tests }).total).toEqual({ calls_count: 11, billed_seconds: 360, price_micros: 5_400_000 })
  expect(costsOf({ figures, tests: null })).toMatchObject({ parts: [{ kind: 'campaign' }], total: { calls_count: 10 } })
  expect(costsOf({ figures: { ...figures, price_micros: null }, tests: { ...tests, price_micros: null } }).total.price_micros).toBeNull()
})
