import { hoursOf, minutesOf, windowsOf, type CallingHours } from './callingWeek.ts'
import type { CallingWindow } from './campaign.ts'

/** A week of calling times as a grid of days and hours, for painting. Days are ISO, 1 = Monday; hours 0 to 23. */
export interface Cell {
  day: number
  hour: number
}

const hourMinutes = 60
const dayMinutes = 24 * hourMinutes

type Span = [from: number, to: number]

export const days = [1, 2, 3, 4, 5, 6, 7]
export const hours = Array.from({ length: 24 }, (_, hour) => hour)

/** How much of each hour of each day is called in: 0, 1 or a part, where times begin or end within it. */
export function sharesOf(windows: readonly CallingWindow[]): number[][] {
  return days.map((day) => {
    const spans = spansOf(windows, day)
    return hours.map((hour) => {
      const [from, to] = [hour * hourMinutes, (hour + 1) * hourMinutes]
      return spans.reduce((sum, [opens, closes]) => sum + Math.max(0, Math.min(to, closes) - Math.max(from, opens)), 0) / hourMinutes
    })
  })
}

/** Calls in every hour between two corners of the grid, or in none of them. What lies outside keeps its minutes. */
export function paint(windows: readonly CallingWindow[], from: Cell, to: Cell, isOn: boolean): CallingWindow[] {
  const [firstDay, lastDay] = [Math.min(from.day, to.day), Math.max(from.day, to.day)]
  const brush: Span = [Math.min(from.hour, to.hour) * hourMinutes, (Math.max(from.hour, to.hour) + 1) * hourMinutes]
  const week = days.map((day) => {
    const spans = spansOf(windows, day)
    if (day < firstDay || day > lastDay) return spans
    return isOn ? united([...spans, brush]) : spans.flatMap((span) => without(span, brush))
  })
  return overnight(week)
}

/** The same for lines of hours on days, as the form holds them. A line that is being written and has no end yet is left out. */
export function paintHours(lines: readonly CallingHours[], from: Cell, to: Cell, isOn: boolean): CallingHours[] {
  return hoursOf(paint(readableWindows(lines), from, to, isOn))
}

/** What can be shown of lines while they are being written. */
export function readableWindows(lines: readonly CallingHours[]): CallingWindow[] {
  const isTime = (time: string) => /^\d\d:\d\d$/.test(time)
  return windowsOf(lines.filter(({ opens_at, closes_at }) => isTime(opens_at) && isTime(closes_at) && (opens_at !== closes_at || opens_at === '00:00')))
}

/** Of one day, in minutes, without overlaps; a night belongs to both of its days. */
function spansOf(windows: readonly CallingWindow[], day: number): Span[] {
  const before = day === 1 ? 7 : day - 1
  return united(windows.flatMap(({ weekday, opens_at, closes_at }): Span[] => {
    const [opens, closes] = [minutesOf(opens_at), minutesOf(closes_at)]
    const isNight = closes <= opens
    const today: Span[] = weekday === day ? [[opens, isNight ? dayMinutes : closes]] : []
    return isNight && weekday === before && closes > 0 ? [...today, [0, closes]] : today
  }))
}

function united(spans: Span[]): Span[] {
  const sorted = [...spans].sort(([a], [b]) => a - b)
  const whole: Span[] = []
  for (const [from, to] of sorted) {
    const last = whole.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else whole.push([from, to])
  }
  return whole
}

function without([from, to]: Span, [cutFrom, cutTo]: Span): Span[] {
  const rest: Span[] = [[from, Math.min(to, cutFrom)], [Math.max(from, cutTo), to]]
  return rest.filter(([begins, ends]) => begins < ends)
}

/** People say "from ten at night to two", not "until midnight, and from midnight on": the morning goes with the night before it. */
function overnight(week: Span[][]): CallingWindow[] {
  return week.flatMap((spans, index) => {
    const evening = week[(index + 6) % 7]?.at(-1)
    const own = isMorning(spans[0], evening) ? spans.slice(1) : spans
    return own.map((span): CallingWindow => {
      const morning = week[(index + 1) % 7]?.[0]
      const closes = span === spans.at(-1) && isMorning(morning, span) ? morning![1] : span[1]
      return { weekday: index + 1, opens_at: timeOf(span[0]), closes_at: timeOf(closes) }
    })
  })
}

/** Whether the one goes on where the other ends, and both together are less than a day. */
function isMorning(span: Span | undefined, evening: Span | undefined): boolean {
  return span?.[0] === 0 && evening?.[1] === dayMinutes && evening[0] > 0 && span[1] <= evening[0]
}

function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / hourMinutes)).padStart(2, '0')}:${String(minutes % hourMinutes).padStart(2, '0')}`
}
