import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isOpen } from '../../../../../../business/services/campaigns/forecast/calendar.ts'
import { playCampaign } from '../../../../../../business/services/campaigns/forecast/playCampaign.ts'
import { forecastOutcomes, type ForecastFacts, type ForecastOutcome } from '../../../../../../business/models/forecast.ts'
import { daily, forecastFacts, monday, noCalls } from '../../../../../factories/forecastFacts.ts'

interface Dial { at: number, person: number }

/** One run and all that a watcher was told. */
function watched(facts: ForecastFacts, seed = 1, isToppedUp = false) {
  const dials: Dial[] = []
  const ends: { at: number, outcome: ForecastOutcome, billed: number, isDone: boolean }[] = []
  const played = playCampaign(facts, seed, {
    dialled: (at, person) => void dials.push({ at, person }),
    ended: (at, outcome, billed, isDone) => void ends.push({ at, outcome: forecastOutcomes[outcome]!, billed, isDone }),
  }, isToppedUp)
  return { ...played, dials, ends, seconds: ends.reduce((sum, { billed }) => sum + billed, 0) }
}

function mostAtOnce({ dials, ends }: ReturnType<typeof watched>): number {
  let [live, most] = [0, 0]
  for (const [, change] of [...ends.map(({ at }) => [at, -1]), ...dials.map(({ at }) => [at, 1])].sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!)) {
    live += change!
    most = Math.max(most, live)
  }
  return most
}

/** A line that always does the same. */
const twenty = (value: number) => Array.from({ length: 20 }, () => value)
const always = (outcome: ForecastOutcome, talk = 0, line = 30) => ({ history: {
  account: noCalls,
  campaign: { ...noCalls, calls: 1e9, outcomes: [{ outcome, calls: 1e9, final_count: 0, line_seconds: twenty(line), talk_seconds: twenty(talk) }] } } })
const lane = { time_zone: 'UTC', region: 'US', wish: false, windows: 0, max_calls: 3, per_hours: 24, gap_seconds: 600 }

const campaigns = fc.record({
  people: fc.integer({ min: 1, max: 60 }), seed: fc.integer({ min: 0, max: 1_000 }),
  from: fc.integer({ min: 0, max: 12 }), length: fc.integer({ min: 1, max: 10 }),
  slots: fc.integer({ min: 1, max: 6 }), cap: fc.option(fc.integer({ min: 1, max: 30 })),
  budget: fc.option(fc.integer({ min: 60, max: 4_000 })), spendable: fc.integer({ min: 0, max: 9_000 }),
  maxCalls: fc.integer({ min: 1, max: 3 }), attempts: fc.integer({ min: 1, max: 6 }),
  other: fc.option(fc.integer({ min: 1, max: 4 })),
})
type Drawn = typeof campaigns extends fc.Arbitrary<infer T> ? T : never
const factsOf = ({ people, from, length, slots, cap, budget, spendable, maxCalls, attempts, other }: Drawn): ForecastFacts => forecastFacts({
  people, edges: daily(from, from + length),
  limits: {
    account_slots: slots, campaign_day_calls: cap, budget_seconds: budget, spendable_seconds: spendable, max_attempts: attempts,
    others: other ? [{ weight: other, people: 20 }] : [],
  },
  facts: { lanes: [{ ...lane, max_calls: maxCalls }] } })

describe('one run of a campaign', () => {
  test('keeps every limit and adds up, whatever the campaign', () => {
    fc.assert(fc.property(campaigns, (drawn) => {
      const facts = factsOf(drawn)
      const run = watched(facts, drawn.seed)
      expect(run.dials.every(({ at }) => isOpen(facts.windows[0]!, at)), 'within calling times').toBe(true)
      expect(mostAtOnce(run)).toBeLessThanOrEqual(drawn.slots)
      expect(run.seconds).toBeLessThanOrEqual(Math.min(drawn.spendable, drawn.budget ?? Infinity))
      expect(run.dials).toHaveLength(run.ends.length)
      expect(run.ends.filter(({ isDone }) => isDone).length + run.left).toBe(drawn.people)
      expect(run.left === 0).toBe(run.end === 'finished')
      const byDay = Map.groupBy(run.dials, ({ at }) => Math.floor(at / 86_400))
      expect(Math.max(0, ...[...byDay.values()].map((dials) => dials.length))).toBeLessThanOrEqual(drawn.cap ?? Infinity)
      for (const dials of Map.groupBy(run.dials, ({ person }) => person).values()) {
        expect(dials.length).toBeLessThanOrEqual(drawn.attempts)
        dials.forEach(({ at }, index) => expect(at - (dials[index - drawn.maxCalls]?.at ?? -Infinity)).toBeGreaterThanOrEqual(24 * 3_600))
        dials.slice(1).forEach(({ at }, index) => expect(at - dials[index]!.at).toBeGreaterThanOrEqual(600))
      }
    }), { numRuns: 150 })
  })

  test('dials no faster than the line does', () => {
    const { dials } = watched(forecastFacts({ limits: { account_slots: 50, line_slots: 50, calls_per_second: 0.25 } }))
    expect(Math.min(...dials.slice(1).map(({ at }, index) => at - dials[index]!.at))).toBeGreaterThanOrEqual(4)
  })

  test('never ends later for more lines', () => {
    fc.assert(fc.property(campaigns, (drawn) => {
      const endWith = (slots: number) => watched(factsOf({ ...drawn, slots, attempts: 1, budget: null, cap: null, other: null, spendable: 1e9 }), drawn.seed).at
      expect(endWith(drawn.slots + 1)).toBeLessThanOrEqual(endWith(drawn.slots) + 1e-6)
    }), { numRuns: 100 })
  })

  test('is the same for the same seed, and another for another', () => {
    const facts = forecastFacts()
    expect(watched(facts, 7)).toEqual(watched(facts, 7))
    expect(watched(facts, 7).at).not.toBe(watched(facts, 8).at)
  })

  test('tries again after the waits of the outcome, in another part of the day, until its retries are used up', () => {
    const facts = forecastFacts({ people: 1, limits: { max_attempts: 10 }, facts: always('no_answer') })
    const hours = watched(facts).dials.map(({ at }) => Math.round((at - monday) / 360) / 10)
    // 9:00; afternoon; next day in the morning, as the evening is closed; a day later in the afternoon.
    expect(hours).toEqual([9, 12, 33, 60])
    const busy = watched(forecastFacts({ people: 1, limits: { max_attempts: 10 }, facts: always('busy') }))
    // The fourth would be one too many within a day.
    expect(busy.dials.map(({ at }) => Math.floor((at - monday - 9 * 3_600) / 60))).toEqual([0, 10, 41, 1_440])
  })

  test('stops when minutes are used up, and goes on when somebody tops up', () => {
    const facts = forecastFacts({ limits: { spendable_seconds: 1_200, account_slots: 1 }, facts: always('answered', 60) })
    // Sixteen calls of a minute; then what is left is less than the longest call holds.
    expect(watched(facts)).toMatchObject({ end: 'no_minutes', seconds: 960, left: 84 })
    expect(watched(facts, 1, true)).toMatchObject({ end: 'finished', seconds: 6_000, left: 0 })
  })

  test('goes on the next day where a day\'s calls were made', () => {
    const { dials } = watched(forecastFacts({ limits: { campaign_day_calls: 30 }, facts: always('answered') }))
    expect([...Map.groupBy(dials, ({ at }) => Math.floor(at / 86_400)).values()].map(({ length }) => length)).toEqual([30, 30, 30, 10])
  })

  test('says what else stopped it: a spent budget, its last day, the end of what is known', () => {
    expect(watched(forecastFacts({ limits: { budget_seconds: 900 } })).end).toBe('budget')
    const ends = { ends_at: new Date((monday + 9.1 * 3_600) * 1_000).toISOString() }
    expect(watched(forecastFacts({ edges: [monday + 9 * 3_600, monday + 9.1 * 3_600], facts: ends })).end).toBe('ended')
    expect(watched(forecastFacts({ limits: { campaign_day_calls: 1 } })).end).toBe('beyond')
  })

  test('shares lines with the account\'s other campaigns by weight, until those are done', () => {
    const alone = { people: 200, facts: always('answered', 60, 60) }
    const endWith = (others: { weight: number, people: number }[]) =>
      watched(forecastFacts({ ...alone, limits: { account_slots: 4, others } })).at - monday - 9 * 3_600
    expect(endWith([{ weight: 2, people: 1_000 }]) / endWith([])).toBeCloseTo(2, 1)
    expect(endWith([{ weight: 2, people: 20 }]) / endWith([])).toBeLessThan(1.3)
  })

  test('counts who is in a call when it begins, and calls nobody who has no calling time', () => {
    const facts = forecastFacts({ facts: {
      lanes: [lane, { ...lane, windows: 1 }], windows: [daily(9, 17), []],
      queue: [
        { lane: 1, rank: 2, attempt_no: 1, due_at: null, people: 5 }, { lane: 0, rank: -1, attempt_no: 1, due_at: null, people: 2 },
        { lane: 0, rank: 0, attempt_no: 1, due_at: monday + 86_400 + 40_000, people: 1 },
      ],
      ...always('answered', 10) } })
    const { dials, end } = watched(facts)
    expect(end).toBe('finished')
    expect(dials.map(({ at }) => at - monday)).toEqual([0, 0, 126_400])
  })

  test('calls back whoever asked for it, when they asked, in calling times and beyond the attempts, but not for ever', () => {
    const facts = forecastFacts({ people: 20, limits: { max_attempts: 1 }, facts: always('answered', 60) })
    const { history } = facts
    const asking = (share: number, later_seconds: number) =>
      ({ ...facts, history: { ...history, campaign: { ...history.campaign, callbacks: { calls: share * 1e9, later_seconds } } } })
    expect(watched(facts).dials).toHaveLength(20)
    const { dials, ends } = watched(asking(1, 10 * 3600))
    const ofFirst = dials.filter(({ person }) => person === dials[0]!.person).map(({ at }) => at)
    expect(ofFirst).toHaveLength(3)
    expect(ofFirst[1]! - monday, 'ten hours after nine it is closed').toBeGreaterThanOrEqual(86_400 + 9 * 3600)
    expect(ends.filter(({ isDone }) => isDone)).toHaveLength(20)
    const some = watched(asking(0.5, 3600)).dials.length
    expect(some).toBeGreaterThan(24)
    expect(some).toBeLessThan(60)
  })
})
