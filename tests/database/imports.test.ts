/**
 * An import from the first look at a file to its undo: tried without writing, sent in chunks in any order and more than once, found
 * again by its bytes, taken back where nobody touched what it made.
 */
import { describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall } from '../factories/call.ts'
import { CONSENT, createCampaign, createContact, newPhone, startedCampaign } from '../factories/campaign.ts'
import { createAudience, createList, createTag } from '../factories/group.ts'
import { companyForEach } from '../support/company.ts'
import { errorOf, type TestDatabase } from '../support/database.ts'

type Row = Record<string, unknown>
interface Answer {
  created: number
  unchanged: number
  refused: Row[]
  contact_ids: string[]
}

const HASH = 'ab'.repeat(32)

describe('an import', () => {
  let db: TestDatabase
  let account: TestAccount
  companyForEach((given) => ({ db, account } = given))
  const rpc = <T = Row>(name: string, args: Row) => account.owner.rpc<T>(name, args)
  const open = async (more: Row = {}) => (await rpc<{ import_id: string }>('create_import', { account_id: account.accountId, file_name: 'a.csv', default_time_zone: 'UTC', ...more })).import_id
  const send = (import_id: string, rows: Row[], chunk = 0) => rpc<Answer>('import_contacts', { import_id, chunk, rows })
  const check = (import_id: string, rows: Row[]) => rpc<Answer>('check_import_rows', { import_id, rows })
  const get = (import_id: string) => rpc('get_import', { import_id })
  const contacts = () => db.sql`select * from public.contacts order by phone`

  test('moves from pending to validating, running and completed, each by what is done to it', async () => {
    const id = await open({ row_count: 2 })
    expect(await get(id)).toMatchObject({ status: 'pending', chunks_done: [] })
    await check(id, [{ row: 2, phone: newPhone() }])
    expect(await get(id)).toMatchObject({ status: 'validating', created_count: 0 })
    expect(await contacts()).toHaveLength(0)
    await send(id, [{ row: 2, phone: newPhone() }], 3)
    await send(id, [{ row: 3, phone: newPhone() }, { row: 4, phone: '12' }], 1)
    await check(id, [])
    expect(await get(id)).toMatchObject({ status: 'running', chunks_done: [1, 3], created_count: 2, refused_count: 1 })
    expect((await errorOf(rpc('change_import', { import_id: id, content: {} }))).code).toBe('conflict')
    expect(await rpc('finish_import', { import_id: id })).toEqual({ status: 'completed' })
    expect(await rpc('fail_import', { import_id: id, reason: 'late' })).toEqual({ status: 'completed' })
    expect((await errorOf(send(id, [], 4))).code).toBe('conflict')
    expect(await get(id)).toMatchObject({ status: 'completed', failure_reason: null })
  })

  test('that was given up says why, and goes on with its next chunk', async () => {
    const id = await open()
    await send(id, [{ row: 2, phone: newPhone() }])
    expect(await rpc('fail_import', { import_id: id, reason: 'The tab was closed.' })).toEqual({ status: 'failed' })
    expect(await rpc('finish_import', { import_id: id })).toEqual({ status: 'failed' })
    expect(await get(id)).toMatchObject({ status: 'failed', failure_reason: 'The tab was closed.' })
    await send(id, [{ row: 3, phone: newPhone() }], 1)
    expect(await get(id)).toMatchObject({ status: 'running', failure_reason: null, finished_at: null, created_count: 2 })
  })

  test('changes its answers until rows went in, and refuses what is not there', async () => {
    const id = await open({ options: { duplicates: 'skip' } })
    await rpc('change_import', { import_id: id, content: { default_time_zone: 'Europe/Berlin', row_count: 7, mapping: { a: 1 }, options: { duplicates: 'refuse' }, consent: CONSENT } })
    expect(await get(id)).toMatchObject({ default_time_zone: 'Europe/Berlin', row_count: 7, mapping: { a: 1 }, options: { duplicates: 'refuse' }, consent: { basis: 'express_written' } })
    await rpc('change_import', { import_id: id, content: { consent: null } })
    expect(await get(id)).toMatchObject({ row_count: 7, consent: null, options: { duplicates: 'refuse' } })
    const wrong: [Row, string][] = [[{ default_time_zone: 'EST' }, 'default_time_zone'], [{ options: { duplicates: 'odd' } }, 'duplicates'], [{ options: { default_country: 'usa' } }, 'default_country'],
      [{ options: { consent_defaults: [] } }, 'consent_defaults'], [{ options: [] }, 'options'], [{ consent: { basis: 'sure' } }, 'basis']]
    for (const [content, field] of wrong) expect(await errorOf(rpc('change_import', { import_id: id, content }))).toMatchObject({ code: 'invalid_input', details: [{ field }] })
    expect(await errorOf(open({ file_hash: 'abc' }))).toMatchObject({ details: [{ field: 'file_hash' }] })
    expect(await errorOf(open({ file_name: '' }))).toMatchObject({ details: [{ field: 'file_name' }] })
  })

  test('takes no list, audience or tag that is not its account\'s', async () => {
    const stranger = await openAccount(db)
    const [list_id, tag_id] = [await createList(stranger, { name: 'Theirs' }), await createTag(stranger, 'Theirs')]
    const audience = await createAudience(account, 'New ones', { statuses: ['new'] })
    expect((await errorOf(send(await open(), ['+12025550101'] as unknown as Row[]))).code).toBe('invalid_input')
    for (const options of [{ list_id }, { tag_ids: [tag_id] }, { list_id: audience }, { list_id: 'x' }]) expect((await errorOf(open({ options }))).code).toBe('not_found')
    expect((await errorOf(open({ options: { tag_ids: Array.from({ length: 51 }, (_, n) => `00000000-0000-4000-8000-0000000000${n + 10}`) } }))).code).toBe('too_large')
  })

  test('recognises the same bytes once something of them went in, and forgets files that were dropped and left', async () => {
    const first = await open({ file_hash: HASH })
    expect(await rpc('create_import', { account_id: account.accountId, file_name: 'b.csv', file_hash: HASH })).toMatchObject({ same_file: null })
    await send(first, [{ row: 2, phone: newPhone() }])
    expect(await rpc('create_import', { account_id: account.accountId, file_name: 'b.csv', file_hash: HASH })).toMatchObject({ same_file: { id: first, file_name: 'a.csv', status: 'running', created_count: 1 } })
    const stranger = await openAccount(db)
    expect(await stranger.owner.rpc('create_import', { account_id: stranger.accountId, file_name: 'b.csv', file_hash: HASH })).toMatchObject({ same_file: null })
    await db.shiftClock('25 hours')
    await open()
    expect(await db.sql`select status from public.imports where account_id = ${account.accountId} order by id`).toMatchObject([{ status: 'running' }, { status: 'pending' }])
    const { rows } = await rpc<{ rows: Row[] }>('list_imports', { account_id: account.accountId })
    expect(rows).toMatchObject([{ id: first, created_by_name: 'Ada Test' }])
  })

  test('puts everybody into its list and gives its tags, also who was skipped, and records what each row agreed to', async () => {
    const known = newPhone()
    const knownId = await createContact(account, { phone: known, name: 'Kim', consent: null })
    const options = { list_id: await createList(account, { name: 'Fair' }), tag_ids: [await createTag(account, 'Warm')], duplicates: 'skip', consent_defaults: { purposes: ['sales'], channel: 'paper' } }
    const id = await open({ options })
    const rows = [{ row: 2, phone: known, name: 'Other' }, { row: 3, phone: newPhone(), locale: 'de', segment: 'gold', consent: { basis: 'express', given_at: '2026-01-01T10:00', evidence: 'Form 3' } },
      { row: 4, phone: newPhone(), consent: { basis: 'sure' } }, { row: 5, phone: newPhone(), consent: { basis: 'express', given_at: '2099-01-01' } }, { row: 6, phone: newPhone(), locale: 'German' }]
    const checked = await check(id, rows)
    const answer = await send(id, rows)
    expect(answer).toMatchObject({ created: 1, skipped: 1, refused: [{ row: 4, field: 'consent', code: 'invalid_consent' }, { row: 5, field: 'consent' }, { row: 6, field: 'locale', code: 'unknown_locale' }] })
    expect({ ...answer, contact_ids: undefined }).toEqual({ ...checked, contact_ids: undefined })
    const found = async (import_id: string) => (await rpc<{ rows: Row[] }>('search_contacts', { filter: { account_id: account.accountId, import_id } })).rows.map((row) => row.id)
    expect(await found(id)).toEqual(answer.contact_ids)
    const again = await open()
    await send(again, [{ row: 2, phone: known, company: 'Acme' }])
    expect(await found(again)).toEqual([knownId])
    expect(await rpc('get_contact', { contact_id: knownId })).toMatchObject({ name: 'Kim', lists: [{ name: 'Fair' }], tags: [{ name: 'Warm' }], has_consent: false })
    expect(await rpc('get_contact', { contact_id: answer.contact_ids[0] })).toMatchObject({ locale: 'de', segment: 'gold', lists: [{ name: 'Fair' }], has_consent: true,
      consents: [{ basis: 'express', channel: 'paper', purposes: ['sales'], evidence: 'Form 3', given_at: '2026-01-01T15:00:00+00:00' }] })
  })

  test('hands back each refused row with its cells, page by page, also those that the browser refused', async () => {
    const id = await open()
    await send(id, [{ row: 2, phone: '', cells: ['n/a'], fault: { field: 'phone', code: 'missing_phone' } }, { row: 3, phone: '12', cells: ['12'] }, { row: 4, phone: '13', cells: ['x'.repeat(20_000)] }])
    for (let chunk = 1; chunk < 11; chunk++) await send(id, [{ row: chunk * 1000, phone: '1' }], chunk)
    const first = await rpc<{ rows: Row[], next_cursor: unknown }>('list_refused_rows', { import_id: id })
    expect(first.rows).toHaveLength(12)
    expect(first.rows.slice(0, 3)).toMatchObject([{ row: 2, field: 'phone', code: 'missing_phone', content: { cells: ['n/a'] } }, { row: 3, code: 'invalid_number', content: { phone: '12', cells: ['12'] } }, { row: 4, content: null }])
    const rest = await rpc<{ rows: Row[], next_cursor: unknown }>('list_refused_rows', { import_id: id, cursor: first.next_cursor })
    expect(rest).toMatchObject({ rows: [{ row: 10_000 }], next_cursor: null })
  })

  test('keeps the name by which somebody was called', async () => {
    const { contactIds: [id] } = await startedCampaign(account, { contacts: [{ name: 'Ada', phone: '+12025550177' }] })
    await acceptedCall(db)
    await send(await open(), [{ row: 2, phone: '+12025550177', name: 'Bo', company: 'Acme' }])
    expect(await rpc('get_contact', { contact_id: id })).toMatchObject({ name: 'Ada', company: 'Acme' })
  })

  test('of numbers on the do-not-call list takes the contact and counts it; nobody dials it', async () => {
    const phone = newPhone()
    await rpc('opt_out_number', { account_id: account.accountId, phone })
    const answer = await send(await open({ consent: CONSENT, default_time_zone: 'America/New_York' }), [{ row: 2, phone }, { row: 3, phone: newPhone() }])
    expect(answer).toMatchObject({ created: 2, do_not_call: 1 })
    const { campaignId } = await createCampaign(account, { contacts: 0 })
    expect(await rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: answer.contact_ids })).toMatchObject({ enrolled: 2, blocked: [{ reason: 'do_not_call' }] })
  })

  test('is undone: what nobody touched goes, whoever was enrolled, changed, noted, tagged, listed or opted out stays', async () => {
    const options = { list_id: await createList(account, { name: 'Fair' }), tag_ids: [await createTag(account, 'Warm')] }
    const id = await open({ options, consent: CONSENT })
    const phones = Array.from({ length: 10 }, () => newPhone())
    const { contact_ids: ids } = await send(id, phones.map((phone, row) => ({ row, phone, time_zone: 'America/New_York' })))
    const one = (index: number) => ({ account_id: account.accountId, contact_ids: [ids[index]] })
    expect((await errorOf(rpc('undo_import', { import_id: id }))).code).toBe('conflict')
    await rpc('finish_import', { import_id: id })
    await rpc('enrol_contacts', { campaign_id: (await createCampaign(account, { contacts: 0 })).campaignId, contact_ids: [ids[0]] })
    await rpc('save_contact', { account_id: account.accountId, contact_id: ids[1], content: { phone: phones[1], time_zone: 'America/New_York', company: 'Acme' } })
    await rpc('add_contact_note', { contact_id: ids[2], body: 'Nice' })
    await rpc('tag_contacts', { selection: one(3), add_tag_ids: [await createTag(account, 'Hot')] })
    await rpc('set_list_members', { list_id: await createList(account, { name: 'Web' }), selection: one(4), is_member: true })
    await rpc('opt_out_number', { account_id: account.accountId, phone: phones[5] })
    await rpc('record_consents', { ...one(6), consent: { ...CONSENT, basis: 'implied' } })
    const [{ id: consentId } = { id: '' }] = await db.sql`select id from public.consents where contact_id = ${ids[7]!}`
    await rpc('revoke_consent', { consent_id: consentId as string, reason: 'said so' })
    const undone = { deleted: 2, kept: { called: 0, enrolled: 1, changed: 7 }, next_cursor: null }
    expect(await rpc('preview_undo', { import_id: id })).toEqual(undone)
    expect(await contacts()).toHaveLength(10)
    expect(await rpc('undo_import', { import_id: id })).toEqual(undone)
    expect((await contacts()).map((row) => row.id).sort()).toEqual(ids.slice(0, 8).sort())
    expect(await get(id)).toMatchObject({ undone_count: 2, status: 'completed' })
    expect((await errorOf(rpc('undo_import', { import_id: id }))).code).toBe('conflict')
    expect((await errorOf(send(id, [], 9))).code).toBe('conflict')
    expect(await db.sql`select details from public.activity_log where verb = 'import.undone'`).toEqual([{ details: { deleted_count: 2 } }])
  })

  test('at once with another of the same numbers makes each contact once, and with an opt-out dials nobody', async () => {
    const phones = Array.from({ length: 50 }, () => newPhone())
    const rows = phones.map((phone, row) => ({ row, phone }))
    const [one, other] = [await open(), await open()]
    const [first, second] = await Promise.all([send(one, rows), send(other, [...rows].reverse()), rpc('opt_out_number', { account_id: account.accountId, phone: phones[0] })])
    expect([first.created + second.created, first.unchanged + second.unchanged]).toEqual([50, 50])
    expect(await contacts()).toHaveLength(50)
    expect(await rpc('search_contacts', { filter: { account_id: account.accountId, statuses: ['opted_out'] } })).toMatchObject({ total_count: 1 })
  })
})
