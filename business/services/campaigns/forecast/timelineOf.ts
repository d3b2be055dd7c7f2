import type { ForecastTimeline, TimelineStep } from '../../../models/forecast.ts'
import { midnightAfter, midnightBefore } from './calendar.ts'

const hour = 3600
/** Up to so many hours each is a step of its own. */
const hoursShown = 36

/** Adds hours up to days of the zone where they would be too many, and leaves out what lies before the first and after the last call. */
export function timelineOf(hours: readonly Omit<TimelineStep, 'until'>[], midnights: readonly number[]): ForecastTimeline {
  const isCalled = ({ dials }: { dials: number }) => dials >= 0.05
  const called = hours.slice(Math.max(0, hours.findIndex(isCalled)), hours.findLastIndex(isCalled) + 1)
  if (called.length <= hoursShown) return { unit: 'hour', steps: called.map((step) => ({ ...step, until: step.at + hour })) }
  const steps: TimelineStep[] = []
  for (const { at, dials, answered } of called) {
    const day = midnightBefore(midnights, at)
    const last = steps.at(-1)
    if (last && last.at === day) {
      last.dials += dials
      last.answered += answered
    } else steps.push({ at: day, until: midnightAfter(midnights, day), dials, answered })
  }
  return { unit: 'day', steps }
}
