import { describe, expect, it } from 'vitest'
import { weekOf } from '../../../../business/models/callingWeek.ts'

const day = (weekday: number, opens_at = '09:00', closes_at = '17:00') => ({ weekday, opens_at, closes_at })

describe('a week of calling times', () => {
  it('draws days in a row with the same hours together', () => {
    expect(weekOf([1, 2, 3, 4, 5].map((weekday) => day(weekday)))).toEqual([{ from: 1, to: 5, opens_at: '09:00', closes_at: '17:00' }])
  })

  it('keeps days apart that have other hours or a gap between them', () => {
    expect(weekOf([day(6, '10:00', '14:00'), day(1), day(2), day(4)]).map(({ from, to }) => [from, to])).toEqual([[1, 2], [4, 4], [6, 6]])
  })

  it('knows a break at noon', () => {
    const weekdays = [1, 2].flatMap((weekday) => [day(weekday, '14:00', '18:00'), day(weekday, '09:00', '12:00')])
    expect(weekOf(weekdays).map(({ opens_at, from, to }) => [opens_at, from, to])).toEqual([['09:00', 1, 2], ['14:00', 1, 2]])
  })

  it('is empty without windows', () => {
    expect(weekOf([])).toEqual([])
  })
})
