/** The explanation is asked, then the claim acts: both must agree, whatever the situation. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, dialOne, processEvents, report, sendEvent } from '../factories/call.ts'
import { newPhone, startedCampaign, type TestCampaign } from '../factories/campaign.ts'
import { createDatabase, errorOf, type TestDatabase } from '../support/database.ts'

interface Gate { gate: string, passes: boolean, facts: Record<string, unknown>, next_at: string | null }
interface Explanation { verdict: string, next_at: string | null, gates: Gate[] }

/** What can stand in the way: each changes one thing behind the commands' back, or undoes it. */
const OBSTACLES: Record<string, { gate: string, put: (campaign: string, account: string) => string }> = {
  enabled: { gate: 'enabled', put: () => 'update engine.settings set enabled = false' },
  window: { gate: 'window', put: (campaign) => `update public.campaign_windows set opens_at = '03:00', closes_at = '04:00' where campaign_id = '${campaign}' and weekday % 2 = 0;
    update public.campaign_windows set opens_at = '05:00', closes_at = '06:00' where campaign_id = '${campaign}' and weekday % 2 = 1` },
  blackout: { gate: 'window', put: (campaign, account) => `insert into public.blackout_dates (account_id, campaign_id, day) select '${account}', '${campaign}',
    (private.now() at time zone 'America/New_York')::date + n from generate_series(-1, 1) n` },
  list: { gate: 'do_not_call', put: (campaign, account) => `insert into public.do_not_call (account_id, phone, source) select distinct '${account}'::uuid, phone, 'hand'::public.opt_out_source
    from public.contacts p join public.enrolments e on e.contact_id = p.id where e.campaign_id = '${campaign}'` },
  consent: { gate: 'consent', put: (campaign) => `update public.consents n set revoked_at = private.now(), revoke_reason = 'asked' from public.enrolments e
    where e.contact_id = n.contact_id and e.campaign_id = '${campaign}' and n.revoked_at is null` },
  wish: { gate: 'wish', put: (campaign) => `update public.contacts p set calls_from = '04:00', calls_until = '05:00' from public.enrolments e
    where e.contact_id = p.id and e.campaign_id = '${campaign}'` },
  day: { gate: 'campaign_daily_cap', put: (campaign) => `update engine.campaigns set daily_cap = 1, dialled_on_day = 1,
    day = (private.now() at time zone 'America/New_York')::date where campaign_id = '${campaign}'` },
  accountDay: { gate: 'account_daily_cap', put: (_campaign, account) => `update engine.accounts set daily_cap = 1, dialled_on_day = 1,
    day = (private.now() at time zone 'America/New_York')::date where account_id = '${account}'` },
  budget: { gate: 'budget', put: (campaign) => `update engine.campaigns set budget_seconds = 30 where campaign_id = '${campaign}'` },
  minutes: { gate: 'minutes', put: (_campaign, account) => `update engine.accounts set reserved_seconds = balance_seconds where account_id = '${account}'` },
  slots: { gate: 'campaign_slots', put: (campaign) => `update engine.campaigns set concurrency_max = 1, in_flight = 1 where campaign_id = '${campaign}'` },
  accountSlots: { gate: 'account_slots', put: (_campaign, account) => `update engine.accounts set concurrency_max = 1, in_flight = 1 where account_id = '${account}'` },
  lineSlots: { gate: 'line_slots', put: () => 'update engine.provider_lines set in_flight = tokens' },
  lineHeld: { gate: 'line', put: () => `update engine.provider_lines set hold_reason = 'auth', hold_until = private.now() + interval '1 minute'` },
  lineRate: { gate: 'line_rate', put: () => `update engine.provider_lines set next_dial_at = private.now() + interval '40 seconds'` },
  due: { gate: 'due', put: (campaign) => `update engine.dial_queue q set due_at = private.now() + interval '1 hour' from public.enrolments e where e.id = q.enrolment_id and e.campaign_id = '${campaign}'` },
  cap: { gate: 'frequency_cap', put: (_campaign, account) => `update public.account_rules set frequency_cap = 1, minimum_gap_seconds = 0 where account_id = '${account}'` },
  gap: { gate: 'minimum_gap', put: (_campaign, account) => `update public.account_rules set minimum_gap_seconds = 36000 where account_id = '${account}'` },
  attempts: { gate: 'attempts', put: (campaign) => `update public.campaigns set max_attempts = 1 where id = '${campaign}'` },
}
/** These need a call before. */
const AFTER_A_CALL = ['cap', 'gap', 'attempts']

describe('an explanation', () => {
  let db: TestDatabase
  let account: TestAccount
  const explain = async (enrolmentId: string, actor = account.owner) => actor.rpc<Explanation>('explain_enrolment', { enrolment_id: enrolmentId })
  const enrolmentOf = async (campaignId: string) => (await db.sql`select id from public.enrolments where campaign_id = ${campaignId}`)[0]?.id as string
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
  })
  afterAll(() => db.drop())

  /** Runs work in a transaction that is thrown away, so that each situation begins from the same place. */
  async function tried<T>(work: (query: (text: string) => Promise<Record<string, unknown>[]>) => Promise<T>): Promise<T> {
    const session = await db.sql.reserve()
    try {
      await session.unsafe('begin')
      return await work((text) => session.unsafe(text) as unknown as Promise<Record<string, unknown>[]>)
    } finally {
      await session.unsafe('rollback')
      session.release()
    }
  }

  async function situation(campaign: TestCampaign, names: string[]): Promise<{ explained: Explanation, claimed: boolean, wait: string }> {
    const enrolmentId = await enrolmentOf(campaign.campaignId)
    return tried(async (query) => {
      for (const name of names) {
        for (const statement of OBSTACLES[name]?.put(campaign.campaignId, account.accountId).split(';') ?? []) await query(statement)
      }
      await query(`update engine.lanes set open_until = null, next_at = private.now() where campaign_id = '${campaign.campaignId}'`)
      await query(`update engine.accounts set next_at = private.now() where account_id = '${account.accountId}'`)
      await query(`select set_config('request.jwt.claims', '${JSON.stringify({ sub: account.userId })}', true), set_config('request.jwt.claim.sub', '${account.userId}', true)`)
      const [row] = await query(`select private.explain_enrolment('${enrolmentId}') as answer`)
      await query('select private.claim_calls(10)')
      const [{ calls } = { calls: 0 }] = await query(`select count(*)::int as calls from public.calls where enrolment_id = '${enrolmentId}' and state = 'reserved'`)
      const [{ status } = { status: '' }] = await query(`select status from public.enrolments where id = '${enrolmentId}'`)
      return { explained: row?.answer as Explanation, claimed: calls === 1, wait: status as string }
    })
  }

  test('agrees with the claim, whatever stands in the way', async () => {
    const fresh = await startedCampaign(account, { assistant: { maximum_seconds: 60 }, content: { max_attempts: 3 } })
    const before = Object.keys(OBSTACLES).filter((name) => !AFTER_A_CALL.includes(name))
    await fc.assert(fc.asyncProperty(fc.subarray(before, { maxLength: 3 }), async (names) => {
      const { explained, claimed } = await situation(fresh, names)
      const closed = explained.gates.filter(({ passes }) => !passes).map(({ gate }) => gate)
      expect([...new Set(closed)].sort()).toEqual([...new Set(names.map((name) => OBSTACLES[name]?.gate))].sort())
      expect(explained.verdict).toBe(names.length === 0 ? 'calls_now' : 'waits')
      expect(claimed).toBe(explained.verdict === 'calls_now')
    }), { numRuns: 60, seed: 1 })
  })

  test('agrees with the claim about the calls that were before', async () => {
    const tried = await startedCampaign(account, { assistant: { maximum_seconds: 60 }, content: { max_attempts: 3 } })
    await db.sql`update engine.campaigns set is_active = (campaign_id = ${tried.campaignId})`
    const { providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId, 0, { outcome: 'busy', ended_reason: 'customer-busy', started_at: null, ended_at: null }))
    await processEvents(db)
    await db.sql`update engine.campaigns set is_active = true`
    await db.shiftClock('11 minutes')
    await fc.assert(fc.asyncProperty(fc.subarray([...AFTER_A_CALL, 'wish', 'list', 'budget'], { maxLength: 3 }), async (names) => {
      const { explained, claimed } = await situation(tried, names)
      const closed = explained.gates.filter(({ passes }) => !passes).map(({ gate }) => gate)
      const expected = new Set(names.map((name) => OBSTACLES[name]?.gate))
      // What the later statement says about the gap counts.
      if (names.indexOf('gap') < names.indexOf('cap') && names.includes('gap')) expected.delete('minimum_gap')
      expect([...new Set(closed)].sort()).toEqual([...expected].sort())
      expect(claimed).toBe(explained.verdict === 'calls_now')
    }), { numRuns: 30, seed: 2 })
  })

  test('says which rule closes the window and when it opens', async () => {
    const texan = await startedCampaign(account, { contacts: [{ phone: '+12145550101', time_zone: 'America/Chicago' }], content: { windows: [1, 2, 3, 4, 5, 6, 7]
      .map((weekday) => ({ weekday, opens_at: '09:00', closes_at: '17:00' })) } })
    const { verdict, next_at, gates } = await explain(await enrolmentOf(texan.campaignId))
    const window = gates.find(({ gate }) => gate === 'window')
    expect(verdict).toBe('waits')
    expect(window).toMatchObject({ passes: false, facts: { region: 'US-TX', closed_by: expect.arrayContaining(['law', 'campaign']) as unknown } })
    expect(window?.facts.laws).toEqual(expect.arrayContaining([expect.stringContaining('Tex. Bus.')]))
    expect(window?.next_at).toBe(next_at)
    expect(new Date(next_at ?? 0).getTime()).toBeGreaterThan(0)
  })

  test('is told about final ones, and kept from strangers', async () => {
    const { campaignId } = await startedCampaign(account)
    const enrolmentId = await enrolmentOf(campaignId)
    await account.owner.rpc('remove_enrolment', { enrolment_id: enrolmentId })
    expect(await explain(enrolmentId)).toMatchObject({ verdict: 'over', next_at: null })
    expect(await explain(enrolmentId, (await addMember(db, account, 'viewer')).actor)).toMatchObject({ verdict: 'over' })
    expect((await errorOf(explain(enrolmentId, (await openAccount(db)).owner))).code).toBe('not_found')
    expect((await errorOf(explain('00000000-0000-4000-8000-000000000000'))).code).toBe('not_found')
  })
})

describe('a proof', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
  })
  afterAll(() => db.drop())
  const prove = (phone: string, actor = account.owner, to = '2100-01-01') => actor.rpc<Record<string, unknown>>('dial_proof',
    { account_id: account.accountId, phone, from_at: '2000-01-01', to_at: to })

  test('shows every dial and denial with rules, list, consent and counts as they were', async () => {
    const phone = newPhone()
    const first = await startedCampaign(account, { contacts: [{ phone }] })
    const { callId } = await dialOne(db)
    await account.owner.rpc('opt_out_number', { account_id: account.accountId, phone })
    await account.owner.rpc('remove_opt_out', { account_id: account.accountId, phone, reason: 'Asked to be called again' })
    await db.sql`insert into public.dial_denials (account_id, enrolment_id, contact_id, phone, reason, rule_version, facts)
      select account_id, id, contact_id, ${phone}, 'frequency_cap', 1, '{"region": "US-DC"}' from public.enrolments where campaign_id = ${first.campaignId}`
    const proof = await prove(phone)
    expect(proof).toMatchObject({ is_complete: true, decisions: [
      { decision: 'allowed', call_id: callId, campaign_id: first.campaignId, campaign_name: 'Spring', region: 'US-DC', facts: { calls_in_period: 0, max_calls: 3, is_listed: false }, list: { is_listed: false } },
      { decision: 'denied', reason: 'frequency_cap', list: { is_listed: false } }],
    list_history: [{ change: 'added' }, { change: 'removed' }] })
    const rules = proof.rules as { version: number, rules: { citation: string }[] }[]
    expect(rules.flatMap((version) => version.rules.map(({ citation }) => citation)).join()).toContain('47 CFR 64.1200')
  })

  test('is for whoever may see numbers, in this account, from a beginning to an end', async () => {
    expect((await errorOf(prove('+12025550101', (await addMember(db, account, 'viewer')).actor))).code).toBe('forbidden')
    expect((await errorOf(prove('+12025550101', (await openAccount(db)).owner))).code).toBe('not_found')
    expect((await errorOf(prove('+12025550101', account.owner, '1999-01-01'))).code).toBe('invalid_input')
  })
})
