import { retriedOutcomes, type RetryRule } from '../../../models/retryRules.ts'
import { forecastOutcomes, type ForecastFacts, type ForecastGroup } from '../../../models/forecast.ts'
import { attemptsOfOthers } from './priors.ts'
import { createDueHeap, type DueHeap } from './dueHeap.ts'
import { drawLikelihood, type Likelihood } from './likelihood.ts'
import { billedSeconds } from './billedSeconds.ts'

/** People with the same clock and calling times. fresh: never called, in their order; freshFrom: how many of them were called meanwhile. */
export interface Lane {
  edges: readonly number[]
  midnights: readonly number[]
  maxCalls: number
  periodSeconds: number
  gapSeconds: number
  fresh: number[]
  freshFrom: number
  due: DueHeap
  /** Good until the moment reaches it: whether it is open, and when that changes. */
  isOpen: boolean
  changesAt: number
}

/** Whoever watches a run: what it is told is all that comes of it. Moments are seconds since 1970. */
export interface Watcher {
  dialled(at: number, person: number): void
  /** isDone: nobody calls the person again. */
  ended(at: number, outcome: number, billed: number, isDone: boolean): void
}

/** One run on its way. */
export interface Stage {
  facts: ForecastFacts
  seed: number
  watch: Watcher
  likelihood: Likelihood
  rules: (RetryRule | undefined)[]
  lanes: Lane[]
  laneOf: Uint16Array
  attempt: Uint8Array
  /** How often each retried outcome happened to a person, and when they were dialled. */
  tries: Uint8Array
  dialledAt: Float64Array
  stride: number
  now: number
  lastEndAt: number
  /** How many wait, and who is in a call when it begins. */
  waiting: number
  underWay: number[]
  dials: number
  live: DueHeap
  outcomeOf: Uint8Array
  billedOf: Uint16Array
  reservation: number
  reserved: number
  used: number
  usedByOthers: number
  spendable: number
  others: { weight: number, left: number }[]
  slots: number
  nextDialAt: number
  campaignDay: Day
  accountDay: Day
}
export interface Day { midnights: readonly number[], endsAt: number, calls: number, cap: number }

/** A call at the person's own request may go beyond the attempts; nobody asks for ever. */
const mostCallbacks = 2

const seconds = (iso: string) => Date.parse(iso) / 1000

/** Everybody at their place before the first call. People without any calling time are left at home: they are never called. */
export function setStage(facts: ForecastFacts, seed: number, watch: Watcher, isToppedUp: boolean): Stage {
  const groups = facts.queue.filter(({ lane, rank }) => rank < 0 || (facts.windows[facts.lanes[lane]!.windows]?.length ?? 0) > 0)
  const people = groups.reduce((sum, group) => sum + group.people, 0)
  const { limits } = facts
  const stride = Math.max(limits.max_attempts, ...groups.map(({ attempt_no }) => attempt_no)) + 1 + mostCallbacks
  const { lanes, placeOf } = lanesOf(facts)
  const now = seconds(facts.begins_at)
  const stage: Stage = {
    facts, seed, watch, lanes, stride, now, lastEndAt: now, likelihood: drawLikelihood(facts, seed),
    rules: forecastOutcomes.map((outcome) => facts.retries.find((rule) => rule.outcome === outcome)),
    laneOf: new Uint16Array(people), attempt: new Uint8Array(people), tries: new Uint8Array(people * retriedOutcomes.length),
    dialledAt: new Float64Array(people * stride), outcomeOf: new Uint8Array(people), billedOf: new Uint16Array(people),
    waiting: 0, underWay: [], dials: 0, live: createDueHeap(), used: 0, usedByOthers: 0,
    reservation: billedSeconds(limits.maximum_seconds, limits), reserved: 0,
    spendable: isToppedUp ? Infinity : limits.spendable_seconds, slots: 0,
    others: limits.others.map(({ weight, people: left }) => ({ weight, left: left * attemptsOfOthers })),
    nextDialAt: limits.held_until ? Math.max(now, seconds(limits.held_until)) : now,
    campaignDay: dayOf(facts, facts.time_zone, limits.campaign_day_calls, limits.campaign_calls_today),
    accountDay: dayOf(facts, facts.account_time_zone, limits.account_day_calls, limits.account_calls_today),
  }
  shareSlots(stage)
  seat(stage, groups, placeOf)
  return stage
}

/** Of the account's and the line's calls at once the campaign gets its part beside others, until those have nobody left. */
export function shareSlots(stage: Stage): void {
  const { limits } = stage.facts
  const weights = stage.others.reduce((sum, { weight, left }) => sum + (left > 0 ? weight : 0), limits.weight)
  const shared = Math.min(limits.account_slots, limits.line_slots ?? Infinity)
  stage.slots = Math.min(limits.campaign_slots ?? Infinity, Math.max(1, Math.round(shared * limits.weight / weights)))
}

function dayOf(facts: ForecastFacts, zone: string, cap: number | null, calls: number): Day {
  return { midnights: facts.midnights[zone] ?? [], endsAt: 0, calls: seconds(facts.begins_at) > seconds(facts.asked_at) ? 0 : calls, cap: cap ?? Infinity }
}

/** Regions whose calling times, clock and caps are the same are one lane here. */
function lanesOf(facts: ForecastFacts): { lanes: Lane[], placeOf: number[] } {
  const places = new Map<string, number>()
  const lanes: Lane[] = []
  const placeOf = facts.lanes.map(({ windows, time_zone, max_calls, per_hours, gap_seconds }) => {
    const key = [windows, time_zone, max_calls, per_hours, gap_seconds].join(' ')
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, lanes.length)
    return lanes.push({
      edges: facts.windows[windows] ?? [], midnights: facts.midnights[time_zone] ?? [], maxCalls: max_calls, periodSeconds: per_hours * 3600,
      gapSeconds: gap_seconds, fresh: [], freshFrom: 0, due: createDueHeap(), isOpen: false, changesAt: 0,
    }) - 1
  })
  return { lanes, placeOf }
}

function seat(stage: Stage, groups: readonly ForecastGroup[], placeOf: readonly number[]): void {
  let person = 0
  for (const { lane: place, rank, attempt_no, due_at, people } of groups) {
    const lane = stage.lanes[placeOf[place]!]!
    for (let last = person + people; person < last; person++) {
      stage.laneOf[person] = placeOf[place]!
      stage.attempt[person] = attempt_no
      if (rank < 0) {
        stage.underWay.push(person)
        continue
      }
      stage.waiting++
      if (rank === 2 && due_at === null) lane.fresh.push(person)
      else lane.due.add(due_at ?? 0, person)
    }
  }
}
