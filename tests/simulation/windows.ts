/** Calling times by the local clock on somebody's wall: slow, obvious, and not the engine's way. */
export interface Window { weekday: number, opens_at: string, closes_at: string }
export interface WallClock { weekday: number, minutes: number, day: string }

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const formatters = new Map<string, Intl.DateTimeFormat>()

export function isWithin(windows: readonly Window[], { weekday, minutes }: WallClock): boolean {
  return windows.some((window) => {
    const opens = minutesOf(window.opens_at)
    const closes = minutesOf(window.closes_at)
    if (closes > opens) return window.weekday === weekday && opens <= minutes && minutes < closes
    const isEvening = window.weekday === weekday && minutes >= opens
    const isMorningAfter = window.weekday === ((weekday + 5) % 7) + 1 && minutes < closes
    return isEvening || isMorningAfter
  })
}

/** What a clock on the wall shows there: the day, its place in the week from Monday = 1, and minutes since midnight with their fraction. */
export function wallClock(zone: string, at: number): WallClock {
  const parts = Object.fromEntries(formatterOf(zone).formatToParts(at).map(({ type, value }) => [type, value]))
  return {
    weekday: weekdays.indexOf(parts.weekday!) + 1, minutes: Number(parts.hour) * 60 + Number(parts.minute) + Number(parts.second) / 60,
    day: `${parts.year}-${parts.month}-${parts.day}`,
  }
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const formatter = formatters.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short', year: 'numeric', month: '2-digit', day: '2-digit',
    hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
  formatters.set(zone, formatter)
  return formatter
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number)
  return hours! * 60 + minutes!
}
