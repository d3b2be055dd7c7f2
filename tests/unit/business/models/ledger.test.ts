import { expect, it } from 'vitest'
import { comparedDays, daysOf, entryName, lastDays, lengthOf, periodBefore } from '../../../../business/models/ledger.ts'

it('counts a period with both its ends, over the end of a month', () => {
  expect(daysOf({ from_day: '2026-02-27', to_day: '2026-03-01' })).toEqual(['2026-02-27', '2026-02-28', '2026-03-01'])
  expect(lastDays(7, '2026-11-03')).toEqual({ from_day: '2026-10-28', to_day: '2026-11-03' })
})

it('counts the days of a thousand years without naming them', () => {
  expect(lengthOf({ from_day: '2026-02-27', to_day: '2026-03-01' })).toBe(3)
  expect(lengthOf({ from_day: '2000-01-01', to_day: '2999-12-31' })).toBe(365_243)
})

it('knows the period of the same length that ends the day before', () => {
  expect(periodBefore({ from_day: '2026-11-08', to_day: '2026-11-14' })).toEqual({ from_day: '2026-11-01', to_day: '2026-11-07' })
})

it('puts each day beside the same one of the period before, and shows a day without calls as nothing', () => {
  const day = (name: string, billed_seconds: number) => ({ day: name, billed_seconds, price_micros: 0, calls_count: 1 })
  const period = { from_day: '2026-11-03', to_day: '2026-11-04' }
  const days = comparedDays(period, [day('2026-11-04', 60)], [day('2026-11-01', 120)])
  expect(days.map((each) => [each.day, each.billed_seconds, each.before.billed_seconds])).toEqual([['2026-11-03', 0, 120], ['2026-11-04', 60, 0]])
})

it.each([['refund', -60, 'refund'], ['refund', 60, 'refund_back'], ['dispute', -60, 'dispute'], ['dispute', 60, 'dispute_back'], ['adjust', 60, 'adjust'], ['consume', -60, 'consume']] as const)(
  'calls a %s of %i seconds %s', (kind, delta_seconds, name) => {
    expect(entryName({ kind, delta_seconds })).toBe(name)
  })
