import { retriedOutcomes } from '../../../models/retryRules.ts'
import { forecastOutcomes, type ForecastEnd, type ForecastFacts } from '../../../models/forecast.ts'
import { billedSeconds } from './billedSeconds.ts'
import { closesAt, dayPart, isOpen, midnightAfter, nextDialAt, nextOpen } from './calendar.ts'
import { chanceOf } from './chance.ts'
import { claimLagSeconds } from './priors.ts'
import { setStage, shareSlots, type Day, type Lane, type Stage, type Watcher } from './stage.ts'

interface Played {
  end: ForecastEnd
  /** When the last call ended, seconds since 1970. */
  at: number
  left: number
}

const answered = forecastOutcomes.indexOf('answered')
const failed = forecastOutcomes.indexOf('failed')
const triedAgain: number[] = forecastOutcomes.map((outcome) => (retriedOutcomes as readonly string[]).indexOf(outcome))

/**
 * Plays one run of a campaign from the facts, call by call: whoever is due first where it is open, as many at once and as fast as the
 * limits let them, retries by the rules, until nobody is left or something runs out. The same facts and seed play the same run.
 * isToppedUp: as if minutes never ran out.
 */
export function playCampaign(facts: ForecastFacts, seed: number, watch: Watcher, isToppedUp = false): Played {
  const stage = setStage(facts, seed, watch, isToppedUp)
  for (const person of stage.underWay) beginCall(stage, person)
  for (;;) {
    endCalls(stage)
    if (stage.waiting === 0 && stage.live.size() === 0) return { end: 'finished', at: stage.lastEndAt, left: 0 }
    const blocked = blockOf(stage)
    const lane = blocked === null && stage.nextDialAt <= stage.now ? laneToServe(stage) : null
    if (lane) dialNext(stage, lane)
    else {
      const next = nextMoment(stage, blocked)
      if (next === Infinity) return { end: endOf(stage, blocked), at: stage.lastEndAt, left: stage.waiting }
      stage.now = Math.max(stage.now, next)
    }
  }
}

type Block = 'slots' | 'minutes' | 'budget' | 'campaign_day' | 'account_day'

function blockOf(stage: Stage): Block | null {
  const { limits } = stage.facts
  if (stage.live.size() >= stage.slots) return 'slots'
  if (stage.spendable - stage.used - stage.usedByOthers - stage.reserved < stage.reservation) return 'minutes'
  if (limits.budget_seconds !== null && limits.budget_seconds - limits.used_seconds - stage.used - stage.reserved < stage.reservation) return 'budget'
  if (isDayFull(stage.campaignDay, stage.now)) return 'campaign_day'
  return isDayFull(stage.accountDay, stage.now) ? 'account_day' : null
}

function isDayFull(day: Day, now: number): boolean {
  if (now >= day.endsAt) {
    if (day.endsAt > 0) day.calls = 0
    day.endsAt = midnightAfter(day.midnights, now)
  }
  return day.calls >= day.cap
}

function endOf({ facts }: Stage, blocked: Block | null): ForecastEnd {
  if (blocked === 'minutes') return 'no_minutes'
  if (blocked === 'budget') return 'budget'
  return facts.ends_at !== null && facts.ends_at <= facts.until ? 'ended' : 'beyond'
}

/** When something can change: a call ends, a day, a retry is due, somewhere opens, the line takes the next call. */
function nextMoment(stage: Stage, blocked: Block | null): number {
  const callEnds = stage.live.firstAt()
  if (blocked === 'campaign_day') return Math.min(callEnds, stage.campaignDay.endsAt)
  if (blocked === 'account_day') return Math.min(callEnds, stage.accountDay.endsAt)
  if (blocked !== null) return callEnds
  let earliest = Infinity
  for (const lane of stage.lanes) earliest = Math.min(earliest, nextOpen(lane.edges, Math.max(stage.now, firstDueOf(lane))))
  return Math.min(callEnds, Math.max(earliest, stage.nextDialAt))
}

const firstDueOf = (lane: Lane) => (lane.freshFrom < lane.fresh.length ? 0 : lane.due.firstAt())

/** Of the open lanes the one in which somebody waits the longest, as the claim takes them. */
function laneToServe(stage: Stage): Lane | null {
  let best: Lane | null = null
  let bestAt = stage.now
  for (const lane of stage.lanes) {
    const dueAt = firstDueOf(lane)
    if (dueAt > bestAt || (best && dueAt === bestAt)) continue
    if (stage.now >= lane.changesAt) {
      lane.isOpen = isOpen(lane.edges, stage.now)
      lane.changesAt = closesAt(lane.edges, stage.now)
    }
    if (!lane.isOpen) continue
    best = lane
    bestAt = dueAt
  }
  return best
}

/** Retries before whoever was never called. Too many calls lately: back in line for when that is over. */
function dialNext(stage: Stage, lane: Lane): void {
  const person = lane.due.firstAt() <= stage.now ? lane.due.take() : lane.fresh[lane.freshFrom++]!
  const attempt = stage.attempt[person]!
  const capped = attempt > lane.maxCalls ? stage.dialledAt[person * stage.stride + attempt - lane.maxCalls]! + lane.periodSeconds : 0
  if (capped > stage.now) return lane.due.add(capped, person)
  stage.waiting--
  stage.campaignDay.calls++
  stage.accountDay.calls++
  if (stage.others.length > 0) serveOthers(stage)
  stage.nextDialAt = Math.max(stage.nextDialAt, stage.now) + (stage.facts.limits.calls_per_second ? 1 / stage.facts.limits.calls_per_second : 0)
  beginCall(stage, person)
}

function beginCall(stage: Stage, person: number): void {
  const { likelihood, facts: { limits } } = stage
  const attempt = stage.attempt[person]!
  const chance = chanceOf(stage.seed, person, attempt)
  const outcome = Math.max(0, likelihood.upTo.findIndex((share) => chance < share))
  const lengths = likelihood.lineSeconds[outcome]!
  const length = Math.floor(chanceOf(stage.seed, person, attempt + 1_000) * lengths.length)
  const talk = Math.min(limits.maximum_seconds, likelihood.talkSeconds[outcome]![length] ?? 0)
  stage.outcomeOf[person] = outcome
  stage.billedOf[person] = billedSeconds(talk, limits)
  stage.dialledAt[person * stage.stride + attempt] = stage.now
  stage.dials++
  stage.reserved += stage.reservation
  stage.live.add(stage.now + Math.max(1, lengths[length]!) + claimLagSeconds, person)
  stage.watch.dialled(stage.now, person)
}

/** The account's other campaigns call beside this one, by weight, and use its minutes as well. */
function serveOthers(stage: Stage): void {
  const mean = stage.dials > 0 ? stage.used / stage.dials : 0
  for (const other of stage.others) {
    if (other.left <= 0) continue
    const calls = other.weight / stage.facts.limits.weight
    other.left -= calls
    stage.accountDay.calls += calls
    stage.usedByOthers += calls * mean
    if (other.left <= 0) shareSlots(stage)
  }
}

function endCalls(stage: Stage): void {
  while (stage.live.firstAt() <= stage.now) {
    const at = stage.live.firstAt() - claimLagSeconds
    const person = stage.live.take()
    stage.reserved -= stage.reservation
    stage.used += stage.billedOf[person]!
    stage.lastEndAt = at
    const retryAt = retryTime(stage, person, at)
    stage.watch.ended(at, stage.outcomeOf[person]!, stage.billedOf[person]!, retryAt === Infinity)
    stage.attempt[person]!++
    if (retryAt === Infinity) continue
    stage.waiting++
    stage.lanes[stage.laneOf[person]!]!.due.add(retryAt, person)
  }
}

/** When somebody is tried again; Infinity: never. As private.retry_times answers. */
function retryTime(stage: Stage, person: number, at: number): number {
  const outcome = stage.outcomeOf[person]!
  const rule = stage.rules[outcome]
  const attempt = stage.attempt[person]!
  if (outcome === answered) return callbackTime(stage, person, at)
  if (!rule || attempt >= stage.facts.limits.max_attempts) return Infinity
  if (outcome === failed && chanceOf(stage.seed, person, attempt + 2_000) < stage.likelihood.finalShare[failed]!) return Infinity
  const tries = person * retriedOutcomes.length + triedAgain[outcome]!
  const past = ++stage.tries[tries]!
  if (past > rule.retries) return Infinity
  const lane = stage.lanes[stage.laneOf[person]!]!
  const delay = (rule.delays_minutes[Math.min(past, rule.delays_minutes.length) - 1] ?? 0) * 60
  const avoid = rule.shifts_day_part ? dayPart(lane.midnights, stage.dialledAt[person * stage.stride + attempt]!) : null
  const next = nextDialAt(lane, at + Math.max(delay, lane.gapSeconds), avoid)
  // Nothing opens any more within what is known: they wait on, and are counted as left.
  return next === Infinity ? Number.MAX_SAFE_INTEGER : next
}

/** When somebody who asked for it is called again, beyond the attempts if need be; Infinity: nobody asked. As private.schedule_callback plans it. */
function callbackTime(stage: Stage, person: number, at: number): number {
  const { likelihood, stride, seed } = stage
  const attempt = stage.attempt[person]!
  if (attempt + 1 >= stride || chanceOf(seed, person, attempt + 3_000) >= likelihood.callbackShare) return Infinity
  const lane = stage.lanes[stage.laneOf[person]!]!
  const next = nextDialAt(lane, at + Math.max(likelihood.callbackSeconds, lane.gapSeconds), null)
  return next === Infinity ? Number.MAX_SAFE_INTEGER : next
}
