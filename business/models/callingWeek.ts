import type { CallingWindow } from './campaign.ts'

/** Days in a row with the same hours, as people say them: Monday to Friday, nine to five. */
export interface DaySpan {
  from: number
  to: number
  opens_at: string
  closes_at: string
}

/** The windows of a week, the earliest day first, neighbouring days with the same hours drawn together. */
export function weekOf(windows: readonly CallingWindow[]): DaySpan[] {
  const spans: DaySpan[] = []
  for (const { weekday, opens_at, closes_at } of [...windows].sort((a, b) => a.weekday - b.weekday || a.opens_at.localeCompare(b.opens_at))) {
    const open = spans.find((span) => span.to === weekday - 1 && span.opens_at === opens_at && span.closes_at === closes_at)
    if (open) open.to = weekday
    else spans.push({ from: weekday, to: weekday, opens_at, closes_at })
  }
  return spans
}
