/** A person's erasure: what goes everywhere, what stays as figures, who may order it, and that the number never comes in again. */
import { describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, claim, processEvents, report, sendEvent } from '../factories/call.ts'
import { CONSENT, createContact, newPhone, startedCampaign } from '../factories/campaign.ts'
import { createList, createTag } from '../factories/group.ts'
import { companyForEach } from '../support/company.ts'
import { errorOf, type Actor, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'

type Row = Record<string, unknown>
interface Job { id: number, kind: string, payload: Row }

const NAME = 'Zebulon Quixano'
const PHONE = '+12025550173'
/** Whatever was written of the person or said by them holds one of these. */
const MARKS = ['zebulon', 'quixano', '2025550173', '202) 555-0173', 'marmalade', 'xylo@']

describe('a person who is erased', () => {
  let db: TestDatabase
  let account: TestAccount
  companyForEach((given) => ({ db, account } = given))
  const about = () => ({ account_id: account.accountId })
  const erase = (contact_id: string, actor: Actor = account.owner) => actor.rpc<Row>('erase_contact', { contact_id })
  const get = (contact_id: string) => account.owner.rpc<Row>('get_contact', { contact_id })
  const jobs = async () => (await db.asService().rpc<{ jobs: Job[] }>('claim_outbox', { batch_size: 100 })).jobs.filter(({ kind }) => kind !== 'mail_notices')
  const answer = (job: Job | undefined, result: Row) => db.asService().rpc('record_outbox', { id: job!.id, result })
  const verbs = async (subject: string) => (await db.sql`select verb from public.activity_log where subject_id = ${subject} order by id`).map(({ verb }) => verb as string)

  /** The person with all that an account may come to know of one, after a call that was answered and recorded. */
  async function knownPerson(): Promise<{ contactId: string, campaignId: string, callId: string, providerCallId: string }> {
    const { campaignId, contactIds: [contactId] } = await startedCampaign(account, { contacts: [{ name: NAME, phone: PHONE, email: 'xylo@example.com', company: 'Quixano & Sons', segment: 'marmalade',
      attributes: { likes: 'marmalade' }, wish: { from: '09:00', until: '17:00', days: null }, consent: { ...CONSENT, text_shown: 'Yes, says Zebulon', evidence: 'zebulon.pdf' } }] })
    await db.sql`update public.contacts set calls_from = null, calls_until = null`
    const call = await acceptedCall(db)
    const words = [{ role: 'contact', text: `I am ${NAME}, I make marmalade`, seconds_from_start: 1, duration_seconds: 2 }]
    await db.asService().rpc('record_call_event', { event: { provider: 'vapi', ...report(call.providerCallId, 61, { turns: words, summary: 'Zebulon sells marmalade.', transcript: `${NAME}: marmalade`,
      structured: { customer: NAME, keywords: ['marmalade'] }, ended_reason: `${PHONE} hung up` }) }, body: { customer: { number: PHONE, name: NAME } } })
    await processEvents(db)
    await db.sql`select private.finish_conversations(private.now())`
    await account.owner.rpc('add_contact_note', { contact_id: contactId, body: 'Zebulon likes marmalade' })
    await db.sql`select private.schedule_callback(id, private.now() + interval '2 hours', 'hand', 'ask for Zebulon') from public.enrolments`
    await account.owner.rpc('tag_contacts', { selection: { ...about(), contact_ids: [contactId] }, add_tag_ids: [await createTag(account, 'Warm')] })
    await account.owner.rpc('set_list_members', { list_id: await createList(account, { name: 'Fair' }), selection: { contact_ids: [contactId] }, is_member: true })
    await refusedRow()
    await account.owner.rpc('opt_out_number', { ...about(), phone: PHONE, reason: 'Zebulon asked' })
    return { contactId: contactId!, campaignId, ...call }
  }
  async function refusedRow() {
    const { import_id } = await account.owner.rpc<Row>('create_import', { ...about(), file_name: 'a.csv', default_time_zone: null, row_count: 2, options: { duplicates: 'refuse' } })
    return account.owner.rpc<{ refused: Row[], created: number }>('import_contacts', { import_id, chunk: 0, rows: [{ row: 1, name: NAME, phone: PHONE, attributes: { raw: '(202) 555-0173' } },
      { row: 2, name: 'Somebody', phone: 'none' }] })
  }
  /** Rows anywhere in the database that still tell something, as table: row. */
  async function traces(): Promise<string[]> {
    const tables = await db.sql`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_'`
    expect(tables.length).toBeGreaterThan(80)
    const found: string[] = []
    for (const { name } of tables) {
      const rows = await db.admin.unsafe(`select left(x::text, 300) as row from ${name as string} x where lower(x::text) ~ $1`, [MARKS.map((mark) => mark.replace(/[()]/g, '\\$&')).join('|')])
      found.push(...rows.map(({ row }) => `${name as string}: ${row as string}`))
    }
    return found
  }

  test('leaves no trace in any column of any table, but what calls came to', async () => {
    const { contactId, callId } = await knownPerson()
    expect((await traces()).map((trace) => trace.split(':')[0]), 'what there is to find').toEqual(expect.arrayContaining(['public.contacts', 'public.calls', 'public.call_transcripts',
      'public.contact_notes', 'public.consents', 'public.callbacks', 'public.do_not_call', 'public.do_not_call_history', 'public.import_chunks', 'engine.provider_events']))
    const [before] = await db.sql`select id, attempt_id, talk_seconds, billed_seconds, outcome, price_micros, dialled_at, contact_id from public.calls`
    expect(await erase(contactId)).toEqual({ contact_id: contactId, erased_at: expect.any(String) })
    expect(await traces()).toEqual([])
    expect(await db.sql`select id, attempt_id, talk_seconds, billed_seconds, outcome, price_micros, dialled_at, contact_id from public.calls`).toEqual([before])
    expect(await db.sql`select count(*)::int as n from public.ledger_entries where call_id = ${callId}`).toEqual([{ n: 1 }])
    expect(await get(contactId)).toMatchObject({ name: '', phone: '', email: '', erased_at: expect.any(String), erased_by_name: expect.any(String), notes: [], consents: [{ text_shown: '', evidence: '' }], calls: [{ id: callId }] })
    expect((await verbs(contactId)).at(-1)).toBe('contact.erased')
    expect(await account.owner.rpc('get_call', { call_id: callId })).toMatchObject({ phone: '', contact_name: '', is_listed: true, transcript: null, ended_reason: null,
      transcript_fate: { deleted_at: expect.any(String), deleted_after_days: null } })
    await expectInvariants(db)
  })

  test('is not told of by words that come late, nor by a recording', async () => {
    const { contactId, callId, providerCallId } = await knownPerson()
    await erase(contactId)
    await sendEvent(db, report(providerCallId, 61, { dedupe_key: 'again', turns: [{ role: 'contact', text: 'marmalade' }], structured: { opt_out: true }, tools: [{ name: 'opt_out', arguments: { words: 'Zebulon' } }] }))
    await db.asService().rpc('record_call_event', { event: { provider: 'vapi', dedupe_key: 'noise', provider_call_id: providerCallId, transcript: 'marmalade' }, body: { said: 'marmalade' } })
    await db.sql`insert into engine.provider_events (provider, dedupe_key, account_id, call_id, event, body) values ('vapi', 'meanwhile', ${account.accountId}, ${callId},
      ${db.sql.json({ ...report(providerCallId) as object, summary: 'marmalade', turns: [{ role: 'contact', text: 'marmalade' }] } as never)}, '{"said": "marmalade"}')`
    await processEvents(db)
    expect(await traces()).toEqual([])
    expect(await db.sql`select count(*)::int as n from public.call_transcripts`).toEqual([{ n: 0 }])
    expect(await db.sql`select recording_state from public.calls where id = ${callId}`).toEqual([{ recording_state: 'expired' }])
    expect(await db.sql`select error from engine.provider_events where error is not null`).toEqual([])
  })

  test('has a stored recording deleted whatever the rule says, then the carrier forget the call', async () => {
    const { contactId, callId, providerCallId } = await knownPerson()
    await answer((await jobs()).find(({ kind }) => kind === 'copy_recording'), { ok: true, path: `a/${callId}.mp3`, bytes: 9 })
    await account.owner.rpc('save_privacy', { ...about(), content: { recording_days: null } })
    await erase(contactId)
    const deletion = (await jobs()).find(({ kind }) => kind === 'delete_recording')
    expect(await db.asService().rpc('recording_to_delete', { job_id: deletion!.id })).toEqual({ path: `a/${callId}.mp3` })
    await answer(deletion, { ok: true, is_deleted: true })
    const forgetting = (await jobs()).find(({ kind }) => kind === 'erase_call')
    expect(forgetting?.payload).toMatchObject({ call_id: callId, provider_call_id: providerCallId })
    await answer(forgetting, { ok: true, is_deleted: true })
    expect(await db.sql`select details ->> 'rule' as rule from public.activity_log where verb = 'call.recording_deleted'`).toEqual([{ rule: 'erasure' }])
    expect(await db.sql`select recording_state, recording_path from public.calls where id = ${callId}`).toEqual([{ recording_state: 'expired', recording_path: null }])
  })

  test('has a recording deleted that was on its way, when it has come', async () => {
    const { contactId, callId } = await knownPerson()
    const copy = (await jobs()).find(({ kind }) => kind === 'copy_recording')
    await erase(contactId)
    await answer(copy, { ok: true, path: `a/${callId}.mp3`, bytes: 9 })
    expect((await jobs()).map(({ kind }) => kind)).toContain('delete_recording')
  })

  test('of whom only the carrier has the recording is forgotten there, also when a rule becomes longer meanwhile', async () => {
    const { contactId, callId } = await knownPerson()
    await db.sql`update engine.outbox set done_at = private.now() where kind = 'copy_recording'`
    await db.sql`update public.calls set recording_state = 'failed'`
    await erase(contactId)
    await account.owner.rpc('save_privacy', { ...about(), content: { recording_days: 900 } })
    const forgetting = (await jobs()).find(({ kind }) => kind === 'erase_call')
    expect(forgetting?.payload).toMatchObject({ call_id: callId, rule: 'erasure' })
    await answer({ ...forgetting!, kind: 'erase_call' }, { ok: false, is_final: true, error: 'refused' })
    expect(await account.owner.rpc('get_privacy', about())).toMatchObject({ failed_count: 1 })
  })

  test('and whose deletion is given up is told of until it is tried again', async () => {
    const { contactId, callId } = await knownPerson()
    await answer((await jobs()).find(({ kind }) => kind === 'copy_recording'), { ok: true, path: `a/${callId}.mp3`, bytes: 9 })
    await erase(contactId)
    await answer((await jobs()).find(({ kind }) => kind === 'delete_recording'), { ok: false, is_final: true, error: 'full' })
    expect(await account.owner.rpc('get_privacy', about())).toMatchObject({ failed_count: 1 })
    expect(await account.owner.rpc('retry_deletions', about())).toEqual({ count: 1 })
  })

  test('never comes in again: not by hand, file, correction or list, until an owner takes the number off', async () => {
    const { contactId } = await knownPerson()
    const other = await createContact(account)
    await db.sql`update public.calls set settled_at = private.now(), state = 'settled' where settled_at is null`
    await erase(contactId)
    const save = () => createContact(account, { phone: PHONE })
    expect(await errorOf(save())).toMatchObject({ code: 'conflict', details: { reason: 'erased' } })
    expect(await errorOf(account.owner.rpc('correct_number', { contact_id: other, phone: PHONE }))).toMatchObject({ details: { reason: 'erased' } })
    expect((await refusedRow()).refused).toMatchObject([{ row: 1, code: 'erased_number' }, { row: 2, code: 'invalid_number' }])
    expect(await account.owner.rpc('opt_out_number', { ...about(), phone: PHONE })).toMatchObject({ added_count: 0 })
    expect(await account.owner.rpc('import_do_not_call', { ...about(), phones: [PHONE] })).toMatchObject({ added_count: 0, already_count: 1 })
    expect(await db.sql`select count(*)::int as n from public.do_not_call where account_id = ${account.accountId}`).toEqual([{ n: 0 }])
    const listed = (text: string) => account.owner.rpc<Row>('list_do_not_call', { filter: { ...about(), text } })
    expect(await listed('(1) 202-555-0173')).toMatchObject({ erased_count: 1, erased: null })
    expect(await listed(PHONE)).toMatchObject({ erased: { phone: PHONE, erased_at: expect.any(String) } })
    const stranger = await openAccount(db)
    await erase(await createContact(stranger, { phone: PHONE }), stranger.owner)
    expect(await db.sql`select count(distinct digest)::int as n from engine.erased_numbers`, 'nobody can tell that two accounts knew one person').toEqual([{ n: 2 }])
    await account.owner.rpc('remove_opt_out', { ...about(), phone: PHONE, reason: 'Came back' })
    expect(await save()).toEqual(expect.any(String))
  })

  test('is found nowhere, and nothing can be said of them any more', async () => {
    const { contactId, campaignId, callId } = await knownPerson()
    await erase(contactId)
    expect(await account.owner.rpc('search_contacts', { filter: about() })).toMatchObject({ rows: [], total_count: 0 })
    expect((await account.owner.rpc<{ rows: Row[] }>('export_contacts', { selection: { ...about(), contact_ids: [contactId] } })).rows).toEqual([])
    expect(await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: [contactId] })).toMatchObject({ enrolled: 0, missing: 1 })
    expect(await errorOf(account.owner.rpc('add_contact_note', { contact_id: contactId, body: 'Zebulon' }))).toMatchObject({ code: 'conflict', details: { reason: 'erased' } })
    expect(await errorOf(account.owner.rpc('save_contact', { ...about(), contact_id: contactId, content: { name: NAME, phone: newPhone() } }))).toMatchObject({ details: { reason: 'erased' } })
    await account.owner.rpc('set_disposition', { call_id: callId, disposition: 'do_not_call', own_disposition_id: null })
    expect(await db.sql`select from public.do_not_call`, 'there is no number left to list').toEqual([])
    expect(await errorOf(account.owner.rpc('correct_number', { contact_id: contactId, phone: newPhone() }))).toMatchObject({ details: { reason: 'erased' } })
    expect(await account.owner.rpc('record_consents', { ...about(), contact_ids: [contactId], consent: { ...CONSENT, given_at: '2025-02-01T00:00:00Z' } })).toMatchObject({ recorded: 0, missing: 1 })
    expect((await db.sql`update public.contacts set name = 'Zebulon' where id = ${contactId}`.catch((error: Error) => error.message))).toMatch('who_is_erased_is_nobody')
  })

  test('is taken out of every queue first, and not erased during a call', async () => {
    const { contactIds: [waiting, calling] } = await startedCampaign(account, { contacts: 2 })
    const status = async (id: string | undefined) => (await db.sql`select status from public.enrolments where contact_id = ${id!}`)[0]!.status as string
    await claim(db, 1)
    const [reserved] = await db.sql`select contact_id as id from public.calls where state = 'reserved'`
    await erase(reserved!.id as string)
    expect(await status(reserved!.id as string)).toBe('removed')
    const other = [waiting, calling].find((id) => id !== reserved!.id)!
    const { providerCallId } = await acceptedCall(db)
    expect(await errorOf(erase(other))).toMatchObject({ code: 'conflict', details: { reason: 'calling' } })
    expect((await get(other)).phone).not.toBe('')
    await sendEvent(db, report(providerCallId))
    await processEvents(db)
    await erase(other)
    const { contactIds: [only], campaignId } = await startedCampaign(account)
    await erase(only!)
    expect(await db.sql`select status from public.campaigns where id = ${campaignId}`).toEqual([{ status: 'completed' }])
    await expectInvariants(db)
  })

  test('goes with the number that was corrected, and again changes nothing', async () => {
    const { contactId } = await knownPerson()
    const { contact_id: copy } = await account.owner.rpc<{ contact_id: string }>('correct_number', { contact_id: contactId, phone: '+12025550199' })
    const first = await erase(copy)
    expect(await traces()).toEqual([])
    expect(await db.sql`select count(*)::int as n from engine.erased_numbers`).toEqual([{ n: 2 }])
    await db.shiftClock('1 hour')
    expect(await erase(copy)).toEqual(first)
    expect((await verbs(copy)).filter((verb) => verb === 'contact.erased')).toHaveLength(1)
  })

  test('is erased by owners and admins of their account alone', async () => {
    const { contactId } = await knownPerson()
    for (const role of ['agent', 'viewer'] as const) expect(await errorOf(erase(contactId, (await addMember(db, account, role)).actor))).toMatchObject({ code: 'forbidden', details: { permission: 'contacts.erase' } })
    expect((await errorOf(erase(contactId, (await openAccount(db)).owner))).code).toBe('not_found')
    await erase(contactId, (await addMember(db, account, 'admin')).actor)
    expect((await get(contactId)).erased_at).not.toBeNull()
  })
})
