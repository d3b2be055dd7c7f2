import { afterEach, describe, expect, it } from 'vitest'
import { computed } from 'vue'
import { formatBalance, formatChange, formatClock, formatDateTime, formatDuration, formatMicros, formatMoney, formatNumber, formatRelative, writeAs } from '../../../../app/utils/format.ts'

describe('formatDuration', () => {
  it.each([
    [0, '0:00'],
    [83, '1:23'],
    [1200, '20:00'],
    [74_105, '1,235:05'],
    [59.9, '0:59'],
  ])('writes %d seconds as %s', (seconds, written) => {
    expect(formatDuration(seconds)).toBe(written)
  })
})

describe('formatClock', () => {
  it.each([['09:00', '9:00 AM'], ['17:30', '5:30 PM'], ['24:00', '12:00 AM'], ['00:00', '12:00 AM']])('writes %s as the other times are written', (time, written) => {
    expect(formatClock(time).replace('\u202F', ' ')).toBe(written)
  })
})

describe('formatDateTime', () => {
  it('follows the zone it is given, not the one of the machine', () => {
    expect(formatDateTime('2026-03-01T02:30:00Z', 'America/New_York')).toContain('Feb 28')
  })
})

describe('formatRelative', () => {
  const now = new Date('2026-03-01T12:00:00Z')

  it.each([
    ['2026-03-01T11:59:40Z', 'now'],
    ['2026-03-01T11:57:00Z', '3 min. ago'],
    ['2026-03-01T14:00:00Z', 'in 2 hr.'],
    ['2026-02-28T11:00:00Z', 'yesterday'],
  ])('words %s', (iso, words) => {
    expect(formatRelative(iso, now)).toBe(words)
  })
})

describe('money and movements', () => {
  it.each([[3000, '$30.00'], [123_456, '$1,234.56'], [0, '$0.00']])('writes %d cents as %s', (cents, written) => {
    expect(formatMoney(cents, 'usd')).toBe(written)
  })

  it('rounds the millionths of a call to cents', () => {
    expect(formatMicros(864_000, 'usd')).toBe('$0.86')
  })

  it('writes a movement with its sign, and a balance with one only below zero', () => {
    expect([6000, -120].map(formatChange)).toEqual(['+100:00', '−2:00'])
    expect([120, 0, -180].map(formatBalance)).toEqual(['2:00', '0:00', '−3:00'])
  })
})

describe('the style of an account', () => {
  afterEach(() => writeAs('american'))

  it.each([
    ['american', 'Nov 22, 2026, 2:05 PM', '12,345.5', '$1,234.50', '1,235:05'],
    ['british', '22 Nov 2026, 14:05', '12,345.5', 'US$1,234.50', '1,235:05'],
    ['continental', '22 Nov 2026, 14:05', '12.345,5', '1.234,50 $', '1.235:05'],
    ['swiss', '22 Nov 2026, 14:05', '12\'345.5', '$ 1\'234.50', '1\'235:05'],
    ['indian', '22 Nov 2026, 2:05 pm', '12,345.5', '$1,234.50', '1,235:05'],
  ] as const)('%s writes moments, numbers, money and minutes in one way', (style, ...expected) => {
    writeAs(style)
    const written = [formatDateTime('2026-11-22T14:05:00Z', 'UTC'), formatNumber(12_345.5), formatMoney(123_450, 'usd'), formatDuration(74_105)]
    expect(written.map((text) => text.replace(/[\u00A0\u202F]/g, ' ').replace(/’/g, '\''))).toEqual(expected)
  })

  it('is followed by what shows something already', () => {
    const shown = computed(() => formatNumber(1234))
    expect(shown.value).toBe('1,234')
    writeAs('continental')
    expect(shown.value).toBe('1.234')
  })
})
