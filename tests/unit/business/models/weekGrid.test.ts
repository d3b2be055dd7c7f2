import { describe, expect, it } from 'vitest'
import { overlappingLine } from '../../../../business/models/callingWeek.ts'
import type { CallingWindow } from '../../../../business/models/campaign.ts'
import { paint, paintHours, readableWindows, sharesOf } from '../../../../business/models/weekGrid.ts'

const window = (weekday: number, opens_at: string, closes_at: string): CallingWindow => ({ weekday, opens_at, closes_at })
const cell = (day: number, hour: number) => ({ day, hour })
const shareOf = (windows: CallingWindow[], { day, hour }: { day: number, hour: number }) => sharesOf(windows)[day - 1]?.[hour]
const night = [window(5, '22:00', '02:00')]

describe('a cell of the grid', () => {
  it('is full, empty or as full as its times are', () => {
    const windows = [window(1, '09:15', '11:00')]
    expect([8, 9, 10, 11].map((hour) => shareOf(windows, cell(1, hour)))).toEqual([0, 0.75, 1, 0])
    expect(shareOf(windows, cell(2, 10))).toBe(0)
  })

  it('belongs to the day on which it is, also after midnight', () => {
    expect([[5, 21], [5, 22], [5, 23], [6, 0], [6, 1], [6, 2]].map(([day, hour]) => shareOf(night, cell(day!, hour!)))).toEqual([0, 1, 1, 1, 1, 0])
    expect(shareOf([window(7, '23:00', '01:00')], cell(1, 0)), 'Sunday night reaches into Monday').toBe(1)
  })

  it('is full until midnight and no longer when the day ends it', () => {
    expect(shareOf([window(3, '20:00', '24:00')], cell(3, 23))).toBe(1)
    expect(shareOf([window(3, '20:00', '24:00')], cell(4, 0))).toBe(0)
  })
})

describe('painting', () => {
  it('fills each hour between two corners, whichever was first', () => {
    const painted = [window(1, '09:00', '12:00'), window(2, '09:00', '12:00')]
    expect(paint([], cell(1, 9), cell(2, 11), true)).toEqual(painted)
    expect(paint([], cell(2, 11), cell(1, 9), true)).toEqual(painted)
  })

  it('draws what touches or overlaps together', () => {
    expect(paint([window(1, '09:00', '12:00')], cell(1, 12), cell(1, 13), true)).toEqual([window(1, '09:00', '14:00')])
    expect(paint([window(1, '09:00', '12:00'), window(1, '14:00', '17:00')], cell(1, 11), cell(1, 14), true)).toEqual([window(1, '09:00', '17:00')])
  })

  it('takes away what it covers and leaves the minutes beside it', () => {
    expect(paint([window(1, '09:15', '17:45')], cell(1, 12), cell(1, 13), false)).toEqual([window(1, '09:15', '12:00'), window(1, '14:00', '17:45')])
    expect(paint([window(1, '09:00', '17:00')], cell(1, 0), cell(7, 23), false)).toEqual([])
  })

  it('keeps a night in one piece, and cuts it where it is cut', () => {
    expect(paint(night, cell(1, 9), cell(1, 9), true)).toEqual([window(1, '09:00', '10:00'), ...night])
    expect(paint([window(5, '22:00', '24:00')], cell(6, 0), cell(6, 1), true)).toEqual(night)
    expect(paint(night, cell(6, 0), cell(6, 0), false)).toEqual([window(5, '22:00', '24:00'), window(6, '01:00', '02:00')])
    expect(paint([window(7, '23:00', '24:00')], cell(1, 0), cell(1, 0), true)).toEqual([window(7, '23:00', '01:00')])
  })

  it('leaves whole days whole', () => {
    const always = [1, 2, 3, 4, 5, 6, 7].map((day) => window(day, '00:00', '24:00'))
    expect(paint([], cell(1, 0), cell(7, 23), true)).toEqual(always)
    expect(paint(always, cell(3, 12), cell(3, 12), false).filter(({ weekday }) => weekday === 3)).toEqual([window(3, '00:00', '12:00'), window(3, '13:00', '24:00')])
  })

  it('means in lines what it means in cells, and never overlaps, whatever is painted', () => {
    let seed = 7
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
    let hours = paintHours([], cell(1, 9), cell(5, 16), true)
    for (let step = 0; step < 100; step++) {
      const [from, to, isOn] = [cell(1 + random(7), random(24)), cell(1 + random(7), random(24)), random(3) > 0]
      const isWithin = (day: number, hour: number) => (day - from.day) * (day - to.day) <= 0 && (hour - from.hour) * (hour - to.hour) <= 0
      const wanted = sharesOf(readableWindows(hours)).map((shares, index) => shares.map((share, hour) => (isWithin(index + 1, hour) ? Number(isOn) : share)))
      hours = paintHours(hours, from, to, isOn)
      expect(sharesOf(readableWindows(hours))).toEqual(wanted)
      expect(overlappingLine(hours)).toBe(-1)
    }
  })
})

it('shows what is readable of lines that are being written', () => {
  expect(readableWindows([{ days: [1], opens_at: '09:00', closes_at: '' }, { days: [2], opens_at: '09:00', closes_at: '09:00' }, { days: [3], opens_at: '00:00', closes_at: '00:00' }]))
    .toEqual([window(3, '00:00', '24:00')])
})
