/** The sums that pages show instead of counting calls: by day, by hour, by the hour of the contact's week, and what a success is. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, processEvents, report, sendEvent, type AcceptedCall } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import type { TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

describe('the statistics', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
  })
  afterEach(() => expectInvariants(db))
  afterAll(() => db.drop())

  async function settle({ providerCallId }: AcceptedCall, facts: Record<string, unknown> = {}) {
    await sendEvent(db, report(providerCallId, 61, facts))
    await processEvents(db)
  }
  const dispose = (callId: string, disposition: string) => account.owner.rpc('set_disposition', { call_id: callId, disposition })
  const days = async () => (await db.sql`select day::text, outcome, calls_count, positive_count from public.daily_stats order by day`).map((row) => ({ ...row }))
  const hours = async () => (await db.sql`select day::text, hour, calls_count, answered_count, positive_count, billed_seconds::int as billed_seconds
    from public.hourly_stats order by day, hour`).map((row) => ({ ...row }))
  const contactHours = async () => (await db.sql`select day::text, weekday, hour, calls_count, answered_count, positive_count
    from public.contact_hour_stats order by day, weekday, hour`).map((row) => ({ ...row }))

  test('count a success as soon as its analysis says so, and follow whoever corrects it', async () => {
    await startedCampaign(account)
    const call = await acceptedCall(db)
    await settle(call, { structured: { disposition: 'interested' } })
    expect(await days()).toMatchObject([{ outcome: 'answered', calls_count: 1, positive_count: 1 }])
    await dispose(call.callId, 'not_interested')
    expect([...await days(), ...await hours(), ...await contactHours()]).toMatchObject([{ positive_count: 0 }, { positive_count: 0 }, { positive_count: 0 }])
    await dispose(call.callId, 'callback')
    expect(await days()).toMatchObject([{ positive_count: 0 }])
    await dispose(call.callId, 'interested')
    await dispose(call.callId, 'interested')
    expect([...await days(), ...await hours(), ...await contactHours()]).toMatchObject([{ positive_count: 1 }, { positive_count: 1 }, { positive_count: 1 }])
  })

  test('keep a call in the hour of the account and in the hour of the contact\'s week', async () => {
    await startedCampaign(account, { contacts: [{ time_zone: 'America/New_York' }, { time_zone: 'Europe/Berlin', phone: '+493012345601' }] })
    for (const call of [await acceptedCall(db), await acceptedCall(db)]) await settle(call)
    const clocks = await db.sql<{ day: string, hour: number, weekday: number, contact_hour: number }[]>`
      select to_char(dialled_at at time zone 'America/New_York', 'YYYY-MM-DD') as day, extract(hour from dialled_at at time zone 'America/New_York')::int as hour,
        extract(isodow from dialled_at at time zone p.time_zone)::int as weekday, extract(hour from dialled_at at time zone p.time_zone)::int as contact_hour
      from public.calls c join public.contacts p on p.id = c.contact_id order by 1, 2, 3, 4`
    expect(new Set(clocks.map(({ contact_hour }) => contact_hour)).size).toBe(2)
    expect(await hours()).toEqual([{ day: clocks[0]?.day, hour: clocks[0]?.hour, calls_count: 2, answered_count: 2, positive_count: 0, billed_seconds: 240 }])
    const each = clocks.map(({ day, weekday, contact_hour: hour }) => ({ day, weekday, hour, calls_count: 1, answered_count: 1, positive_count: 0 }))
    expect(await contactHours()).toEqual(each.sort((one, other) => one.weekday - other.weekday || one.hour - other.hour))
  })

  test('leave a call where it was counted when the account moves to another zone', async () => {
    await startedCampaign(account)
    const call = await acceptedCall(db)
    await settle(call)
    const before = [...await days(), ...await hours(), ...await contactHours()]
    await db.sql`update public.accounts set time_zone = 'Pacific/Kiritimati' where id = ${account.accountId}`
    await dispose(call.callId, 'interested')
    expect([...await days(), ...await hours(), ...await contactHours()]).toEqual(before.map((row) => ({ ...row, positive_count: 1 })))
  })

  test('count no success twice when its report comes again, and none of a call that was never dialled', async () => {
    await startedCampaign(account, { contacts: 2 })
    const call = await acceptedCall(db)
    await settle(call, { structured: { disposition: 'interested' } })
    await settle(call, { structured: { disposition: 'interested' }, dedupe_key: 'again' })
    await db.asService().rpc('claim_calls', { batch_size: 1 })
    await db.shiftClock('10 minutes')
    await db.sql`select private.tick()`
    expect(await days()).toMatchObject([{ calls_count: 1, positive_count: 1 }])
  })
})
