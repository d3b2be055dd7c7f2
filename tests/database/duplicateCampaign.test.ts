/** A campaign once more: what the copy has of the first, and who comes along. Who may do it is asked in rights.test.ts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { createAssistant, createCampaign, createContact, newPhone, startedCampaign } from '../factories/campaign.ts'
import { createDatabase, errorOf, type TestDatabase } from '../support/database.ts'

interface Copied { enrolled: number, already: number, blocked_count: number, next_cursor: number | null }

describe('a copy of a campaign', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
  })
  afterAll(() => db.drop())
  const run = <T>(name: string, campaignId: string, more: object = {}) => account.owner.rpc<T>(name, { campaign_id: campaignId, ...more })
  const get = (id: string) => run<Record<string, unknown>>('get_campaign', id)
  const duplicate = async (id: string, more: object = {}) => (await run<{ campaign_id: string }>('duplicate_campaign', id, { name: 'Copy of Spring', ...more })).campaign_id
  const copyContacts = (id: string, from: string, cursor: number | null = null) => run<Copied>('copy_contacts', id, { from_campaign_id: from, cursor })

  test('is a draft with all of its settings and nobody in it, and says where it comes from', async () => {
    const content = { description: 'Why', purpose: 'reminder', priority: 'high', max_attempts: 4, windows: [{ weekday: 3, opens_at: '22:00', closes_at: '02:00' }],
      blackout_dates: [{ day: '2030-12-25', name: 'Christmas' }], starts_at: '2030-01-01T00:00', ends_at: '2031-01-01T00:00', concurrency_max: 7, daily_cap: 70,
      budget_seconds: 6000, failure_limit_percent: 33, opt_out_limit_percent: 22, retries: [{ outcome: 'busy', retries: 1, delays_minutes: [5], shifts_day_part: true }] }
    const { campaignId } = await createCampaign(account, { contacts: 2, content })
    const copyId = await duplicate(campaignId)
    const [copy, first] = [await get(copyId), await get(campaignId)]
    const settings = [...Object.keys(content), 'assistant_id', 'time_zone']
    for (const name of settings) expect([name, copy[name]]).toEqual([name, first[name]])
    expect(copy).toMatchObject({ name: 'Copy of Spring', status: 'draft', counters: { enrolled: 0 } })
    const [logged] = await db.sql`select verb, details from public.activity_log where subject_id = ${copyId}`
    expect(logged).toEqual({ verb: 'campaign.created', details: { copied_from: campaignId } })
  })

  test('takes another assistant, and refuses one of somebody else, or no name', async () => {
    const { campaignId, assistantId } = await createCampaign(account, { contacts: 0 })
    const other = await createAssistant(account, { name: 'Carl' })
    expect(await get(await duplicate(campaignId, { assistant_id: other }))).toMatchObject({ assistant_id: other })
    const foreign = await createAssistant(await openAccount(db))
    expect(await errorOf(duplicate(campaignId, { assistant_id: foreign }))).toMatchObject({ code: 'invalid_input', details: [{ field: 'assistant_id' }] })
    expect(await errorOf(duplicate(campaignId, { name: ' ' }))).toMatchObject({ code: 'invalid_input', details: [{ field: 'name' }] })
    await account.owner.rpc('archive_assistant', { assistant_id: assistantId })
    expect(await run('campaign_blockers', await duplicate(campaignId)), 'an archived one stays and is a blocker').toMatchObject([{ code: 'no_assistant' }, {}])
  })

  test('of what is over forgets the days that are over, and the leave to call without consent', async () => {
    const { campaignId } = await startedCampaign(account, { content: { starts_at: '2020-01-01T00:00', ends_at: '2040-01-01T00:00' } })
    await run('override_consent', campaignId, { reason: 'Paper forms' })
    await run('stop_campaign', campaignId)
    await db.sql`update public.campaigns set ends_at = private.now() - interval '1 day' where id = ${campaignId}`
    expect(await get(await duplicate(campaignId))).toMatchObject({ status: 'draft', starts_at: null, ends_at: null, consent_override: null })
  })

  test('brings everybody along, in their order, also those whom the stop took out and under their new number', async () => {
    const phone = newPhone()
    const { campaignId, contactIds } = await startedCampaign(account, { contacts: [{ name: 'One' }, { name: 'Two', phone }, { name: 'Three' }, { name: 'Four' }] })
    await account.owner.rpc('opt_out_number', { account_id: account.accountId, phone })
    const { contact_id: corrected } = await account.owner.rpc<{ contact_id: string }>('correct_number', { contact_id: contactIds[2], phone: newPhone() })
    await run('stop_campaign', campaignId)
    const copyId = await duplicate(campaignId)
    expect(await copyContacts(copyId, campaignId)).toEqual({ enrolled: 4, already: 0, blocked_count: 1, next_cursor: null })
    const people = await db.sql`select contact_id, status from public.enrolments where campaign_id = ${copyId} order by position`
    expect(people.map((row) => [row.contact_id, row.status])).toEqual([[contactIds[0], 'waiting'], [contactIds[1], 'blocked'], [corrected, 'waiting'], [contactIds[3], 'waiting']])
    expect(await copyContacts(copyId, campaignId), 'nobody twice').toMatchObject({ enrolled: 0, already: 4 })
  })

  test('takes a thousand contacts in a step, and goes on where it was', async () => {
    const { campaignId } = await createCampaign(account, { contacts: 0 })
    const contactId = await createContact(account)
    await db.sql`insert into public.contacts (account_id, phone, name, time_zone, time_zone_source, region)
      select c.account_id, '+1303' || lpad(n::text, 7, '0'), 'P' || n, c.time_zone, c.time_zone_source, c.region from public.contacts c, generate_series(1, 2000) n where c.id = ${contactId}`
    await db.sql`insert into public.enrolments (account_id, campaign_id, contact_id, status, reason, position)
      select account_id, ${campaignId}, id, 'blocked', 'no_consent', 1 + row_number() over (order by phone) from public.contacts where phone like '+1303%'`
    const copyId = await duplicate(campaignId)
    const unfinished = async () => (await get(copyId)).unfinished_copy
    expect(await unfinished()).toBeNull()
    const first = await copyContacts(copyId, campaignId)
    expect(await unfinished(), 'what a broken copy goes on from').toEqual({ campaign_id: campaignId, name: 'Spring', cursor: first.next_cursor, left_count: 1000 })
    const second = await copyContacts(copyId, campaignId, first.next_cursor)
    const third = await copyContacts(copyId, campaignId, second.next_cursor)
    expect([first.enrolled, second.enrolled, third.enrolled, third.next_cursor]).toEqual([1000, 1000, 0, null])
    expect(await unfinished()).toBeNull()
    await copyContacts(copyId, campaignId)
    await run('empty_campaign', copyId)
    expect(await unfinished(), 'whoever begins anew hears of it no more').toBeNull()
  })

  test('gets its contacts only while it is a draft, and only from campaigns of the account that one may see', async () => {
    const { campaignId } = await startedCampaign(account)
    expect(await errorOf(copyContacts(campaignId, campaignId))).toMatchObject({ code: 'conflict', details: { status: 'active' } })
    const foreign = await createCampaign(await openAccount(db))
    const copyId = await duplicate(campaignId)
    expect((await errorOf(copyContacts(copyId, foreign.campaignId))).code).toBe('not_found')
    const both = await openAccount(db)
    await db.sql`insert into public.members (account_id, user_id, role) values (${both.accountId}, ${account.userId}, 'owner')`
    const elsewhere = await createCampaign(both)
    expect((await errorOf(copyContacts(copyId, elsewhere.campaignId))).code, 'whoever sees both accounts mixes them no more').toBe('not_found')
  })

  test('has no contacts of campaigns that the person does not see', async () => {
    const [mine, other] = [await createCampaign(account), await createCampaign(account)]
    const { actor, userId } = await addMember(db, account, 'agent')
    await db.sql`insert into public.role_permissions (role, permission, scope) values ('agent', 'campaigns.edit', 'assigned')`
    await db.sql`insert into public.campaign_members (account_id, campaign_id, user_id) values (${account.accountId}, ${mine.campaignId}, ${userId})`
    const code = (await errorOf(actor.rpc('copy_contacts', { campaign_id: mine.campaignId, from_campaign_id: other.campaignId }))).code
    await db.sql`delete from public.role_permissions where role = 'agent' and permission = 'campaigns.edit'`
    expect(code).toBe('not_found')
  })

  test('is made by nobody who may not write campaigns', async () => {
    const { campaignId } = await createCampaign(account)
    for (const role of ['viewer', 'agent'] as const) {
      const { actor, userId } = await addMember(db, account, role)
      await db.sql`insert into public.campaign_members (account_id, campaign_id, user_id) values (${account.accountId}, ${campaignId}, ${userId})`
      expect((await errorOf(actor.rpc('duplicate_campaign', { campaign_id: campaignId, name: 'Mine' }))).code).toBe('forbidden')
      expect((await errorOf(actor.rpc('delete_campaign', { campaign_id: campaignId }))).code).toBe('forbidden')
    }
  })
})

describe('a campaign that is put away or deleted', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
  })
  afterAll(() => db.drop())
  const run = <T>(name: string, campaignId: string) => account.owner.rpc<T>(name, { campaign_id: campaignId })

  test('comes back as what it was, with the end it had', async () => {
    const { campaignId } = await startedCampaign(account)
    await run('stop_campaign', campaignId)
    const { finished_at } = await run<{ finished_at: string }>('get_campaign', campaignId)
    expect((await errorOf(run('unarchive_campaign', campaignId))).code).toBe('conflict')
    await run('archive_campaign', campaignId)
    expect(await run('unarchive_campaign', campaignId)).toEqual({ status: 'stopped' })
    expect(await run('get_campaign', campaignId)).toMatchObject({ status: 'stopped', finished_at, archived_at: null })
    await db.sql`update public.campaigns set status = 'completed' where id = ${campaignId}`
    await run('archive_campaign', campaignId)
    expect(await run('unarchive_campaign', campaignId)).toEqual({ status: 'completed' })
  })

  test('is not deleted while it may call at any moment', async () => {
    const { campaignId } = await startedCampaign(account, { content: { starts_at: '2040-01-01T00:00' } })
    expect(await errorOf(run('delete_campaign', campaignId))).toMatchObject({ code: 'conflict', details: { status: 'active' } })
    await run('stop_campaign', campaignId)
    expect(await run('delete_campaign', campaignId)).toEqual({})
  })
})
