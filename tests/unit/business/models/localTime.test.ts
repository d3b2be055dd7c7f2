import { describe, expect, it } from 'vitest'
import { dayAfter, dayOf, isDay, lastDayBefore, localOf } from '../../../../business/models/localTime.ts'

describe('local times', () => {
  it('are what the clocks of the zone show, also half an hour off and at midnight', () => {
    expect(localOf('2026-11-23T14:00:00Z', 'America/New_York')).toBe('2026-11-23T09:00')
    expect(localOf('2026-11-23T18:45:00Z', 'Asia/Kolkata')).toBe('2026-11-24T00:15')
    expect(localOf(new Date('2026-11-23T05:00:00Z'), 'America/New_York')).toBe('2026-11-23T00:00')
  })

  it('have a day, one after it, and a last day before', () => {
    expect(dayOf('2026-12-31T09:00')).toBe('2026-12-31')
    expect(dayAfter('2026-12-31')).toBe('2027-01-01')
    expect(lastDayBefore('2027-01-01T00:00')).toBe('2026-12-31')
    expect(lastDayBefore('2027-01-01T00:01')).toBe('2027-01-01')
  })
})

it.each([
  ['2026-02-28', true], ['2028-02-29', true], ['2026-02-29', false], ['2026-02-31', false], ['2026-13-01', false], ['0202-01-01', false], ['12026-01-01', false],
  ['2026-1-1', false], ['2026-01-01T00:00', false], ['', false], [undefined, false], [['2026-01-01'], false],
])('%j is a day of the calendar: %s', (value, expected) => {
  expect(isDay(value)).toBe(expected)
})
