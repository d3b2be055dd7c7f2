import { describe, expect, test } from 'vitest'
import { costOf } from '../../../../../../business/services/campaigns/forecast/costOf.ts'
import { forecastCampaign } from '../../../../../../business/services/campaigns/forecast/forecastCampaign.ts'
import { priors } from '../../../../../../business/services/campaigns/forecast/priors.ts'
import { rehearseCampaign } from '../../../../../../business/services/campaigns/forecast/rehearseCampaign.ts'
import { forecastFacts, monday, noCalls } from '../../../../../factories/forecastFacts.ts'

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
const twenty = (value: number) => Array.from({ length: 20 }, () => value)
const lengths = (from: number) => twenty(0).map((_, index) => from + index * 11)
const measured = (calls: number) => ({ history: { campaign: noCalls, account: { ...noCalls, calls, outcomes: [
  { outcome: 'answered' as const, calls: calls / 2, final_count: 0, line_seconds: lengths(20), talk_seconds: lengths(10) },
  { outcome: 'no_answer' as const, calls: calls / 2, final_count: 0, line_seconds: twenty(20), talk_seconds: twenty(0) }] } } })

describe('a forecast', () => {
  test('adds up: the timeline holds every dial, the outcomes every call', () => {
    const forecast = forecastCampaign(forecastFacts({ people: 150 }), { runs: 21 })
    expect(sum(forecast.timeline.steps.map(({ dials }) => dials))).toBeCloseTo(sum(Object.values(forecast.outcomes)), 0)
    expect(sum(forecast.timeline.steps.map(({ answered }) => answered))).toBeCloseTo(forecast.outcomes.answered, 0)
    expect(forecast).toMatchObject({ end: 'finished', finished: 1, left: 0, runs: 21, people: 150, topped_up: null })
    for (const range of [forecast.seconds, forecast.dials, forecast.answered, forecast.cost_micros!]) expect(range.p50).toBeLessThanOrEqual(range.p90)
    expect(forecast.finishes_at.p50! <= forecast.finishes_at.p90!).toBe(true)
  })

  test('is surer the more calls it rests on', () => {
    const widthOf = (facts: object) => {
      const { seconds } = forecastCampaign(forecastFacts({ people: 300, facts }))
      return seconds.p90 / seconds.p50
    }
    const [guessed, few, many] = [widthOf({}), widthOf(measured(40)), widthOf(measured(2_000))]
    expect(guessed).toBeGreaterThan(few)
    expect(few).toBeGreaterThan(many)
    expect(many).toBeLessThan(1.1)
  })

  test('names what it rests on: the campaign once it called a hundred times, else the account, else priors', () => {
    const basisOf = (facts: object) => forecastCampaign(forecastFacts({ people: 3, facts }), { runs: 1 }).basis
    const { account } = measured(200).history
    expect(basisOf({})).toEqual({ kind: 'priors', calls: 0 })
    expect(basisOf({ history: { account, campaign: { ...account, calls: 99 } } })).toEqual({ kind: 'account', calls: 200 })
    expect(basisOf({ history: { account, campaign: { ...account, calls: 100 } } })).toEqual({ kind: 'campaign', calls: 100 })
  })

  test('says what everybody would take when minutes run out', () => {
    const forecast = forecastCampaign(forecastFacts({ limits: { spendable_seconds: 1_200 } }), { runs: 15 })
    expect(forecast).toMatchObject({ end: 'no_minutes', finishes_at: { p50: null, p90: null } })
    expect(forecast.seconds.p90).toBeLessThanOrEqual(1_200)
    expect(forecast.topped_up).toMatchObject({ end: 'finished', left: 0 })
    expect(forecast.topped_up!.seconds.p50).toBeGreaterThan(2_000)
  })

  test('counts hours while they are few, else days of the campaign\'s zone', () => {
    const long = forecastCampaign(forecastFacts({ people: 40 }), { runs: 5 })
    expect(long.timeline.unit).toBe('day')
    expect(long.timeline.steps[0]).toMatchObject({ at: monday, until: monday + 86_400 })
    const short = forecastCampaign(forecastFacts({ people: 40, limits: { max_attempts: 1 } }), { runs: 5 })
    expect(short.timeline).toMatchObject({ unit: 'hour', steps: [{ at: monday + 9 * 3_600, dials: 40 }] })
  })

  test('is empty for nobody, and hides what somebody may not see', () => {
    expect(forecastCampaign(forecastFacts({ people: 0, facts: { queue: [], price: null } }), { runs: 3 }))
      .toMatchObject({ people: 0, end: 'finished', seconds: { p50: 0, p90: 0 }, cost_micros: null, timeline: { steps: [] } })
  })

  test('costs what the balance was bought for, and what is missing at the pack\'s price', () => {
    const price = { balance_micros: 6_000_000, balance_seconds: 600, currency: 'usd', pack_micros_per_minute: 600_000 }
    expect(costOf(price, 300)).toBe(3_000_000)
    expect(costOf(price, 660)).toBe(6_600_000)
    expect(costOf({ ...price, balance_micros: 0, balance_seconds: 0 }, 60)).toBe(600_000)
  })

  test('has priors whose shares are whole', () => {
    expect(sum(priors.map(({ share }) => share))).toBeCloseTo(1, 9)
    for (const { lineSeconds, talkSeconds } of priors) {
      expect([lineSeconds.length, talkSeconds.length]).toEqual([20, 20])
      expect(lineSeconds.every((seconds, index) => seconds > (talkSeconds[index] ?? 0))).toBe(true)
    }
  })
})

describe('a rehearsal', () => {
  test('shows one run from the first moment to the last, forwards only, with everybody done at the end', () => {
    const { frames, people, ends_at } = rehearseCampaign(forecastFacts({ people: 80 }), 5)
    expect(people).toBe(80)
    expect(frames[0]).toMatchObject({ at: monday, calls_at_once: 0, dials: 0, done: 0 })
    expect(frames.at(-1)).toMatchObject({ calls_at_once: 0, done: 80 })
    expect(frames.at(-1)!.at).toBeGreaterThanOrEqual(ends_at)
    frames.slice(1).forEach((frame, index) => {
      expect(frame.at).toBeGreaterThan(frames[index]!.at)
      expect(frame.dials - sum(frame.outcomes)).toBe(frame.calls_at_once)
      expect(frame.done).toBeGreaterThanOrEqual(frames[index]!.done)
      // Calls are looked at closely, nights are not.
      if (frame.dials - frames[index]!.dials > 1) expect(frame.at - frames[index]!.at).toBeLessThanOrEqual(60)
      expect(frame.at - frames[index]!.at).toBeLessThanOrEqual(3_600)
    })
  })

  test('has as many pictures as can be looked at, however long the campaign', () => {
    const { frames } = rehearseCampaign(forecastFacts({ people: 20_000, limits: { account_slots: 20, line_slots: 20 } }), 5)
    expect(frames.length).toBeLessThan(3_500)
  })
})
