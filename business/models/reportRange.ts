import { lengthOf, periodBefore, type Period } from './ledger.ts'
import { addDays, isDay } from './localTime.ts'

/**
 * Which days a report is about, on the account's calendar. week: from Monday, month: from the first, both up to today; a number: so many
 * days up to and with today; total: as far back as there are calls.
 */
export const rangeNames = ['today', '7', 'week', 'month', 'total', 'custom'] as const
export type RangeName = (typeof rangeNames)[number]

/** What the address says; days of one's own stand beside "custom". */
export interface RangeChoice {
  name: RangeName
  days?: Period
}

/** days null: all there are; before null: nothing to compare with. */
export interface ReportRange {
  name: RangeName
  days: Period | null
  before: Period | null
}

const usualRange: RangeName = '7'

/** A hundred years; an address may ask for more. */
const daysMax = 36_525

/** What the address of a page says; what it says wrongly is as if it were not there. */
export function readRange(query: Record<string, unknown>): RangeChoice {
  const name = rangeNames.find((known) => known === query.range) ?? usualRange
  if (name !== 'custom') return { name }
  const { from, to } = query
  if (!isDay(from) || !isDay(to) || from > to || lengthOf({ from_day: from, to_day: to }) > daysMax) return { name: usualRange }
  return { name, days: { from_day: from, to_day: to } }
}

/** The other way; every key is there, so that one that went out of use leaves the address. */
export function queryOfRange({ name, days }: RangeChoice): Record<'range' | 'from' | 'to', string | undefined> {
  return { range: name === usualRange ? undefined : name, from: days?.from_day, to: days?.to_day }
}

/** The days that are meant on this day of the account. */
export function rangeOf({ name, days }: RangeChoice, today: string): ReportRange {
  const chosen = name === 'total' ? null : days ?? { from_day: firstDayOf(name, today), to_day: today }
  return { name, days: chosen, before: chosen && daysBefore(name, chosen) }
}

function firstDayOf(name: RangeName, today: string): string {
  if (name === '7') return addDays(today, -6)
  if (name === 'week') return mondayOf(today)
  return name === 'month' ? `${today.slice(0, 8)}01` : today
}

/** "2026-11-22", a Sunday → "2026-11-16". */
export function mondayOf(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
}

/**
 * As many days before: of a week its same weekdays in the week before, of a month its first days; where the month before is shorter, the
 * last so many of it, so that no day is in both. Anything else has the days just before it.
 */
function daysBefore(name: RangeName, days: Period): Period {
  if (name === 'week') return { from_day: addDays(days.from_day, -7), to_day: addDays(days.to_day, -7) }
  if (name !== 'month') return periodBefore(days)
  const [count, lastOfMonth] = [lengthOf(days), addDays(days.from_day, -1)]
  const firstOfMonth = `${lastOfMonth.slice(0, 8)}01`
  const sameDays = { from_day: firstOfMonth, to_day: addDays(firstOfMonth, count - 1) }
  return sameDays.to_day <= lastOfMonth ? sameDays : periodBefore(days)
}
