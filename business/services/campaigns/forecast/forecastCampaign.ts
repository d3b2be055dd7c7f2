import {
  forecastOutcomes, type Forecast, type ForecastEnd, type ForecastFacts, type ForecastFigures, type ForecastRange, type TimelineStep,
} from '../../../models/forecast.ts'
import { costOf } from './costOf.ts'
import { basisOf } from './likelihood.ts'
import { playCampaign } from './playCampaign.ts'
import { timelineOf } from './timelineOf.ts'

const hour = 3600
/** Nine runs of a hundred thousand people take some seconds; a hundred and one of a few hundred no time at all. */
const runsFor = (people: number) => Math.min(101, Math.max(9, Math.round(200_000 / Math.max(1, people))))

/** What is likely to come of a campaign: it is played again and again, each time with what history leaves open drawn anew. */
export function forecastCampaign(facts: ForecastFacts, { runs, seed = 1 }: { runs?: number, seed?: number } = {}): Forecast {
  const people = facts.queue.reduce((sum, group) => sum + group.people, 0)
  const count = runs ?? runsFor(people)
  const hours = createHours(facts)
  const totals = Array.from({ length: count }, (_, run) => playOnce(facts, seed * 1_000 + run, hours, false))
  const isShort = totals.filter(({ end }) => end === 'no_minutes').length > count / 10
  const plenty = isShort ? totals.map((_, run) => playOnce(facts, seed * 1_000 + run, null, true)) : null
  const outcomes = forecastOutcomes.map((outcome, index) => [outcome, mean(totals.map((total) => total.outcomes[index]!))])
  const perRun = hours.map(({ at, dials, answered }) => ({ at, dials: dials / count, answered: answered / count }))
  return {
    ...figuresOf(facts, totals), runs: count, basis: basisOf(facts), people,
    outcomes: Object.fromEntries(outcomes) as Forecast['outcomes'],
    timeline: timelineOf(perRun, facts.midnights[facts.time_zone] ?? []),
    topped_up: plenty && figuresOf(facts, plenty),
  }
}

interface Totals { end: ForecastEnd, at: number, left: number, seconds: number, dials: number, outcomes: number[] }
type Hour = Omit<TimelineStep, 'until'>

function createHours({ begins_at, until }: ForecastFacts): Hour[] {
  const first = Math.floor(Date.parse(begins_at) / 1000 / hour)
  const count = Math.ceil(Date.parse(until) / 1000 / hour) - first + 24
  return Array.from({ length: count }, (_, index) => ({ at: (first + index) * hour, dials: 0, answered: 0 }))
}

function playOnce(facts: ForecastFacts, seed: number, hours: Hour[] | null, isToppedUp: boolean): Totals {
  const outcomes = forecastOutcomes.map(() => 0)
  let [seconds, dials] = [0, 0]
  const begin = hours?.[0]?.at ?? 0
  const hourOf = (at: number) => hours?.[Math.floor((at - begin) / hour)]
  const played = playCampaign(facts, seed, {
    dialled(at) {
      dials++
      const slot = hourOf(at)
      if (slot) slot.dials++
    },
    ended(at, outcome, billed) {
      outcomes[outcome]!++
      seconds += billed
      const slot = outcome === 0 ? hourOf(at) : undefined
      if (slot) slot.answered++
    },
  }, isToppedUp)
  return { ...played, seconds, dials, outcomes }
}

function figuresOf(facts: ForecastFacts, totals: readonly Totals[]): ForecastFigures {
  const rangeOf = (valueOf: (total: Totals) => number): ForecastRange => {
    const values = totals.map(valueOf)
    return { p50: quantile(values, 0.5), p90: quantile(values, 0.9) }
  }
  const finish = rangeOf(({ end, at }) => (end === 'finished' ? at : Infinity))
  const seconds = rangeOf((total) => total.seconds)
  const { price } = facts
  return {
    seconds, cost_micros: price && { p50: costOf(price, seconds.p50), p90: costOf(price, seconds.p90) },
    dials: rangeOf(({ dials }) => dials), answered: rangeOf(({ outcomes }) => outcomes[0]!),
    finishes_at: { p50: finish.p50 === Infinity ? null : finish.p50, p90: finish.p90 === Infinity ? null : finish.p90 },
    end: mostFrequent(totals.map(({ end }) => end)), left: Math.round(mean(totals.map(({ left }) => left))),
    finished: totals.filter(({ end }) => end === 'finished').length / totals.length,
  }
}

/** The smallest of the values that so many of them do not exceed. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

function mostFrequent<T>(values: readonly T[]): T {
  const countOf = (value: T) => values.filter((other) => other === value).length
  return values.reduce((best, value) => (countOf(value) > countOf(best) ? value : best))
}
