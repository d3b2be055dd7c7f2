import type { CallingWindow } from './campaign.ts'

/** Days in a row with the same hours, as people say them: Monday to Friday, nine to five. */
export interface DaySpan {
  from: number
  to: number
  opens_at: string
  closes_at: string
}

/** The same hours on some days of the week, as people enter them. "00:00" as the end is midnight; an end before the begin is on the next day. */
export interface CallingHours {
  days: number[]
  opens_at: string
  closes_at: string
}

const dayMinutes = 24 * 60
const weekMinutes = 7 * dayMinutes

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

/** Windows as a person edits them: days with the same hours are one line. */
export function hoursOf(windows: readonly CallingWindow[]): CallingHours[] {
  const lines = new Map<string, CallingHours>()
  for (const { weekday, opens_at, closes_at } of [...windows].sort((a, b) => a.opens_at.localeCompare(b.opens_at) || a.weekday - b.weekday)) {
    const key = `${opens_at}-${closes_at}`
    const line = lines.get(key) ?? { days: [], opens_at, closes_at: closes_at === '24:00' ? '00:00' : closes_at }
    line.days.push(weekday)
    lines.set(key, line)
  }
  return [...lines.values()].sort((a, b) => (a.days[0] ?? 0) - (b.days[0] ?? 0) || a.opens_at.localeCompare(b.opens_at))
}

/** What the database keeps: one window for each day. A time field cannot say 24:00; midnight as a closing time means the end of the day. */
export function windowsOf(hours: readonly CallingHours[]): CallingWindow[] {
  return hours.flatMap(({ days, opens_at, closes_at }) =>
    days.map((weekday) => ({ weekday, opens_at, closes_at: closes_at === '00:00' ? '24:00' : closes_at })))
}

/** Whether it goes on after midnight. */
export function endsNextDay({ opens_at, closes_at }: Pick<CallingHours, 'opens_at' | 'closes_at'>): boolean {
  return closes_at !== '24:00' && closes_at !== '00:00' && closes_at <= opens_at
}

/** The first line that calls at a time at which a line before it does already, or -1. */
export function overlappingLine(hours: readonly CallingHours[]): number {
  const lines = hours.map((line) => windowsOf([line]).map(minutesOfWeek))
  return lines.findIndex((spans, index) => spans.some((span) => lines.slice(0, index).flat().some((earlier) => meet(span, earlier))))
}

type Span = [from: number, to: number]

function minutesOfWeek({ weekday, opens_at, closes_at }: CallingWindow): Span {
  const from = (weekday - 1) * dayMinutes + minutesOf(opens_at)
  const length = (minutesOf(closes_at) - minutesOf(opens_at) + dayMinutes) % dayMinutes || dayMinutes
  return [from, from + length]
}

/** Sunday night reaches into Monday. */
function meet([from, to]: Span, [otherFrom, otherTo]: Span): boolean {
  return [-weekMinutes, 0, weekMinutes].some((shift) => from + shift < otherTo && otherFrom < to + shift)
}

/** Since midnight: "09:30" → 570. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
