/** The do-not-call list: one transaction takes a number out of everything, nothing but an admin takes it off, and all of it stays known. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { claim, dialOne } from '../factories/call.ts'
import { createCampaign, createContact, newPhone, startedCampaign } from '../factories/campaign.ts'
import { createDatabase, errorOf, type Actor, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'

describe('the do-not-call list', () => {
  let db: TestDatabase
  let account: TestAccount
  let admin: Actor
  let agent: Actor
  let viewer: Actor
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    admin = (await addMember(db, account, 'admin')).actor
    agent = (await addMember(db, account, 'agent')).actor
    viewer = (await addMember(db, account, 'viewer')).actor
  })
  afterEach(() => expectInvariants(db))
  afterAll(() => db.drop())

  const optOut = (phone: string, args: Record<string, unknown> = {}, who: Actor = account.owner) => who.rpc('opt_out_number', { account_id: account.accountId, phone, ...args })
  const remove = (phone: string, reason: unknown, who: Actor = admin) => who.rpc('remove_opt_out', { account_id: account.accountId, phone, reason })
  const history = (phone: string) => account.owner.rpc<Record<string, unknown>[]>('do_not_call_history', { account_id: account.accountId, phone })
  const statuses = async (phone: string) => (await db.sql<{ status: string }[]>`select e.status from public.enrolments e join public.contacts p on p.id = e.contact_id where p.phone = ${phone} order by 1`).map((row) => row.status)

  test('takes a number out of every campaign at once: waiting, blocked and reserved', async () => {
    const phone = newPhone()
    const { contactIds } = await startedCampaign(account, { contacts: [{ phone }] })
    for (let more = 0; more < 3; more++) {
      const { campaignId } = await createCampaign(account, { contacts: [] })
      await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: contactIds })
    }
    await db.sql`update public.enrolments set status = 'blocked', reason = 'invalid_number' where id = (select e.id from public.enrolments e join public.campaigns k on k.id = e.campaign_id
      where e.contact_id = ${contactIds[0]!} and k.status = 'draft' limit 1)`
    await db.sql`delete from engine.dial_queue q using public.enrolments e where e.id = q.enrolment_id and e.status = 'blocked'`
    expect(await claim(db)).toHaveLength(1)
    expect(await optOut(phone)).toEqual({ phone, added_count: 1, enrolments_count: 4, voided_count: 1 })
    expect(await statuses(phone)).toEqual(Array(4).fill('opted_out'))
    expect(await db.sql`select 1 from engine.dial_queue where phone = ${phone}`).toHaveLength(0)
    expect(await optOut(phone)).toEqual({ phone, added_count: 0, enrolments_count: 0, voided_count: 0 })
  })

  test('takes in whoever gets a listed number later', async () => {
    const [listed, phone] = [newPhone(), newPhone()]
    const { contactIds } = await startedCampaign(account, { contacts: [{ phone }] })
    await optOut(listed)
    await account.owner.rpc('save_contact', { account_id: account.accountId, contact_id: contactIds[0], content: { phone: listed, name: 'Jo', time_zone: 'America/New_York' } })
    expect(await statuses(listed)).toEqual(['opted_out'])
    expect(await history(listed)).toHaveLength(1)
  })

  test('ends a campaign that has nobody left', async () => {
    const phone = newPhone()
    const { campaignId } = await startedCampaign(account, { contacts: [{ phone }] })
    await optOut(phone)
    expect(await db.sql`select status from public.campaigns where id = ${campaignId}`).toEqual([{ status: 'completed' }])
  })

  test('is undone by no import, edit, enrolment or second listing', async () => {
    const phone = newPhone()
    await optOut(phone, { reason: 'asked on the street' })
    const { import_id: importId } = await account.owner.rpc<{ import_id: string }>('create_import', { account_id: account.accountId, file_name: 'a.csv', default_time_zone: 'UTC', row_count: 1 })
    await account.owner.rpc('import_contacts', { import_id: importId, chunk: 0, rows: [{ row: 1, name: 'Al', phone }] })
    const [contact] = await db.sql`select id from public.contacts where phone = ${phone}`
    await account.owner.rpc('save_contact', { account_id: account.accountId, contact_id: contact?.id, content: { phone, name: 'Al B', time_zone: 'America/New_York' } })
    const { campaignId } = await createCampaign(account, { contacts: [] })
    expect(await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: [contact?.id] })).toMatchObject({ blocked: [{ reason: 'do_not_call' }] })
    await optOut(phone, { reason: 'another reason' })
    expect(await history(phone)).toMatchObject([{ change: 'added', source: 'hand', reason: 'asked on the street', actor_name: expect.any(String) }])
  })

  test('is left only by an owner or admin with a reason, and both stay in the history', async () => {
    const phone = newPhone()
    const { contactIds, campaignId } = await createCampaign(account, { contacts: [{ phone }] })
    await optOut(phone)
    for (const who of [agent, viewer]) expect(await errorOf(remove(phone, 'because', who))).toMatchObject({ code: 'forbidden', details: { permission: 'do_not_call.remove' } })
    for (const reason of ['', '  ', null]) expect(await errorOf(remove(phone, reason))).toMatchObject({ code: 'invalid_input', details: [{ field: 'reason' }] })
    expect(await remove(phone, ' called us and asked for it ')).toEqual({ phone })
    expect((await errorOf(remove(phone, 'again'))).code).toBe('not_found')
    expect(await history(phone)).toMatchObject([{ change: 'removed', source: 'hand', reason: 'called us and asked for it' }, { change: 'added' }])
    expect(await statuses(phone)).toEqual(['opted_out'])
    expect(await db.sql`select verb from public.activity_log where subject_id = ${contactIds[0]!} and verb like 'do_not_call.%' order by id`).toEqual([{ verb: 'do_not_call.added' }, { verb: 'do_not_call.removed' }])
    expect(await account.owner.rpc('list_enrolments', { campaign_id: campaignId })).toMatchObject({ rows: [{ status: 'opted_out' }] })
  })

  test('takes a thousand numbers at once, tells the bad ones by their place, and takes the same again as nothing', async () => {
    const phone = newPhone()
    await startedCampaign(account, { contacts: [{ phone }] })
    const phones = [...Array.from({ length: 995 }, (_, n) => `+4930${1_000_000 + n}`), phone, phone, '12', 12025550101, null]
    const add = (list: unknown = phones, who: Actor = account.owner) => who.rpc('import_do_not_call', { account_id: account.accountId, phones: list, reason: 'old list' })
    expect(await add()).toEqual({ added_count: 996, already_count: 0, enrolments_count: 1, voided_count: 0,
      refused: [998, 999, 1000].map((row) => ({ row, field: 'phone', code: 'invalid_number' })) })
    expect(await add()).toMatchObject({ added_count: 0, already_count: 996, enrolments_count: 0 })
    expect(await add([])).toMatchObject({ added_count: 0, refused: [] })
    expect((await errorOf(add([...phones, '+4930123456'])))).toMatchObject({ code: 'too_large' })
    for (const list of [{}, 'x', null, 7]) expect((await errorOf(add(list))).code).toBe('invalid_input')
    expect((await errorOf(add([], viewer))).code).toBe('forbidden')
    expect(await db.sql`select distinct source, reason from public.do_not_call where account_id = ${account.accountId} and phone like '+4930%'`).toEqual([{ source: 'import', reason: 'old list' }])
  })

  test('does not let a person claim that a call said so', async () => {
    for (const source of ['tool_call', 'analysis', 'disposition', 'import']) expect(await errorOf(optOut(newPhone(), { source }))).toMatchObject({ code: 'invalid_input', details: [{ field: 'source' }] })
  })

  test('keeps a history that nobody can change', async () => {
    const phone = newPhone()
    await optOut(phone)
    await expect(db.sql`update public.do_not_call_history set reason = 'x' where phone = ${phone}`).rejects.toThrow('append-only')
    await expect(db.sql`delete from public.do_not_call_history where phone = ${phone}`).rejects.toThrow('append-only')
  })

  test('is read page by page, masked for a viewer, closed to agents and strangers, found by number and by name', async () => {
    const stranger = await openAccount(db)
    const phones = [newPhone(), newPhone(), newPhone()]
    await createContact(stranger, { phone: phones[0], name: 'Grace Hopper' })
    for (const phone of phones) await stranger.owner.rpc('opt_out_number', { account_id: stranger.accountId, phone, reason: 'mail' })
    const list = (filter = {}, cursor: unknown = null, who = stranger.owner) =>
      who.rpc<{ rows: Record<string, unknown>[], next_cursor: unknown, total_count: number }>('list_do_not_call', { filter: { account_id: stranger.accountId, ...filter }, cursor, page_size: 2 })
    const first = await list()
    expect(first).toMatchObject({ total_count: 3, rows: [{ phone: phones[2], source: 'hand', reason: 'mail', created_by_name: expect.any(String), contact_name: null }, { phone: phones[1] }] })
    expect(await list({}, first.next_cursor)).toMatchObject({ rows: [{ phone: phones[0], contact_name: 'Grace Hopper' }], next_cursor: null })
    expect(await list({ text: 'hopper' })).toMatchObject({ total_count: 1, rows: [{ phone: phones[0] }] })
    expect(await list({ text: phones[1]!.slice(4) })).toMatchObject({ total_count: 1, rows: [{ phone: phones[1] }] })
    const masked = await list({ text: phones[1] }, null, (await addMember(db, stranger, 'viewer')).actor)
    expect(masked.total_count).toBe(3)
    expect(JSON.stringify(masked)).not.toMatch(/\+1202\d{4}/)
    expect((await errorOf(list({}, null, (await addMember(db, stranger, 'agent')).actor))).code).toBe('forbidden')
    expect((await errorOf(list({}, null, account.owner))).code).toBe('not_found')
    expect((await errorOf(account.owner.rpc('do_not_call_history', { account_id: stranger.accountId, phone: phones[0] }))).code).toBe('not_found')
    expect((await errorOf(account.owner.rpc('remove_opt_out', { account_id: stranger.accountId, phone: phones[0], reason: 'x' }))).code).toBe('not_found')
    expect((await errorOf(account.owner.rpc('import_do_not_call', { account_id: stranger.accountId, phones: [], reason: 'x' }))).code).toBe('not_found')
  })

  test('two sessions that list the same number, or list and remove it, end as if one came after the other', async () => {
    const phone = newPhone()
    const { campaignId } = await startedCampaign(account, { contacts: [{ phone }] })
    const [one, other] = [await db.session({ userId: account.userId }), await db.session({ userId: account.userId })]
    const args = { account_id: account.accountId, phone }
    await one.begin()
    expect(await one.rpc('opt_out_number', args)).toMatchObject({ added_count: 1, enrolments_count: 1 })
    const second = other.rpc('opt_out_number', args)
    await one.commit()
    expect(await second).toMatchObject({ added_count: 0, enrolments_count: 0 })
    await one.begin()
    await one.rpc('remove_opt_out', { ...args, reason: 'x' })
    const third = other.rpc('opt_out_number', args)
    await one.commit()
    expect(await third).toMatchObject({ added_count: 1 })
    expect((await history(phone)).map((line) => line.change)).toEqual(['added', 'removed', 'added'])
    await Promise.all([one.close(), other.close()])
    expect(await db.sql`select status from public.campaigns where id = ${campaignId}`).toEqual([{ status: 'completed' }])
  })

  test('a call that is on its way goes on, and its contact is not called again', async () => {
    const phone = newPhone()
    await startedCampaign(account, { contacts: [{ phone }] })
    const { callId } = await dialOne(db)
    expect(await optOut(phone)).toMatchObject({ voided_count: 0, enrolments_count: 0 })
    await db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'refused', class: 'capacity', message: 'full' } })
    expect(await statuses(phone)).toEqual(['opted_out'])
  })
})
