/**
 * When people may be called, judged the slow and obvious way: minute by minute, each minute read on the clock of the zone (by
 * Intl, which shares nothing with Postgres). The database's windows are compared with it.
 */
const MINUTE = 60_000
const DAY = 1440

export interface Span { weekday: number, opens_at: string, closes_at: string }
/** A day as YYYY-MM-DD. A law holds from its first day until before its last. */
export interface Law { spans: Span[], from?: string, until?: string }
export interface Situation {
  zone: string
  windows: Span[]
  accountHours: Span[]
  laws: Law[]
  closedDays: string[]
  startsAt?: number
  endsAt?: number
}
export interface Opening { opens: number, closes: number }

/** The openings within the days around an instant, as instants in milliseconds. */
export function slowOpenings(situation: Situation, around: number, daysBefore = 3, daysAfter = 10): Opening[] {
  const clock = readClock(situation.zone, around - daysBefore * DAY * MINUTE, around + daysAfter * DAY * MINUTE)
  const openings: Opening[] = []
  let opened: number | null = null
  for (let local = clock.firstLocal; local <= clock.lastLocal; local += 1) {
    const isOpen = local < clock.lastLocal && isOpenAt(situation, local)
    if (isOpen && opened === null) opened = local
    if (!isOpen && opened !== null) {
      openings.push({
        opens: Math.max(clock.latest(opened), situation.startsAt ?? -Infinity),
        closes: Math.min(clock.earliest(local), situation.endsAt ?? Infinity),
      })
      opened = null
    }
  }
  return openings.filter(({ opens, closes }) => opens < closes)
}

/** What the wall clock of a zone reads at an instant, in minutes since 1970 of that wall. */
export function wallMinutes(zone: string, instant: number): number {
  const parts = formatterOf(zone).formatToParts(instant)
  const part = (type: string) => Number(parts.find((found) => found.type === type)?.value)
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute')) / MINUTE
}

const formatters = new Map<string, Intl.DateTimeFormat>()
function formatterOf(zone: string): Intl.DateTimeFormat {
  const formatter = formatters.get(zone) ?? new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' })
  formatters.set(zone, formatter)
  return formatter
}

/** Every minute of a period beside what the wall clock read then; clocks change at a full quarter of an hour, if at all. */
function readClock(zone: string, from: number, to: number) {
  const start = Math.floor(from / MINUTE / 15) * 15
  const readings: { instant: number, local: number }[] = []
  for (let quarter = start; quarter < to / MINUTE; quarter += 15) {
    const local = wallMinutes(zone, quarter * MINUTE)
    for (let step = 0; step < 15; step += 1) readings.push({ instant: (quarter + step) * MINUTE, local: local + step })
  }
  /** For a reading that daylight saving skips: the minutes before and after the jump. */
  const jumpOver = (local: number) => {
    const after = readings.findIndex((reading, index) => index > 0 && reading.local > local && (readings[index - 1]?.local ?? 0) < local)
    return { before: readings[after - 1]!, after: readings[after]! }
  }
  return {
    firstLocal: readings[0]!.local, lastLocal: readings.at(-1)!.local,
    /** The last instant at which the clock shows it; skipped: as long after the jump as it would have been without one. */
    latest: (local: number) => readings.findLast((reading) => reading.local === local)?.instant
      ?? jumpOver(local).after.instant + (local - jumpOver(local).before.local - 1) * MINUTE,
    /** The first one; skipped: as long before the jump. */
    earliest: (local: number) => readings.find((reading) => reading.local === local)?.instant
      ?? jumpOver(local).after.instant - (jumpOver(local).after.local - local) * MINUTE,
  }
}

function isOpenAt({ windows, accountHours, laws, closedDays }: Situation, local: number): boolean {
  const day = new Date(Math.floor(local / DAY) * DAY * MINUTE).toISOString().slice(0, 10)
  const holds = ({ from, until }: Law) => (from === undefined || from <= day) && (until === undefined || day < until)
  return isWithin(windows, local) && (accountHours.length === 0 || isWithin(accountHours, local))
    && laws.every((law) => !holds(law) || isWithin(law.spans, local)) && !closedDays.includes(day)
}

function isWithin(spans: Span[], local: number): boolean {
  const minute = local % DAY
  const weekday = (Math.floor(local / DAY) + 3) % 7 + 1
  return spans.some((span) => {
    const opens = minutesOf(span.opens_at)
    const closes = minutesOf(span.closes_at)
    if (closes > opens) return span.weekday === weekday && opens <= minute && minute < closes
    return (span.weekday === weekday && minute >= opens) || (span.weekday % 7 + 1 === weekday && minute < closes)
  })
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}
