import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, claim, processEvents, report, sendEvent } from '../factories/call.ts'
import { createCampaign, newPhone, startedCampaign } from '../factories/campaign.ts'
import type { TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

describe('a claim', () => {
  let db: TestDatabase
  let account: TestAccount
  const waitReason = async (campaignId: string) => (await account.owner.rpc<{ wait_reason: string | null }>('get_campaign', { campaign_id: campaignId })).wait_reason
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
    await db.sql`update engine.provider_lines set calls_per_second = 20`
  })
  afterEach(async () => {
    await expectInvariants(db)
  })
  afterAll(() => db.drop())

  test('takes no more calls than the account may run at once, and goes on when one ends', async () => {
    await db.sql`update engine.accounts set concurrency_max = 2`
    const { campaignId } = await startedCampaign(account, { contacts: 4, assistant: { maximum_seconds: 60 } })
    expect(await claim(db)).toHaveLength(2)
    expect(await claim(db)).toEqual([])
    expect(await waitReason(campaignId)).toBe('no_slot')
    await db.shiftClock('31 seconds')
    await db.sql`select private.tick()`
    expect(await claim(db)).toHaveLength(2)
  })

  test('reserves the longest call for each and waits with a reason when minutes run short, failing nobody', async () => {
    const { campaignId } = await startedCampaign(account, { contacts: 5, assistant: { maximum_seconds: 600 } })
    expect(await claim(db)).toHaveLength(2)
    expect(await claim(db)).toEqual([])
    expect(await waitReason(campaignId)).toBe('no_minutes')
    expect(await account.owner.rpc('get_campaign', { campaign_id: campaignId })).toMatchObject({ status: 'active', counters: { waiting: 3, calling: 2 } })
    await db.sql`select private.post_entry(${account.accountId}, 'purchase', 600, 'order:1')`
    expect(await claim(db)).toHaveLength(1)
  })

  test('never reserves the same minutes twice when two dispatchers claim at once', async () => {
    await startedCampaign(account, { contacts: 6, assistant: { maximum_seconds: 600 } })
    const claims = await Promise.all([claim(db), claim(db), claim(db), claim(db)])
    expect(claims.flat()).toHaveLength(2)
  })

  test('passes over an account that somebody claims from, and waits for nobody', async () => {
    await startedCampaign(account, { contacts: 3, assistant: { maximum_seconds: 60 } })
    const [one, other] = [await db.session('service'), await db.session('service')]
    await one.begin()
    expect(await one.rpc('claim_calls', { batch_size: 1 })).toMatchObject({ call_ids: [{}] })
    await other.query(`set lock_timeout = '1s'`)
    expect(await other.rpc('claim_calls', { batch_size: 1 })).toMatchObject({ call_ids: [] })
    await one.commit()
    await Promise.all([one.close(), other.close()])
  })

  test('takes twenty-five of an account in one turn, so that others have theirs', async () => {
    await db.sql`update engine.provider_lines set concurrency_max = 50, tokens = 50`
    await db.sql`update engine.accounts set concurrency_max = 50`
    await db.sql`select private.post_entry(${account.accountId}, 'purchase', 6000, 'order:25')`
    await startedCampaign(account, { contacts: 26, assistant: { maximum_seconds: 30 } })
    expect(await claim(db, 100)).toHaveLength(25)
  })

  test('takes no more calls than the line has slots, over all accounts', async () => {
    await db.sql`update engine.provider_lines set concurrency_max = 3, tokens = 3`
    const other = await openAccount(db)
    await startedCampaign(account, { contacts: 3, assistant: { maximum_seconds: 60 } })
    await startedCampaign(other, { contacts: 3, assistant: { maximum_seconds: 60 } })
    expect(await claim(db)).toHaveLength(3)
    expect(await claim(db)).toEqual([])
  })

  test('spaces the dials of a line by its rate, at most twenty seconds ahead', async () => {
    await db.sql`update engine.provider_lines set calls_per_second = 0.1, concurrency_max = 50, tokens = 50`
    await startedCampaign(account, { contacts: 5, assistant: { maximum_seconds: 60 } })
    const [first, second, ...rest] = await claim(db)
    expect([first?.dial_in_ms, second?.dial_in_ms, rest]).toEqual([0, 10_000, []])
    await db.shiftClock('10 seconds')
    const [third] = await claim(db)
    expect(third?.dial_in_ms).toBeGreaterThan(9_000)
  })

  test('calls a number that is in another unsettled call later, not at once', async () => {
    const phone = newPhone()
    const first = await startedCampaign(account, { contacts: [{ phone }] })
    expect(await claim(db)).toHaveLength(1)
    const second = await createCampaign(account, { contacts: [] })
    await account.owner.rpc('enrol_contacts', { campaign_id: second.campaignId, contact_ids: first.contactIds })
    await account.owner.rpc('start_campaign', { campaign_id: second.campaignId })
    expect(await claim(db)).toEqual([])
    const { rows } = await account.owner.rpc<{ rows: unknown[] }>('list_enrolments', { campaign_id: second.campaignId })
    expect(rows[0]).toMatchObject({ status: 'waiting', wait_reason: 'in_other_call' })
  })

  test('leaves a contact alone while its own window is closed, and calls it when the window opens', async () => {
    // Nine in New York is six in Los Angeles, where the law opens the day at eight.
    const { campaignId } = await startedCampaign(account, { contacts: [{ time_zone: 'America/Los_Angeles' }] })
    expect(await claim(db)).toEqual([])
    expect(await waitReason(campaignId)).toBe('window_closed')
    await db.shiftClock('2 hours 1 minute')
    expect(await claim(db)).toHaveLength(1)
  })

  test('asks a lane anew when its window has closed', async () => {
    const { campaignId } = await startedCampaign(account, { contacts: 2, content: { windows: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens_at: '08:00', closes_at: '10:00' })) } })
    expect(await claim(db, 1)).toHaveLength(1)
    await db.shiftClock('1 hour')
    expect(await claim(db, 1)).toEqual([])
    expect(await waitReason(campaignId)).toBe('window_closed')
  })

  test('stops for everybody when dialling is switched off, and for a held line', async () => {
    await startedCampaign(account)
    await db.sql`update engine.settings set enabled = false`
    expect(await claim(db)).toEqual([])
    await db.sql`update engine.settings set enabled = true`
    await db.sql`update engine.provider_lines set hold_reason = 'auth', hold_until = private.now() + interval '5 minutes'`
    expect(await claim(db)).toEqual([])
    expect(await db.sql`select private.tick() ->> 'dispatched' as dispatched`).toEqual([{ dispatched: 'false' }])
    await db.shiftClock('5 minutes')
    expect(await claim(db)).toHaveLength(1)
  })

  test('serves small campaigns beside a large one', async () => {
    const large = await startedCampaign(account, { contacts: 12, assistant: { maximum_seconds: 30 } })
    await db.sql`update engine.accounts set concurrency_max = 4`
    const small = await startedCampaign(account, { contacts: 2, assistant: { maximum_seconds: 30 } })
    await claim(db, 2)
    await claim(db, 2)
    const rows = await db.sql<{ campaign_id: string, calls: number }[]>`select campaign_id, count(*)::int as calls from public.calls group by 1`
    expect(Object.fromEntries(rows.map((row) => [row.campaign_id, row.calls]))).toEqual({ [large.campaignId]: 2, [small.campaignId]: 2 })
  })

  test('gives a retry its delay and its next attempt number, and stops after the last', async () => {
    const { campaignId } = await startedCampaign(account, { content: { max_attempts: 2 } })
    for (const attempt of [1, 2]) {
      const { providerCallId } = await acceptedCall(db)
      await sendEvent(db, report(providerCallId, 0, { outcome: 'busy', ended_reason: 'customer-busy', started_at: null, ended_at: null }))
      await processEvents(db)
      expect(await claim(db), `right after attempt ${attempt}`).toEqual([])
      await db.shiftClock('10 minutes')
    }
    expect(await account.owner.rpc('get_campaign', { campaign_id: campaignId })).toMatchObject({ status: 'completed', counters: { exhausted: 1 }, outcomes: { busy: 2 } })
  })
})
