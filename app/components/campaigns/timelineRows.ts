import type { ForecastFacts, ForecastTimeline } from '~~/business/models/forecast.ts'

/** A step of the timeline: calls made, and likely ones still to come. at: seconds since 1970; day: by the campaign's clock. */
export interface TimelineRow {
  at: number
  day: string
  made: number
  dials: number
  answered: number
}

/** Likely days beside the last two weeks of days on which it called. Hours have no past: the calls made are counted by the day. */
export function timelineRows({ unit, steps }: ForecastTimeline, { past, time_zone }: Pick<ForecastFacts, 'past' | 'time_zone'>): TimelineRow[] {
  const dayOf = (at: number) => new Intl.DateTimeFormat('en-CA', { timeZone: time_zone }).format(new Date(at * 1000))
  const likely = steps.map(({ at, dials, answered }) => ({ at, day: dayOf(at), made: 0, dials, answered }))
  if (unit === 'hour') return likely
  const madeOn = new Map(past.slice(-14).map(({ day, calls }) => [day, calls]))
  const before = [...madeOn].filter(([day]) => !likely.some((row) => row.day === day))
  return [
    ...before.map(([day, made]) => ({ at: Date.parse(`${day}T12:00:00Z`) / 1000, day, made, dials: 0, answered: 0 })),
    ...likely.map((row) => ({ ...row, made: madeOn.get(row.day) ?? 0 })),
  ].sort((one, other) => one.day.localeCompare(other.day))
}
