const dayMs = 86_400_000

/**
 * Local times are what the clocks of a zone show, "2026-11-23T09:00". People write them and the database makes instants of them,
 * because only it knows which zone is meant at the moment of writing.
 */
export function localOf(instant: string | Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
  }).formatToParts(new Date(instant))
  const of = (wanted: Intl.DateTimeFormatPartTypes) => parts.find(({ type }) => type === wanted)?.value ?? ''
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`
}

/** The instant that is meant, to show it in another zone; of an hour that comes twice the first. Commands are given the local time. */
export function instantOf(local: string, timeZone: string): Date {
  const asUtc = Date.parse(`${local.slice(0, 16)}Z`)
  const offsetAt = (instant: number) => Date.parse(`${localOf(new Date(instant), timeZone)}Z`) - instant
  const early = asUtc - offsetAt(asUtc - dayMs)
  return new Date(offsetAt(early) === asUtc - early ? early : asUtc - offsetAt(asUtc + dayMs))
}

export const dayOf = (local: string): string => local.slice(0, 10)

/** A day of the calendar, of this millennium: the 31st of February is none, nor is a year that is still being typed ("0202"). */
export function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^2\d{3}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) && addDays(value, 0) === value
}

/** The day after: "2026-11-30" → "2026-12-01". */
export const dayAfter = (day: string): string => addDays(day, 1)

/** The last day that has begun before this time: of midnight the day before. */
export function lastDayBefore(local: string): string {
  return local.slice(11, 16) === '00:00' ? addDays(dayOf(local), -1) : dayOf(local)
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10)
}
