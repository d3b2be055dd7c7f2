/** Who is tried again, when, how often; and when a campaign stops because trying goes wrong. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, claim, processEvents, report, sendEvent } from '../factories/call.ts'
import { startedCampaign, type TestCampaign } from '../factories/campaign.ts'
import { createDatabase, errorOf, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'

type Outcome = 'busy' | 'no_answer' | 'voicemail' | 'failed'
interface Rule { outcome: Outcome, retries: number, delays_minutes: number[], shifts_day_part: boolean }

const reasons = { busy: 'customer-busy', no_answer: 'customer-did-not-answer', voicemail: 'voicemail', failed: 'twilio-failed-to-connect-call', answered: 'customer-ended-call' }

describe('another attempt', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    await db.sql`update public.account_rules set frequency_cap = 100, minimum_gap_seconds = 0`
  })
  afterEach(() => db.drop())

  /** One attempt that ends like this; the clock goes to where it is due first. */
  async function attempt(outcome: Outcome | 'answered', facts: Record<string, unknown> = {}): Promise<void> {
    const [due] = await db.sql`select greatest(q.due_at, private.now()) - private.now() as wait from engine.dial_queue q order by q.due_at limit 1`
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
    const outcomes = fc.constantFrom<Outcome>('busy', 'no_answer', 'voicemail', 'failed')
    const rule = (outcome: Outcome) => fc.record({ outcome: fc.constant(outcome), retries: fc.integer({ min: 0, max: 3 }),
      delays_minutes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 3 }), shifts_day_part: fc.constant(false) })
    const situation = fc.record({ rules: fc.tuple(rule('busy'), rule('no_answer'), rule('voicemail'), rule('failed')),
      max_attempts: fc.integer({ min: 1, max: 6 }), story: fc.array(outcomes, { minLength: 1, maxLength: 6 }) })
    await fc.assert(fc.asyncProperty(situation, async ({ rules, max_attempts, story }) => {
      const campaign = await startedCampaign(account, { content: { max_attempts } })
      await ruled(campaign, rules)
      const seen: Outcome[] = []
      for (const outcome of story) {
        await attempt(outcome)
        seen.push(outcome)
        expect(await next()).toBe(expected(rules, max_attempts, seen))
        if (await next() === 'exhausted') break
      }
      await account.owner.rpc('stop_campaign', { campaign_id: campaign.campaignId }).catch(() => undefined)
      await db.sql`truncate public.calls, public.enrolments, engine.dial_queue, public.daily_stats cascade`
      await db.sql`update engine.campaigns set waiting_count = 0, calling_count = 0, exhausted_count = 0, removed_count = 0`
    }), { numRuns: 12, seed: 4 })
  })

  function expected(rules: readonly Rule[], maxAttempts: number, seen: Outcome[]): number | string {
    const last = seen.at(-1)!
    const rule = rules.find(({ outcome }) => outcome === last)!
    const times = seen.filter((outcome) => outcome === last).length
    if (seen.length >= maxAttempts || times > rule.retries) return 'exhausted'
    return rule.delays_minutes[Math.min(times, rule.delays_minutes.length) - 1]!
  }

  test.each<[string, unknown, string]>([
    ['no list', {}, 'shape'],
    ['five rules', Array.from({ length: 5 }, () => ({})), 'shape'],
    ['an outcome that needs no retry', [{ outcome: 'answered', retries: 1, delays_minutes: [5], shifts_day_part: false }], 'outcome'],
    ['ten retries', [{ outcome: 'busy', retries: 10, delays_minutes: [5], shifts_day_part: false }], 'range'],
    ['no wait', [{ outcome: 'busy', retries: 1, delays_minutes: [0], shifts_day_part: false }], 'delay'],
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
    }, 60_000)

    test('when too many of those who answered want to be left alone', async () => {
      await db.sql`select private.post_entry(${account.accountId}, 'purchase', 100000, 'order:1')`
      await startedCampaign(account, { contacts: 25, content: { max_attempts: 1, opt_out_limit_percent: 5 } })
      await run(Array.from({ length: 19 }, () => 'answered' as const))
      await run(['answered'], { structured: { opt_out: true } })
      expect(await status()).toMatchObject({ status: 'active' })
      await run(['answered'], { structured: { opt_out: true } })
      expect(await status()).toMatchObject({ status: 'paused', pause_reason: 'opt_out_rate', pause_details: { count: 2, of: 21, limit_percent: 5 } })
    }, 60_000)
  })
})
