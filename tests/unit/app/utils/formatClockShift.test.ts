import { describe, expect, it } from 'vitest'
import { formatClockShift } from '../../../../app/utils/formatClockShift.ts'

describe('formatClockShift', () => {
  it.each([[20_880_000, '5 h 48 min ahead'], [-3_600_000, '1 h behind'], [93_600_000, '1 d 2 h ahead'], [10_000, '0 min ahead']])('writes %i as %s', (ms, words) => {
    expect(formatClockShift(ms)).toBe(words)
  })
})
