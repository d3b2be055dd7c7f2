import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, claim, dialOne, processEvents, report, sendEvent } from '../factories/call.ts'
import { createCampaign, newPhone, startedCampaign } from '../factories/campaign.ts'
import type { TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

const MINUTE = { assistant: { maximum_seconds: 60 } }

describe('the limits of a claim', () => {
  let db: TestDatabase
  let account: TestAccount
  const campaignOf = (campaignId: string) => account.owner.rpc<{ status: string, wait_reason: string | null, pause_reason: string | null }>('get_campaign', { campaign_id: campaignId })
  const voidAll = async () => {
    await db.shiftClock('51 seconds')
    await db.sql`select private.tick()`
  }
  const busy = async () => {
    const { providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId, 0, { outcome: 'busy', ended_reason: 'customer-busy', started_at: null, ended_at: null }))
    await processEvents(db)
  }
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
    await db.sql`update engine.provider_lines set calls_per_second = 20, concurrency_max = 50, tokens = 50`
    await db.sql`update engine.accounts set concurrency_max = 50`
  })
  afterEach(async () => {
    await expectInvariants(db)
  })
  afterAll(() => db.drop())

  test('a campaign calls no more than its daily cap, gives back what was not dialled, and goes on at its midnight', async () => {
    const { campaignId } = await startedCampaign(account, { ...MINUTE, contacts: 5, content: { daily_cap: 2, time_zone: 'America/New_York' } })
    expect(await claim(db)).toHaveLength(2)
    expect(await claim(db)).toEqual([])
    expect((await campaignOf(campaignId)).wait_reason).toBe('daily_cap')
    await voidAll()
    expect(await claim(db)).toHaveLength(2)
    await voidAll()
    await db.shiftClock('24 hours')
    expect(await claim(db)).toHaveLength(2)
    expect((await db.sql`select count(distinct counted_day)::int as days from public.calls`)[0]?.days).toBe(2)
  })

  test('a campaign that goes to another zone and back has made the calls of its day all the same', async () => {
    const { campaignId } = await startedCampaign(account, { ...MINUTE, contacts: 5, content: { daily_cap: 2, time_zone: 'America/New_York' } })
    const move = async (time_zone: string) => {
      await account.owner.rpc('pause_campaign', { campaign_id: campaignId })
      await account.owner.rpc('save_campaign', { account_id: account.accountId, campaign_id: campaignId, content: { time_zone } })
      await account.owner.rpc('resume_campaign', { campaign_id: campaignId })
    }
    for (const call of [1, 2]) await sendEvent(db, report((await acceptedCall(db)).providerCallId, 60, { dedupe_key: `call ${call}` }))
    await processEvents(db)
    // Nine in New York is tomorrow already on Kiritimati: there the calls were made on that day.
    for (const zone of ['Pacific/Kiritimati', 'America/New_York']) {
      await move(zone)
      expect(await claim(db)).toEqual([])
      await expectInvariants(db)
    }
    expect((await campaignOf(campaignId)).wait_reason).toBe('daily_cap')
    await move('Pacific/Kiritimati')
    await db.shiftClock('24 hours')
    await db.sql`select private.tick()`
    expect(await claim(db)).toHaveLength(2)
  })

  test('an account calls no more than its daily cap over all campaigns, by the day of its own zone', async () => {
    await db.sql`update engine.accounts set daily_cap = 3`
    await db.sql`update public.accounts set time_zone = 'Asia/Tokyo'`
    const first = await startedCampaign(account, { ...MINUTE, contacts: 2 })
    const second = await startedCampaign(account, { ...MINUTE, contacts: 4 })
    expect(await claim(db)).toHaveLength(3)
    expect(await claim(db)).toEqual([])
    expect([(await campaignOf(first.campaignId)).wait_reason, (await campaignOf(second.campaignId)).wait_reason]).toContain('daily_cap')
    // Nine in New York is eleven in the evening in Tokyo (ten in summer): its next day begins within two hours and a minute.
    await db.shiftClock('2 hours 1 minute')
    await db.sql`select private.tick()`
    expect(await claim(db)).toHaveLength(3)
  })

  test('a full campaign calls the next one as soon as a call is over, before its report comes', async () => {
    await startedCampaign(account, { ...MINUTE, contacts: 2, content: { concurrency_max: 1 } })
    const { providerCallId } = await acceptedCall(db)
    expect(await claim(db)).toEqual([])
    await sendEvent(db, { provider_call_id: providerCallId, state: 'ended' })
    await processEvents(db)
    expect(await claim(db)).toHaveLength(1)
  })

  test('a budget waits while reservations may come back, and pauses the campaign once no call fits', async () => {
    const { campaignId } = await startedCampaign(account, { ...MINUTE, contacts: 5, content: { budget_seconds: 120 } })
    expect(await claim(db)).toHaveLength(2)
    expect(await claim(db)).toEqual([])
    expect((await campaignOf(campaignId)).wait_reason).toBe('budget')
    await voidAll()
    for (const seconds of [60, 60]) {
      const { providerCallId } = await acceptedCall(db)
      await sendEvent(db, report(providerCallId, seconds))
      await processEvents(db)
    }
    expect(await claim(db)).toEqual([])
    expect(await campaignOf(campaignId)).toMatchObject({ status: 'paused', pause_reason: 'budget' })
    expect(await db.sql`select kind from public.notices where campaign_id = ${campaignId}`).toEqual([{ kind: 'budget' }])
  })

  test('a call that cost less than it could gives the rest back to the budget, for whoever waits elsewhere', async () => {
    const { campaignId } = await startedCampaign(account, { ...MINUTE, contacts: [{}, { time_zone: 'America/Chicago' }], content: { budget_seconds: 60, max_attempts: 1 } })
    const { providerCallId } = await acceptedCall(db)
    expect(await claim(db)).toEqual([])
    expect((await campaignOf(campaignId)).wait_reason).toBe('budget')
    await sendEvent(db, report(providerCallId, 0, { outcome: 'no_answer', started_at: null, ended_at: null }))
    await processEvents(db)
    expect(await claim(db)).toHaveLength(1)
  })

  test('the slots of a campaign that is stopped are there for the others at once', async () => {
    await db.sql`update engine.accounts set concurrency_max = 2`
    const first = await startedCampaign(account, { ...MINUTE, contacts: 2 })
    expect(await claim(db)).toHaveLength(2)
    await startedCampaign(account, { ...MINUTE, contacts: 2 })
    expect(await claim(db)).toEqual([])
    await account.owner.rpc('stop_campaign', { campaign_id: first.campaignId })
    expect(await claim(db)).toHaveLength(2)
  })

  test('a number is called no more often than the cap over all campaigns, and later when the oldest call is a day old', async () => {
    await db.sql`update public.account_rules set frequency_cap = 2, minimum_gap_seconds = 60`
    const retries = [{ outcome: 'busy', retries: 3, delays_minutes: [10], shifts_day_part: false }]
    const first = await startedCampaign(account, { ...MINUTE, content: { max_attempts: 4, retries } })
    await busy()
    const second = await createCampaign(account, { ...MINUTE, contacts: 0, content: { max_attempts: 4, retries } })
    await account.owner.rpc('enrol_contacts', { campaign_id: second.campaignId, contact_ids: first.contactIds })
    await account.owner.rpc('start_campaign', { campaign_id: second.campaignId })
    await db.shiftClock('5 minutes')
    await busy()
    await db.shiftClock('11 minutes')
    expect(await claim(db)).toEqual([])
    const waiting = await db.sql`select q.wait_reason, q.due_at - (select min(dialled_at) from public.calls) as later from engine.dial_queue q order by q.due_at limit 1`
    expect(waiting[0]).toMatchObject({ wait_reason: 'frequency_cap', later: '1 day' })
    expect(await db.sql`select distinct reason from public.dial_denials`).toEqual([{ reason: 'frequency_cap' }])
    await db.shiftClock('24 hours')
    expect(await claim(db)).toHaveLength(1)
  })

  test('a number is left alone for the minimum gap after a call of any campaign, a refusal that never rang aside', async () => {
    const first = await startedCampaign(account, MINUTE)
    await busy()
    const second = await createCampaign(account, { ...MINUTE, contacts: 0 })
    await account.owner.rpc('enrol_contacts', { campaign_id: second.campaignId, contact_ids: first.contactIds })
    await account.owner.rpc('start_campaign', { campaign_id: second.campaignId })
    expect(await claim(db)).toEqual([])
    expect(await db.sql`select reason from public.dial_denials`).toEqual([{ reason: 'minimum_gap' }])
    await db.shiftClock('9 minutes')
    expect(await claim(db)).toEqual([])
    await db.shiftClock('61 seconds')
    expect(await claim(db)).toHaveLength(1)
    expect((await db.sql`select count(*)::int as lines from public.dial_denials where reason = 'minimum_gap'`)[0]?.lines).toBe(1)
  })

  test('somebody who said other hours waits for them and holds nobody up', async () => {
    const { campaignId } = await startedCampaign(account, { ...MINUTE, contacts: [{ wish: { from: '14:00', until: '15:00', days: null } }, {}] })
    expect(await claim(db)).toHaveLength(1)
    const { rows } = await account.owner.rpc<{ rows: { wait_reason: string | null }[] }>('list_enrolments', { campaign_id: campaignId })
    expect(rows.map(({ wait_reason }) => wait_reason)).toContain('window_closed')
    await db.shiftClock('5 hours 2 minutes')
    await db.sql`select private.tick()`
    expect(await claim(db)).not.toEqual([])
  })

  test('a lower attempt limit holds for whoever waits, and the campaign ends with the last of them', async () => {
    const { campaignId } = await startedCampaign(account, { ...MINUTE, content: { max_attempts: 3 } })
    await busy()
    await account.owner.rpc('save_campaign', { account_id: account.accountId, campaign_id: campaignId, content: { max_attempts: 1 } })
    await db.shiftClock('11 minutes')
    expect(await claim(db)).toEqual([])
    expect(await campaignOf(campaignId)).toMatchObject({ status: 'completed', counters: { exhausted: 1 } })
  })

  test('a listed number at the head ends as opted out, with its line, and the next one is called', async () => {
    const phone = newPhone()
    const { campaignId } = await startedCampaign(account, { ...MINUTE, contacts: [{ phone }, {}] })
    await db.sql`insert into public.do_not_call (account_id, phone, source) values (${account.accountId}, ${phone}, 'hand')`
    expect(await claim(db)).toHaveLength(1)
    expect(await campaignOf(campaignId)).toMatchObject({ counters: { opted_out: 1, calling: 1 } })
    expect(await db.sql`select reason, phone from public.dial_denials`).toEqual([{ reason: 'do_not_call', phone }])
  })

  test('a head of numbers that may not be called costs no further claim', async () => {
    await db.sql`update engine.accounts set concurrency_max = 1`
    const { campaignId } = await startedCampaign(account, { ...MINUTE, contacts: 12 })
    await db.sql`insert into public.do_not_call (account_id, phone, source) select account_id, phone, 'hand' from engine.dial_queue
      join public.enrolments e on e.id = enrolment_id where e.campaign_id = ${campaignId} order by e.position limit 11`
    expect(await claim(db)).toHaveLength(1)
    expect(await campaignOf(campaignId)).toMatchObject({ counters: { opted_out: 11, calling: 1 } })
  })

  test('nobody is called without the consent that the purpose needs; the record it rests on stays with the call', async () => {
    const { campaignId, contactIds } = await startedCampaign(account, { ...MINUTE, contacts: 2 })
    await db.sql`update public.consents set revoked_at = private.now(), revoke_reason = 'asked' where contact_id = ${contactIds[0]!}`
    expect(await claim(db)).toHaveLength(1)
    expect(await campaignOf(campaignId)).toMatchObject({ counters: { blocked: 1, calling: 1 } })
    expect(await db.sql`select reason, facts ->> 'needed_consent' as needed from public.dial_denials`).toEqual([{ reason: 'no_consent', needed: 'express' }])
    expect(await db.sql`select n.contact_id from public.calls c join public.consents n on n.id = c.consent_id`).toEqual([{ contact_id: contactIds[1] }])
  })

  test('an admin\'s override calls without a record, and says so in what the call was allowed by', async () => {
    const { campaignId, contactIds } = await startedCampaign(account, MINUTE)
    await db.sql`update public.consents set revoked_at = private.now(), revoke_reason = 'asked' where contact_id = ${contactIds[0]!}`
    await db.sql`update public.campaigns set consent_override_reason = 'Paper forms', consent_override_by = ${account.userId}, consent_override_at = private.now() where id = ${campaignId}`
    const { callId } = await dialOne(db)
    expect((await db.sql`select consent_id, dial_facts from public.calls where id = ${callId}`)[0])
      .toMatchObject({ consent_id: null, dial_facts: { needed_consent: 'express', consent_override: 'Paper forms' } })
  })

  describe('share the account', () => {
    const callsOf = async () => Object.fromEntries((await db.sql<{ campaign_id: string, calls: number }[]>`select campaign_id, count(*)::int as calls from public.calls group by 1`)
      .map((row) => [row.campaign_id, row.calls]))
    const rounds = async (count: number) => {
      for (let round = 0; round < count; round++) {
        await claim(db)
        await db.sql`with ended as (select account_id, array_agg(id) as ids from public.calls where settled_at is null group by 1)
          select private.close_calls(account_id, (select jsonb_agg(jsonb_build_object('call_id', x, 'state', 'settled', 'outcome', 'canceled')) from unnest(ids) x)) from ended`
      }
    }
    beforeEach(async () => {
      await db.sql`update engine.accounts set concurrency_max = 3`
    })

    test('equally, however many more contacts one of them has', async () => {
      const large = await startedCampaign(account, { ...MINUTE, contacts: 30 })
      const small = await startedCampaign(account, { ...MINUTE, contacts: 10 })
      await rounds(6)
      const calls = await callsOf()
      expect(calls[small.campaignId]).toBe(9)
      expect(calls[large.campaignId]).toBe(9)
    })

    test('within one claim already', async () => {
      await db.sql`update engine.accounts set concurrency_max = 4`
      const campaigns = [await startedCampaign(account, { ...MINUTE, contacts: 10 }), await startedCampaign(account, { ...MINUTE, contacts: 10 })]
      await claim(db)
      expect(await callsOf()).toEqual(Object.fromEntries(campaigns.map(({ campaignId }) => [campaignId, 2])))
    })

    test('as far as each has somebody to call: the others take the rest at once', async () => {
      await db.sql`update engine.accounts set concurrency_max = 4`
      const small = await startedCampaign(account, { ...MINUTE, contacts: 1 })
      const large = await startedCampaign(account, { ...MINUTE, contacts: 10 })
      await claim(db)
      expect(await callsOf()).toEqual({ [small.campaignId]: 1, [large.campaignId]: 3 })
    })

    test('by their priority: high four times low', async () => {
      const high = await startedCampaign(account, { ...MINUTE, contacts: 20, content: { priority: 'high' } })
      const low = await startedCampaign(account, { ...MINUTE, contacts: 20, content: { priority: 'low' } })
      await rounds(5)
      const calls = await callsOf()
      expect(calls[high.campaignId]).toBe(12)
      expect(calls[low.campaignId]).toBe(3)
    })

    test('from now on when one comes back, without credit for the time it did nothing', async () => {
      const idle = await startedCampaign(account, { ...MINUTE, contacts: 12 })
      await account.owner.rpc('pause_campaign', { campaign_id: idle.campaignId })
      const running = await startedCampaign(account, { ...MINUTE, contacts: 30 })
      await rounds(5)
      await account.owner.rpc('resume_campaign', { campaign_id: idle.campaignId })
      await rounds(6)
      const calls = await callsOf()
      // One turn ahead at most: the other's last one.
      expect(calls[idle.campaignId]).toBeLessThanOrEqual(11)
      expect(calls[running.campaignId]).toBeGreaterThanOrEqual(15 + 7)
    })

    test('and accounts the line: the one that waits has its turn within the next claim', async () => {
      await db.sql`update engine.provider_lines set concurrency_max = 4, tokens = 4`
      const other = await openAccount(db)
      await db.sql`update engine.accounts set concurrency_max = 10`
      await startedCampaign(account, { ...MINUTE, contacts: 10 })
      await startedCampaign(other, { ...MINUTE, contacts: 10 })
      await claim(db)
      const rows = await db.sql`select count(*)::int as calls from public.calls group by account_id`
      expect(rows.map((row) => row.calls)).toEqual([2, 2])
    })
  })
})
