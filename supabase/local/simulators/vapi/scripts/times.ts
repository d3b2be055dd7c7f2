/** The moments that people name. UTC: the provider is told no time zone of a contact. */

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const FIVE = 17
const TWO = 14
const THURSDAY = 4

/** Today at five, or tomorrow when that is over or too near to be meant. */
export function nextTimeAtFive(now: Date): { at: Date, isToday: boolean } {
  const today = atHour(now, FIVE)
  const isToday = today.getTime() - now.getTime() >= HOUR_MS
  return { at: isToday ? today : new Date(today.getTime() + DAY_MS), isToday }
}

/** A Thursday that is not today. */
export function nextThursdayAtTwo(now: Date): Date {
  const days = (THURSDAY - now.getUTCDay() + 6) % 7 + 1
  return new Date(atHour(now, TWO).getTime() + days * DAY_MS)
}

function atHour(day: Date, hour: number): Date {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), hour))
}
