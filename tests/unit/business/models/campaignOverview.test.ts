import { describe, expect, test } from 'vitest'
import { burnDown, funnelOf, weekGrid, type CampaignDay, type WeekHour } from '../../../../business/models/campaignOverview.ts'

const day = (name: string, billed_seconds: number, counts: Partial<CampaignDay> = {}): CampaignDay =>
  ({ day: name, calls_count: 4, answered_count: 2, positive_count: 1, billed_seconds, ...counts })
const cell = (weekday: number, hour: number): WeekHour => ({ weekday, hour, calls_count: 2, answered_count: 1, positive_count: 0 })

describe('a campaign in time', () => {
  test('adds its days to a funnel', () => {
    expect(funnelOf([day('2026-11-20', 60), day('2026-11-21', 60, { calls_count: 6, positive_count: 0 })])).toEqual({ calls: 10, answered: 4, successful: 1 })
    expect(funnelOf([])).toEqual({ calls: 0, answered: 0, successful: 0 })
  })

  test('shows a whole week of the hours in which anybody was called', () => {
    const { hours, rows } = weekGrid([cell(1, 9), cell(5, 12)])
    expect(hours).toEqual([9, 10, 11, 12])
    expect(rows).toHaveLength(7)
    expect(rows[0]!.cells).toEqual([cell(1, 9), null, null, null])
    expect(rows[4]!.cells).toEqual([null, null, null, cell(5, 12)])
    expect(weekGrid([])).toEqual({ hours: [], rows: [] })
  })

  test('adds up the minutes, and goes on from there as the conversations to come are spread', () => {
    const past = [day('2026-11-20', 600), day('2026-11-21', 300)]
    expect(burnDown(past, null)).toEqual([{ day: '2026-11-20', used: 600, likely: null }, { day: '2026-11-21', used: 900, likely: null }])
    expect(burnDown(past, { seconds: 400, days: [{ day: '2026-11-21', answered: 1 }, { day: '2026-11-23', answered: 3 }] })).toEqual([
      { day: '2026-11-20', used: 600, likely: null }, { day: '2026-11-21', used: 900, likely: 1000 }, { day: '2026-11-23', used: null, likely: 1300 }])
    expect(burnDown(past, { seconds: 400, days: [{ day: '2026-11-22', answered: 4 }] }).slice(1), 'the likely line begins where the other one ends').toEqual([
      { day: '2026-11-21', used: 900, likely: 900 }, { day: '2026-11-22', used: null, likely: 1300 }])
    expect(burnDown([], { seconds: 60, days: [{ day: '2026-11-22', answered: 1 }] })).toEqual([{ day: '2026-11-22', used: null, likely: 60 }])
    expect(burnDown([], { seconds: 0, days: [{ day: '2026-11-22', answered: 0 }] })).toEqual([])
  })
})
