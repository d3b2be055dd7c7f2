/** The hours of the month at which something happens: what people do, and when the heart beats that dials. */
import { randomBy } from '../simulators/vapi/audio/random.ts'

/** Days before today. */
export const DAYS = 30

export interface Hour {
  /** Milliseconds since the epoch. */
  at: number
  /** From 0, the first day, to DAYS, today. */
  day: number
}

export interface Calendar {
  /** The first instant of each day, by the company's clock. */
  midnights: number[]
  seed: string
  /** How often calls are placed on a working day. */
  beats: number
}

const HOUR_MS = 3_600_000
const FIRST_HOUR = 9.1
const LAST_HOUR = 19.7
/** On Saturdays and Sundays fewer people are at work. */
const WEEKEND_SHARE = 0.2

export function hourOf({ midnights }: Calendar, day: number, hour: number): Hour {
  return { day, at: Math.round(midnights[day]! + hour * HOUR_MS) }
}

/** Spread over the day, no two days alike. */
export function beatsOf(calendar: Calendar): Hour[] {
  return calendar.midnights.flatMap((_, day) => {
    const random = randomBy(`${calendar.seed} day ${day}`)
    const count = Math.max(1, Math.round(calendar.beats * (isWeekend(calendar, day) ? WEEKEND_SHARE : 0.85 + 0.3 * random())))
    const step = (LAST_HOUR - FIRST_HOUR) / count
    return Array.from({ length: count }, (_, index) => hourOf(calendar, day, FIRST_HOUR + step * (index + random() * 0.7)))
  })
}

/** Noon tells the weekday wherever the server is. */
function isWeekend({ midnights }: Calendar, day: number): boolean {
  const weekday = new Date(midnights[day]! + 12 * HOUR_MS).getUTCDay()
  return weekday === 0 || weekday === 6
}
