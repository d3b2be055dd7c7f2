/** Calling times by the local clock on somebody's wall: slow, obvious, and not the engine's way. */
export interface Window { weekday: number, opens_at: string, closes_at: string }

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

export function isWithin(windows: readonly Window[], zone: string, at: number): boolean {
  const { weekday, minutes } = wallClock(zone, at)
  return windows.some((window) => {
    const opens = minutesOf(window.opens_at)
    const closes = minutesOf(window.closes_at)
    if (closes > opens) return window.weekday === weekday && opens <= minutes && minutes < closes
    const isEvening = window.weekday === weekday && minutes >= opens
    const isMorningAfter = window.weekday === ((weekday + 5) % 7) + 1 && minutes < closes
    return isEvening || isMorningAfter
  })
}

/** What a clock on the wall shows there: day of the week from Monday = 1, and minutes since midnight with their fraction. */
function wallClock(zone: string, at: number): { weekday: number, minutes: number } {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).formatToParts(at)
  const part = (type: string) => parts.find((candidate) => candidate.type === type)!.value
  return { weekday: weekdays.indexOf(part('weekday')) + 1, minutes: Number(part('hour')) * 60 + Number(part('minute')) + Number(part('second')) / 60 }
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number)
  return hours! * 60 + minutes!
}
