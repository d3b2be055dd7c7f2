/** Contacts, the list and consent, one rule at a time: what a command refuses, and whom it leaves alone. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { createCampaign, createContact, newPhone, startedCampaign } from '../factories/campaign.ts'
import { createDatabase, errorOf, type TestDatabase } from '../support/database.ts'
import { thrownAway } from '../support/thrownAway.ts'

describe('of the people of two accounts', () => {
  let db: TestDatabase
  let account: TestAccount
  let stranger: TestAccount
  /** Both know this number: it waits in a campaign of each. */
  const phone = newPhone()
  let contactId: string
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    stranger = await openAccount(db)
    await startedCampaign(stranger, { contacts: [{ phone }] })
    contactId = (await startedCampaign(account, { contacts: [{ phone }] })).contactIds[0]!
  })
  afterAll(() => db.drop())
  const of = (who: TestAccount, command: string, args: Record<string, unknown>) =>
    who.owner.rpc<Record<string, unknown>>(command, { account_id: who.accountId, ...args })
  const save = (content: Record<string, unknown>, id: string | null = contactId, who = account) =>
    of(who, 'save_contact', { contact_id: id, content: { phone, time_zone: 'America/New_York', ...content } })

  test.each<[what: string, given: string]>([['waits', 'select'], ['was claimed', `update public.calls set id = id; select private.claim_calls(10)`]])(
    'the one who asks for silence is left alone by the account that was asked, who %s', async (_what, given) => {
      const statuses = await thrownAway(db, async (query) => {
        await query(given)
        await query(`select private.list_numbers('${account.accountId}', array['${phone}'], 'hand', '')`)
        return query(`select e.account_id = '${account.accountId}' as is_ours, e.status, c.state from public.enrolments e left join public.calls c on c.enrolment_id = e.id order by 1 desc`)
      })
      expect(statuses).toMatchObject([{ is_ours: true, status: 'opted_out' }, { is_ours: false, status: given === 'select' ? 'waiting' : 'calling' }])
      expect(statuses[1]?.state).toBe(given === 'select' ? null : 'reserved')
    })

  test('each has a list of its own, and who goes on or off it is logged', async () => {
    const number = newPhone()
    for (const who of [account, stranger]) await of(who, 'opt_out_number', { phone: number })
    expect(await db.sql`select from public.activity_log where account_id = ${account.accountId} and verb = 'do_not_call.added'`).toHaveLength(1)
    await of(account, 'remove_opt_out', { phone: number, reason: 'a mistake' })
    expect(await db.sql`select account_id from public.do_not_call where phone = ${number}`).toEqual([{ account_id: stranger.accountId }])
  })

  test('nothing but a number goes on the list', async () => {
    for (const wrong of ['nobody', '12025550101', '', null]) expect((await errorOf(of(account, 'opt_out_number', { phone: wrong }))).code).toBe('invalid_input')
  })

  test('more than a thousand at once are refused', async () => {
    const ids = Array.from({ length: 1001 }, () => randomUUID())
    const { campaignId } = await createCampaign(account, { contacts: 0 })
    const consent = { basis: 'implied', purposes: ['service'], channel: 'other' }
    const { import_id: importId } = await of(account, 'create_import', { file_name: 'x.csv', row_count: 1001 })
    const rows = ids.map((_id, row) => ({ row, phone: newPhone() }))
    expect((await errorOf(account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: ids }))).code).toBe('too_large')
    expect((await errorOf(of(account, 'record_consents', { contact_ids: ids, consent }))).code).toBe('too_large')
    expect((await errorOf(account.owner.rpc('import_contacts', { import_id: importId, chunk: 0, rows }))).code).toBe('too_large')
    expect((await errorOf(of(account, 'import_do_not_call', { phones: rows.map((row) => row.phone) }))).code).toBe('too_large')
  })

  test('a contact keeps a known zone, shares its number with no other one, and belongs to one account', async () => {
    expect(await errorOf(save({ time_zone: null }))).toMatchObject({ code: 'invalid_input', details: [{ field: 'time_zone' }] })
    expect(await errorOf(save({}, null))).toMatchObject({ code: 'conflict', details: { contact_id: contactId } })
    expect((await errorOf(save({ phone: newPhone() }, contactId, stranger))).code).toBe('not_found')
  })

  test('who gets another number before being called is called at that one', async () => {
    const { contactIds } = await startedCampaign(account)
    const number = newPhone()
    await save({ phone: number }, contactIds[0])
    expect(await db.sql`select q.phone from engine.dial_queue q join public.enrolments e on e.id = q.enrolment_id where e.contact_id = ${contactIds[0]!}`).toEqual([{ phone: number }])
  })

  test('who waited for a zone waits to be called once an import brings it', async () => {
    const number = newPhone()
    const { contactIds } = await createCampaign(account, { contacts: [{ phone: number, time_zone: null }] })
    const { import_id: importId } = await of(account, 'create_import', { file_name: 'zones.csv', row_count: 1 })
    await account.owner.rpc('import_contacts', { import_id: importId, chunk: 0, rows: [{ row: 1, phone: number, time_zone: 'America/Chicago' }] })
    expect(await db.sql`select status from public.enrolments where contact_id = ${contactIds[0]!}`).toEqual([{ status: 'waiting' }])
  })

  test('who is blocked for another reason stays so, and who was promised a time waits for that', async () => {
    const found = await thrownAway(db, async (query) => {
      const enrolment = `where contact_id = '${contactId}'`
      await query(`delete from engine.dial_queue; update public.enrolments set status = 'blocked', reason = 'invalid_number' ${enrolment}`)
      await query(`select private.judge_contacts('${account.accountId}', array['${contactId}']::uuid[])`)
      const [judged] = await query(`select status from public.enrolments ${enrolment}`)
      await query(`update public.enrolments set status = 'waiting', reason = null, callback_at = '2030-01-01T09:00:00Z' ${enrolment}`)
      const [entry] = await query<{ due: string }>(`select private.next_entry(e, private.now()) ->> 'due_at' as due from public.enrolments e ${enrolment}`)
      return [judged, new Date(entry!.due)]
    })
    expect(found).toEqual([{ status: 'blocked' }, new Date('2030-01-01T09:00:00Z')])
  })

  test('who was put off is looked at again at once when their hours change', async () => {
    const due = await thrownAway(db, async (query) => {
      const queued = (facts: string) => `update engine.dial_queue q set ${facts} from public.enrolments e where e.id = q.enrolment_id and e.contact_id = '${contactId}'`
      const hours = async () => (await query(`select round(extract(epoch from q.due_at - private.now()) / 3600)::int as hours from engine.dial_queue q join public.enrolments e on e.id = q.enrolment_id
        where e.contact_id = '${contactId}'`))[0]
      await query(queued(`due_at = private.now() + interval '9 hours', wait_reason = 'window_closed'`))
      await query(`select private.move_enrolments('${account.accountId}', array['${contactId}']::uuid[])`)
      const putOff = await hours()
      await query(queued(`due_at = private.now() + interval '9 hours', wait_reason = null`))
      await query(`select private.move_enrolments('${account.accountId}', array['${contactId}']::uuid[])`)
      return [putOff, await hours()]
    })
    expect(due).toEqual([{ hours: 0 }, { hours: 9 }])
  })

  describe('the record that allows a call', () => {
    const valid = async (...records: [basis: string, given: string, contact?: string][]) => thrownAway(db, async (query) => {
      await query('alter table public.consents disable trigger user; delete from public.consents; alter table public.consents enable trigger user')
      for (const [basis, given, contact = contactId] of records) {
        await query(`insert into public.consents (account_id, contact_id, basis, purposes, channel, given_at) values ('${account.accountId}', '${contact}', '${basis}', '{service}', 'other', '${given}')`)
      }
      return (await query(`select c.basis from public.consents c where c.id = private.valid_consent('${contactId}', 'express', 'service', '2026-06-10')`))[0]?.basis ?? null
    })

    test('is the strongest of theirs, not a newer and weaker one', async () => {
      expect(await valid(['express_written', '2026-01-01'], ['express', '2026-05-01'])).toBe('express_written')
    })

    test('is none that is weaker, of a later day, or of somebody else', async () => {
      expect(await valid(['implied', '2026-01-01'])).toBeNull()
      expect(await valid(['express', '2026-06-11'])).toBeNull()
      expect(await valid(['express', '2026-01-01', await createContact(account, { consent: null })])).toBeNull()
    })
  })
})
