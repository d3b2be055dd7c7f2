/** Who is tried again, when, how often; and when a campaign stops because trying goes wrong. */
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, claim, dialOne, processEvents, report, sendEvent } from '../factories/call.ts'
import { ALWAYS, startedCampaign, type TestCampaign } from '../factories/campaign.ts'
import { errorOf, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'
import { slowOpenings, wallMinutes, type Situation } from '../support/slowWindows.ts'

type Outcome = 'busy' | 'no_answer' | 'voicemail' | 'failed'
interface Rule { outcome: Outcome, retries: number, delays_minutes: number[], shifts_day_part: boolean }

/** Of the factories' numbers, whatever zone their people live in. */
const LAW = { spans: ALWAYS.map(({ weekday }) => ({ weekday, opens_at: '08:00', closes_at: '21:00' })) }
const reasons = { busy: 'customer-busy', no_answer: 'customer-did-not-answer', voicemail: 'voicemail', failed: 'twilio-failed-to-connect-call', answered: 'customer-ended-call' }

describe('another attempt', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
    await db.sql`update public.account_rules set frequency_cap = 100, minimum_gap_seconds = 0`
    // Twenty attempts in a second would fill a line of one call a second for longer than a claim looks ahead.
    await db.sql`update engine.provider_lines set calls_per_second = 1000`
  })
  afterAll(() => db.drop())

  /** One attempt that ends like this; the clock goes to where it is due and allowed first. */
  async function attempt(outcome: Outcome | 'answered', facts: Record<string, unknown> = {}): Promise<void> {
    const [due] = await db.sql`select private.next_dial_at(l.campaign_id, l.time_zone, l.region, greatest(q.due_at, private.now())) - private.now() as wait
      from engine.dial_queue q join engine.lanes l on l.id = q.lane_id where l.account_id = ${account.accountId} order by q.due_at limit 1`
    await db.admin`update private.clock_offset set value = value + ${due!.wait as string}::interval`
    await db.sql`update engine.lanes set next_at = private.now() where next_at is not null`
    await db.sql`update engine.accounts set next_at = private.now()`
    const { providerCallId } = await acceptedCall(db)
    const talked = outcome === 'answered' || outcome === 'voicemail' ? 20 : 0
    const times = talked > 0 ? {} : { started_at: null, ended_at: null }
    await sendEvent(db, report(providerCallId, talked, { outcome, failure_scope: outcome === 'failed' ? 'call' : null, ended_reason: reasons[outcome], ...times, ...facts }))
    await processEvents(db)
  }

  /** Minutes from the end of the last call to the next attempt, or what became of the contact instead. */
  async function next(): Promise<number | string> {
    const [row] = await db.sql`select e.status, extract(epoch from q.due_at - (select max(c.settled_at) from public.calls c)) / 60 as minutes
      from public.enrolments e left join engine.dial_queue q on q.enrolment_id = e.id`
    return row!.status === 'waiting' ? Math.round(Number(row!.minutes)) : row!.status as string
  }

  const ruled = async (campaign: TestCampaign, rules: Rule[]) => {
    await db.sql`select private.replace_retries(${campaign.campaignId}, ${account.accountId}, ${db.sql.json(rules as never)})`
  }

  test.each<[Outcome, number[]]>([['busy', [10, 30, 120]], ['failed', [30, 120]]])('after %s waits longer each time, then leaves the contact alone', async (outcome, delays) => {
    await startedCampaign(account, { content: { max_attempts: 10 } })
    for (const delay of delays) {
      await attempt(outcome)
      expect(await next()).toBe(delay)
    }
    await attempt(outcome)
    expect(await next()).toBe('exhausted')
    await expectInvariants(db)
  })

  test('comes after the last of the waits when there are more retries than waits', async () => {
    await ruled(await startedCampaign(account, { content: { max_attempts: 10 } }), [{ outcome: 'busy', retries: 3, delays_minutes: [20, 45], shifts_day_part: false }])
    for (const delay of [20, 45, 45, 'exhausted']) {
      await attempt('busy')
      expect(await next()).toBe(delay)
    }
  })

  test.each<Outcome>(['no_answer', 'voicemail'])('after %s in the morning comes in another part of the day', async (outcome) => {
    await startedCampaign(account)
    await attempt(outcome)
    const [row] = await db.sql`select extract(hour from q.due_at at time zone 'America/New_York') as hour from engine.dial_queue q`
    expect(Number(row!.hour)).toBeGreaterThanOrEqual(12)
    expect(Number(row!.hour)).toBeLessThan(21)
  })

  test('comes in the same part of the day when the calling times leave no other', async () => {
    const mornings = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens_at: '08:00', closes_at: '11:00' }))
    await startedCampaign(account, { content: { windows: mornings } })
    await attempt('no_answer')
    expect(await next()).toBe(60)
  })

  test('is rounded into the next calling time', async () => {
    const mornings = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens_at: '08:00', closes_at: '09:30' }))
    const campaign = await startedCampaign(account, { content: { windows: mornings } })
    await ruled(campaign, [{ outcome: 'busy', retries: 3, delays_minutes: [45], shifts_day_part: false }])
    await attempt('busy')
    const [row] = await db.sql`select to_char(q.due_at at time zone 'America/New_York', 'HH24:MI') as time, q.due_at > private.now() + interval '20 hours' as is_tomorrow from engine.dial_queue q`
    expect(row).toEqual({ time: '08:00', is_tomorrow: true })
  })

  test('is not made after a person was spoken to, whatever broke: the attempt counts and nobody redials', async () => {
    await startedCampaign(account)
    await attempt('answered', { technical_failure: true, ended_reason: 'pipeline-error-openai-llm-failed' })
    expect(await next()).toBe('reached')
    expect((await db.sql`select attempts from public.enrolments`)[0]!.attempts).toBe(1)
    await db.shiftClock('3 days')
    expect(await claim(db)).toEqual([])
  })

  test('follows its rules as a slow model does', async () => {
    const rule = (outcome: Outcome) => fc.record({ outcome: fc.constant(outcome), retries: fc.integer({ min: 0, max: 3 }),
      delays_minutes: fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 3 }), shifts_day_part: fc.boolean() })
    const hour = fc.integer({ min: 0, max: 23 }).map((value) => `${String(value).padStart(2, '0')}:15`)
    const span = fc.record({ weekday: fc.integer({ min: 1, max: 7 }), opens_at: hour, closes_at: hour })
    const windows = fc.uniqueArray(span, { minLength: 3, maxLength: 8, selector: ({ weekday }) => weekday })
      .map((spans) => spans.filter(({ opens_at, closes_at }) => opens_at < closes_at)).filter((spans) => spans.some(({ opens_at, closes_at }) => closes_at > '09:15' && opens_at < '19:15'))
    const situation = fc.record({ rules: fc.tuple(rule('busy'), rule('no_answer'), rule('voicemail'), rule('failed')), windows: fc.oneof(fc.constant(ALWAYS), windows),
      zone: fc.constantFrom('America/New_York', 'America/Los_Angeles', 'Asia/Kolkata', 'Australia/Lord_Howe'), gapSeconds: fc.constantFrom(0, 600, 7200),
      max_attempts: fc.integer({ min: 1, max: 6 }), story: fc.array(fc.constantFrom<Outcome>('busy', 'no_answer', 'voicemail', 'failed'), { minLength: 1, maxLength: 6 }) })
    await fc.assert(fc.asyncProperty(situation, async ({ rules, windows, zone, gapSeconds, max_attempts, story }) => {
      account = await openAccount(db)
      await db.sql`update public.account_rules set frequency_cap = 100, minimum_gap_seconds = ${gapSeconds} where account_id = ${account.accountId}`
      const campaign = await startedCampaign(account, { contacts: [{ time_zone: zone }], content: { max_attempts, windows } })
      await ruled(campaign, rules)
      const seen: Outcome[] = []
      for (const outcome of story) {
        await attempt(outcome)
        seen.push(outcome)
        const [row] = await db.sql`select e.status, q.due_at, c.settled_at, c.dialled_at from public.enrolments e left join engine.dial_queue q on q.enrolment_id = e.id
          join public.calls c on c.enrolment_id = e.id where e.account_id = ${account.accountId} order by c.settled_at desc limit 1`
        const { wait, isLast, avoids } = expected(rules, max_attempts, seen, gapSeconds)
        if (isLast) {
          expect(row).toMatchObject({ status: 'exhausted', due_at: null })
          break
        }
        const { settled_at, dialled_at, due_at } = row as { settled_at: Date, dialled_at: Date, due_at: Date }
        const avoided = avoids ? partOf(zone, dialled_at.getTime()) : null
        const model = slowNext({ zone, windows, accountHours: [], laws: [LAW], closedDays: [] }, settled_at.getTime() + wait, avoided)
        expect(Math.abs(due_at.getTime() - model), `${due_at.toISOString()} is not ${new Date(model).toISOString()}`).toBeLessThan(5)
      }
      await account.owner.rpc('stop_campaign', { campaign_id: campaign.campaignId }).catch(() => undefined)
    }), { numRuns: 25, seed: 4, endOnFailure: true })
    await expectInvariants(db)
  })

  /** What follows the last of these outcomes. */
  function expected(rules: readonly Rule[], maxAttempts: number, seen: Outcome[], gapSeconds: number) {
    const last = seen.at(-1)!
    const { retries, delays_minutes: delays, shifts_day_part: avoids } = rules.find(({ outcome }) => outcome === last)!
    const times = seen.filter((outcome) => outcome === last).length
    const wait = Math.max(delays[Math.min(times, delays.length) - 1]! * 60, gapSeconds) * 1000
    return { isLast: seen.length >= maxAttempts || times > retries, wait, avoids }
  }

  const partOf = (zone: string, instant: number) => {
    const minute = wallMinutes(zone, instant) % 1440
    return minute < 720 ? 0 : minute < 1020 ? 1 : 2
  }

  /** The first open instant, or the first minute within two days of it that lies in another part of the day and is open. */
  function slowNext(situation: Situation, earliest: number, avoided: number | null): number {
    const openings = slowOpenings(situation, earliest, 3, 13)
    const isOpen = (at: number) => openings.some(({ opens, closes }) => opens <= at && at < closes)
    const plain = isOpen(earliest) ? earliest : Math.min(...openings.map(({ opens }) => opens).filter((opens) => opens > earliest))
    if (avoided === null || partOf(situation.zone, plain) !== avoided) return plain
    for (let at = Math.ceil(plain / 60_000) * 60_000; at <= plain + 2 * 86_400_000; at += 60_000) {
      if (isOpen(at) && partOf(situation.zone, at) !== avoided) return at
    }
    return plain
  }

  test.each<[string, unknown, string]>([
    ['no list', {}, 'shape'],
    ['five rules', Array.from({ length: 5 }, () => ({})), 'shape'],
    ['an outcome that needs no retry', [{ outcome: 'answered', retries: 1, delays_minutes: [5], shifts_day_part: false }], 'outcome'],
    ['ten retries', [{ outcome: 'busy', retries: 10, delays_minutes: [5], shifts_day_part: false }], 'range'],
    ['no wait', [{ outcome: 'busy', retries: 1, delays_minutes: [0], shifts_day_part: false }], 'delay'],
    ['a wait that is none', [{ outcome: 'busy', retries: 1, delays_minutes: [null], shifts_day_part: false }], 'delay'],
    ['a wait of thirty days and a minute', [{ outcome: 'busy', retries: 1, delays_minutes: [43201], shifts_day_part: false }], 'delay'],
    ['half a retry', [{ outcome: 'busy', retries: 0.5, delays_minutes: [5], shifts_day_part: false }], 'range'],
    ['the same outcome twice', Array.from({ length: 2 }, () => ({ outcome: 'busy', retries: 1, delays_minutes: [5], shifts_day_part: false })), 'outcome'],
    ['no list of waits', [{ outcome: 'busy', retries: 1, delays_minutes: 5, shifts_day_part: false }], 'delay'],
    ['no word on the part of the day', [{ outcome: 'busy', retries: 1, delays_minutes: [5] }], 'shape'],
  ])('is not ruled by %s', async (_, retries, code) => {
    const refusal = await errorOf(db.sql`select private.check_retries(${db.sql.json(retries as never)})`)
    expect(refusal).toMatchObject({ code: 'invalid_input', details: [{ field: 'retries', code }] })
  })

  describe('stops for the whole campaign', () => {
    const status = async () => (await db.sql`select status, pause_reason, pause_details from public.campaigns`)[0]!

    async function run(outcomes: (Outcome | 'answered')[], facts: Record<string, unknown> = {}): Promise<void> {
      for (const outcome of outcomes) await attempt(outcome, facts)
    }

    test('when more than half of the last twenty calls failed, and not before', async () => {
      await db.sql`select private.post_entry(${account.accountId}, 'purchase', 100000, 'order:1')`
      await startedCampaign(account, { contacts: 45, content: { max_attempts: 1 } })
      await run([...Array.from({ length: 9 }, () => 'answered' as const), ...Array.from({ length: 10 }, () => 'failed' as const)])
      expect(await status()).toMatchObject({ status: 'active' })
      await run(['failed'])
      expect(await status()).toMatchObject({ status: 'paused', pause_reason: 'failure_rate', pause_details: { count: 11, of: 20, limit_percent: 50 } })
      await expectInvariants(db)
    })

    test('when a provider refuses number after number, though nothing ever rings; and judges afresh once it is resumed', async () => {
      const { campaignId } = await startedCampaign(account, { contacts: 41, content: { max_attempts: 1 } })
      const refuse = async (n: number) => {
        for (let i = 0; i < n; i++) {
          await db.asService().rpc('record_dial', { call_id: (await dialOne(db)).callId, result: { kind: 'refused', class: 'number', message: 'x' } })
        }
      }
      await refuse(19)
      expect(await status()).toMatchObject({ status: 'active' })
      await refuse(1)
      expect(await status()).toMatchObject({ status: 'paused', pause_reason: 'failure_rate', pause_details: { count: 20, of: 20, limit_percent: 50 } })
      expect(await db.sql`select kind, details from public.notices where campaign_id = ${campaignId}`)
        .toEqual([{ kind: 'failure_rate', details: { count: 20, of: 20, limit_percent: 50 } }])
      expect(await claim(db)).toEqual([])
      await account.owner.rpc('resume_campaign', { campaign_id: campaignId })
      await refuse(19)
      expect(await status()).toMatchObject({ status: 'active', pause_reason: null })
      await refuse(1)
      expect(await status()).toMatchObject({ status: 'paused', pause_reason: 'failure_rate' })
      await expectInvariants(db)
    })

    test('never for failures when it accepts them all, and not for calls that do not count', async () => {
      const { campaignId } = await startedCampaign(account, { contacts: 26, content: { max_attempts: 1, failure_limit_percent: 100 } })
      for (let i = 0; i < 21; i++) {
        await db.asService().rpc('record_dial', { call_id: (await dialOne(db)).callId, result: { kind: 'refused', class: 'number', message: 'x' } })
      }
      expect(await status()).toMatchObject({ status: 'active' })
      await account.owner.rpc('save_campaign', { account_id: account.accountId, campaign_id: campaignId, content: { failure_limit_percent: 99 } })
      const { callId } = await dialOne(db)
      await db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'refused', class: 'capacity', message: 'x' } })
      expect(await status()).toMatchObject({ status: 'active' })
    })

    test('for failures among the calls that count, however many others lie between', async () => {
      const { campaignId } = await startedCampaign(account, { contacts: 31, content: { max_attempts: 1, failure_limit_percent: 60 } })
      const refuse = async (kind: 'number' | 'capacity', n: number) => {
        for (let i = 0; i < n; i++) await db.asService().rpc('record_dial', { call_id: (await dialOne(db)).callId, result: { kind: 'refused', class: kind, message: 'x' } })
      }
      await refuse('number', 10)
      await refuse('capacity', 9)
      await refuse('number', 9)
      expect((await account.owner.rpc<{ status: string }>('get_campaign', { campaign_id: campaignId })).status).toBe('active')
      await refuse('number', 1)
      expect(await status()).toMatchObject({ status: 'paused', pause_reason: 'failure_rate', pause_details: { count: 20, of: 20 } })
    })

    test('when a person marks too many conversations as stop requests', async () => {
      await db.sql`select private.post_entry(${account.accountId}, 'purchase', 100000, 'order:1')`
      await startedCampaign(account, { contacts: 25, content: { max_attempts: 1, opt_out_limit_percent: 5 } })
      await run(Array.from({ length: 20 }, () => 'answered' as const))
      const [first, second] = await db.sql`select id from public.calls limit 2`
      await account.owner.rpc('set_disposition', { call_id: first!.id, disposition: 'do_not_call' })
      expect(await status()).toMatchObject({ status: 'active' })
      await account.owner.rpc('set_disposition', { call_id: second!.id, disposition: 'do_not_call' })
      expect(await status()).toMatchObject({ status: 'paused', pause_reason: 'opt_out_rate', pause_details: { count: 2, of: 20 } })
    })

    test('when too many of those who answered want to be left alone', async () => {
      await db.sql`select private.post_entry(${account.accountId}, 'purchase', 100000, 'order:1')`
      await startedCampaign(account, { contacts: 25, content: { max_attempts: 1, opt_out_limit_percent: 10 } })
      await run(['answered'], { structured: { opt_out: true } })
      expect(await status(), 'one of one says nothing').toMatchObject({ status: 'active' })
      await run(Array.from({ length: 18 }, () => 'answered' as const))
      await run(['answered'], { structured: { opt_out: true } })
      expect(await status(), 'as many as are accepted').toMatchObject({ status: 'active' })
      await run(['answered'], { structured: { opt_out: true } })
      expect(await status()).toMatchObject({ status: 'paused', pause_reason: 'opt_out_rate', pause_details: { count: 3, of: 21, limit_percent: 10 } })
    })
  })
})
