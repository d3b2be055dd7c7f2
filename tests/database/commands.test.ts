import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { claim } from '../factories/call.ts'
import { createAssistant, createCampaign, createContact, newPhone, startedCampaign } from '../factories/campaign.ts'
import { companyForAll } from '../support/company.ts'
import { errorOf, type TestDatabase } from '../support/database.ts'

describe('what people may do', () => {
  let db: TestDatabase
  let account: TestAccount
  let stranger: TestAccount
  companyForAll((given) => ({ db, account, stranger } = given))

  test('opening an account twice, at once, gives one account and twenty free minutes once', async () => {
    const { userId } = await db.newUser()
    const person = db.asUser(userId)
    const [one, other] = await Promise.all([person.rpc('open_account', { company_name: 'Twice' }), person.rpc('open_account', { company_name: ' twice ' })])
    expect(one).toEqual(other)
    expect(await person.rpc('current_wallet', one as Record<string, unknown>)).toMatchObject({ balance_seconds: 1200 })
  })

  test('a second company of the same person gets no free minutes, and a sixth is refused', async () => {
    const { userId } = await db.newUser()
    const person = db.asUser(userId)
    await person.rpc('open_account', { company_name: 'One' })
    const second = await person.rpc<Record<string, unknown>>('open_account', { company_name: 'Two' })
    expect(await person.rpc('current_wallet', second)).toMatchObject({ balance_seconds: 0 })
    for (const name of ['Three', 'Four', 'Five']) await person.rpc('open_account', { company_name: name })
    expect(await errorOf(person.rpc('open_account', { company_name: 'Six' }))).toMatchObject({ code: 'conflict' })
  })

  test('an account needs a confirmed address and a name', async () => {
    const { userId } = await db.newUser()
    await db.admin`update auth.users set email_confirmed_at = null where id = ${userId}`
    expect(await errorOf(db.asUser(userId).rpc('open_account', { company_name: 'X' }))).toMatchObject({ code: 'forbidden' })
    expect(await errorOf(account.owner.rpc('open_account', { company_name: '  ' }))).toMatchObject({ code: 'invalid_input', details: [{ field: 'company_name' }] })
  })

  test('ids of another account do not exist: every read and command answers not_found', async () => {
    const { campaignId, assistantId, contactIds } = await startedCampaign(account)
    const attempts: [string, Record<string, unknown>][] = [
      ['get_campaign', { campaign_id: campaignId }], ['campaign_blockers', { campaign_id: campaignId }], ['current_terms', { account_id: account.accountId }], ['accept_terms', { account_id: account.accountId, version: 1 }], ['forecast_facts', { campaign_id: campaignId }], ['start_campaign', { campaign_id: campaignId }],
      ['pause_campaign', { campaign_id: campaignId }], ['resume_campaign', { campaign_id: campaignId }], ['stop_campaign', { campaign_id: campaignId }],
      ['delete_campaign', { campaign_id: campaignId }], ['list_enrolments', { campaign_id: campaignId }], ['enrol_contacts', { campaign_id: campaignId, contact_ids: contactIds }],
      ['enrol_all_contacts', { campaign_id: campaignId }], ['get_assistant', { assistant_id: assistantId }], ['archive_assistant', { assistant_id: assistantId }],
      ['get_contact', { contact_id: contactIds[0] }], ['delete_contact', { contact_id: contactIds[0] }], ['get_call', { call_id: randomUUID() }], ['watch_call', { call_id: randomUUID() }],
      ['current_wallet', { account_id: account.accountId }], ['dashboard', { account_id: account.accountId }], ['list_campaigns', { filter: { account_id: account.accountId } }], ['list_campaign_names', { account_id: account.accountId }],
      ['list_assistants', { account_id: account.accountId }], ['list_calls', { filter: { account_id: account.accountId } }], ['search_contacts', { filter: { account_id: account.accountId } }],
      ['save_contact', { account_id: account.accountId, contact_id: null, content: {} }], ['save_campaign', { account_id: account.accountId, campaign_id: null, content: {} }],
      ['save_assistant', { account_id: account.accountId, assistant_id: null, content: {} }], ['opt_out_number', { account_id: account.accountId, phone: '+12025550199' }],
      ['create_import', { account_id: account.accountId, file_name: 'x.csv' }], ['import_contacts', { import_id: randomUUID(), chunk: 0, rows: [{}] }], ['finish_import', { import_id: randomUUID() }],
    ]
    for (const [name, args] of attempts) expect([name, (await errorOf(stranger.owner.rpc(name, args))).code]).toEqual([name, 'not_found'])
  })

  test('a foreign contact, assistant or campaign smuggled into a command of one\'s own changes nothing', async () => {
    const mine = await createCampaign(account, { contacts: 0 })
    const foreign = await createContact(stranger)
    expect(await account.owner.rpc('enrol_contacts', { campaign_id: mine.campaignId, contact_ids: [foreign] })).toMatchObject({ enrolled: 0, missing: 1 })
    const content = { name: 'X', assistant_id: await createAssistant(stranger), time_zone: 'UTC', max_attempts: 1, windows: [] }
    expect(await errorOf(account.owner.rpc('save_campaign', { account_id: account.accountId, campaign_id: mine.campaignId, content }))).toMatchObject({ code: 'invalid_input', details: [{ field: 'assistant_id' }] })
    expect((await errorOf(stranger.owner.rpc('save_campaign', { account_id: stranger.accountId, campaign_id: mine.campaignId, content }))).code).toBe('not_found')
  })

  test('a viewer reads and changes nothing; personal values are masked', async () => {
    const { actor: viewer, userId } = await addMember(db, account, 'viewer')
    // Who owns another account sees personal values there, and there alone.
    await db.sql`insert into public.members (account_id, user_id, role) values (${stranger.accountId}, ${userId}, 'owner')`
    const { campaignId } = await createCampaign(account, { contacts: [{ name: 'Grace Hopper', phone: newPhone(), email: 'grace@example.com' }] })
    for (const [name, args] of [['start_campaign', { campaign_id: campaignId }], ['save_contact', { account_id: account.accountId, contact_id: null, content: {} }],
      ['save_assistant', { account_id: account.accountId, assistant_id: null, content: {} }], ['opt_out_number', { account_id: account.accountId, phone: '+12025550100' }]] as const) {
      expect((await errorOf(viewer.rpc(name, args))).code).toBe('forbidden')
    }
    const { rows } = await viewer.rpc<{ rows: { name: string, phone: string, email: string }[] }>('search_contacts', { filter: { account_id: account.accountId } })
    expect(rows[0]).toMatchObject({ name: 'G•••', email: 'g•••' })
    expect(rows[0]?.phone).toMatch(/^\+12•••\d\d$/)
  })

  test('a campaign does not start before it can call somebody, and says what is missing', async () => {
    const { campaignId } = await createCampaign(account, { contacts: 0, content: { windows: [] } })
    const error = await errorOf(account.owner.rpc('start_campaign', { campaign_id: campaignId }))
    expect(error.code).toBe('not_launchable')
    expect(error.details).toMatchObject([{ code: 'no_contacts' }, { code: 'no_window' }])
    const poor = await createCampaign(stranger, { assistant: { maximum_seconds: 1800 } })
    expect((await errorOf(stranger.owner.rpc('start_campaign', { campaign_id: poor.campaignId }))).details).toMatchObject([{ code: 'not_enough_minutes', details: { spendable_seconds: 1200, needed_seconds: 1800 } }])
  })

  test('start, pause, resume and stop work once each from the right state, and name the state otherwise', async () => {
    const { campaignId } = await createCampaign(account)
    const run = (verb: string) => account.owner.rpc(`${verb}_campaign`, { campaign_id: campaignId })
    expect(await errorOf(run('pause'))).toMatchObject({ code: 'conflict', details: { status: 'draft' } })
    expect(await run('start')).toEqual({ status: 'active' })
    expect((await errorOf(run('start'))).code).toBe('conflict')
    expect(await run('pause')).toEqual({ status: 'paused' })
    expect(await run('resume')).toEqual({ status: 'active' })
    expect(await run('stop')).toEqual({ status: 'stopped' })
    expect((await errorOf(run('resume'))).code).toBe('conflict')
    expect(await account.owner.rpc('get_campaign', { campaign_id: campaignId })).toMatchObject({ counters: { removed: 1, waiting: 0 } })
  })

  test('an import takes the good rows, names the bad ones, and answers the same chunk the same', async () => {
    const { import_id: importId } = await account.owner.rpc<{ import_id: string }>('create_import', { account_id: account.accountId, file_name: 'people.csv', default_time_zone: 'Europe/Berlin', row_count: 4 })
    const rows = [
      { row: 2, name: 'Good', phone: newPhone(), time_zone: 'America/Chicago' }, { row: 3, name: 'Default zone', phone: newPhone() },
      { row: 4, name: 'Bad', phone: '12' }, { row: 5, name: 'Zone', phone: newPhone(), time_zone: 'EST' },
    ]
    const first = await account.owner.rpc<Record<string, unknown>>('import_contacts', { import_id: importId, chunk: 0, rows })
    expect(first).toMatchObject({ created: 2, refused: [{ row: 4, field: 'phone', code: 'invalid_number' }, { row: 5, field: 'time_zone', code: 'unknown_time_zone' }] })
    expect(await account.owner.rpc('import_contacts', { import_id: importId, chunk: 0, rows: [{ row: 9 }] })).toEqual(first)
    expect(await account.owner.rpc('import_contacts', { import_id: importId, chunk: 1, rows: rows.slice(0, 2) })).toMatchObject({ created: 0, unchanged: 2 })
    await account.owner.rpc('finish_import', { import_id: importId })
    expect((await errorOf(account.owner.rpc('import_contacts', { import_id: importId, chunk: 2, rows }))).code).toBe('conflict')
  })

  test('a known time zone is never taken away, by whomever: the call that was claimed is dialled', async () => {
    const { accountId, owner } = await openAccount(db)
    const phone = newPhone()
    const { contactIds: [contact_id] } = await startedCampaign({ accountId, owner }, { contacts: [{ phone }] })
    await claim(db)
    const refused = { code: 'invalid_input', details: [{ field: 'time_zone', code: 'required' }] }
    const save = owner.rpc('save_contact', { account_id: accountId, contact_id, content: { phone, name: 'Jo', time_zone: null } })
    expect(await errorOf(save)).toMatchObject(refused)
    expect(await errorOf(db.sql`update public.contacts set time_zone = null, time_zone_source = null where id = ${contact_id!}`)).toMatchObject(refused)
    const [call] = await db.sql`update public.calls set dial_at = private.now() where contact_id = ${contact_id!} returning id`
    expect(await db.asService().rpc('begin_dial', { call_id: call?.id as string })).toMatchObject({ to: phone })
  })

  test('a contact without a time zone is shown as blocked, never dialled, and waits once the zone is known', async () => {
    const phone = newPhone()
    const { campaignId, contactIds } = await createCampaign(account, { contacts: [{ phone, time_zone: null }] })
    expect((await errorOf(account.owner.rpc('start_campaign', { campaign_id: campaignId }))).details).toMatchObject([{ code: 'no_callable_contacts' }])
    await account.owner.rpc('save_contact', { account_id: account.accountId, contact_id: contactIds[0], content: { name: 'Jo', phone, time_zone: 'Asia/Kolkata' } })
    expect(await account.owner.rpc('start_campaign', { campaign_id: campaignId })).toEqual({ status: 'active' })
    await account.owner.rpc('stop_campaign', { campaign_id: campaignId })
  })

  test('an opt-out takes the number out of every campaign at once and keeps it out', async () => {
    const phone = newPhone()
    const first = await startedCampaign(account, { contacts: [{ phone }] })
    const second = await createCampaign(account, { contacts: [] })
    await account.owner.rpc('enrol_contacts', { campaign_id: second.campaignId, contact_ids: first.contactIds })
    expect(await account.owner.rpc('opt_out_number', { account_id: account.accountId, phone })).toMatchObject({ enrolments_count: 2 })
    await claim(db)
    expect(await db.sql`select 1 from public.calls where phone = ${phone}`).toHaveLength(0)
    const third = await createCampaign(account, { contacts: [] })
    expect(await account.owner.rpc('enrol_contacts', { campaign_id: third.campaignId, contact_ids: first.contactIds })).toMatchObject({ blocked: [{ reason: 'do_not_call' }] })
  })

  test('a called number is not changed, and a called contact or campaign is not deleted', async () => {
    const { campaignId, contactIds } = await startedCampaign(account)
    await claim(db)
    const id = contactIds[0]
    expect((await errorOf(account.owner.rpc('delete_contact', { contact_id: id }))).code).toBe('conflict')
    expect(await errorOf(account.owner.rpc('delete_campaign', { campaign_id: campaignId }))).toMatchObject({ code: 'conflict', details: { has_calls: true } })
    expect((await errorOf(account.owner.rpc('save_contact', { account_id: account.accountId, contact_id: id, content: { name: 'X', phone: newPhone(), time_zone: 'UTC' } }))).details).toMatchObject({ field: 'phone' })
  })

  test('two people saving one assistant do not overwrite each other', async () => {
    const id = await createAssistant(account)
    const content = { name: 'Ava', voice_id: 'elliot', language: 'en', greeting: 'Hi', instructions: 'Sell', maximum_seconds: 60 }
    const save = () => account.owner.rpc('save_assistant', { account_id: account.accountId, assistant_id: id, content, expected_version: 1 })
    expect(await save()).toMatchObject({ version: 2 })
    expect(await errorOf(save())).toMatchObject({ code: 'conflict', details: { version: 2 } })
  })
})
