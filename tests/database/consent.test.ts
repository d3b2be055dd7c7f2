/** Consent: what is recorded, what it opens, what its absence closes. The rules of the United States ask for it, those of the United Kingdom for sales only. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { claim } from '../factories/call.ts'
import { CONSENT, createCampaign, createContact, newPhone, startedCampaign } from '../factories/campaign.ts'
import { errorOf, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

type Row = Record<string, unknown>
const EXPRESS = { basis: 'express', purposes: ['service'], channel: 'spoken' }

describe('consent', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
  })
  afterEach(async () => {
    await expectInvariants(db)
  })
  afterAll(() => db.drop())

  const record = (contactIds: string[], consent: Row, actor = account.owner) =>
    actor.rpc<Row>('record_consents', { account_id: account.accountId, contact_ids: contactIds, consent })
  const enrolment = async (contactId: string) =>
    (await db.sql`select e.status, e.reason, q.rank, q.attempt_no from public.enrolments e left join engine.dial_queue q on q.enrolment_id = e.id where e.contact_id = ${contactId}`)[0]
  const bare = (content: Row = {}) => createContact(account, { consent: null, ...content })
  const consents = async (contactId: string) => (await account.owner.rpc<{ consents: Row[] }>('get_contact', { contact_id: contactId })).consents
  const status = async (campaignId: string) => (await account.owner.rpc<{ status: string }>('get_campaign', { campaign_id: campaignId })).status

  test('is a record of what, for what, how, when, in which words and by whom', async () => {
    const id = await bare()
    const given = { basis: 'express_written', purposes: ['reminder', 'sales', 'sales'], channel: 'paper', given_at: '2026-01-05T10:30', text_shown: ' You may call me. ', evidence: 'Folder 12' }
    expect(await record([id], given)).toEqual({ recorded: 1, already: 0, withdrawn: 0, missing: 0 })
    expect(await record([id], given)).toEqual({ recorded: 0, already: 1, withdrawn: 0, missing: 0 })
    expect(await consents(id)).toMatchObject([{ basis: 'express_written', purposes: ['sales', 'reminder'], channel: 'paper', text_shown: 'You may call me.', evidence: 'Folder 12', recorded_by_name: 'Ada Test', revoked_at: null }])
    expect(new Date((await consents(id))[0]?.given_at as string)).toEqual(new Date('2026-01-05T15:30:00Z'))
  })

  test.each<[string, string, Row]>([
    ['basis', 'unknown', { basis: 'sure' }], ['basis', 'unknown', { basis: null }], ['purposes', 'unknown', { purposes: [] }], ['purposes', 'unknown', { purposes: ['spam'] }],
    ['purposes', 'unknown', { purposes: [null] }], ['purposes', 'unknown', { purposes: 'sales' }], ['channel', 'unknown', { channel: 'pigeon' }], ['given_at', 'shape', { given_at: '5 May' }],
    ['given_at', 'future', { given_at: '2099-01-01T00:00:00Z' }], ['text_shown', 'length', { text_shown: 'x'.repeat(4001) }], ['evidence', 'length', { evidence: 'x'.repeat(501) }],
  ])('refuses with the field %s and %s: %j', async (field, code, wrong) => {
    const id = await bare()
    expect(await errorOf(record([id], { ...EXPRESS, ...wrong }))).toMatchObject({ code: 'invalid_input', details: [{ field, code }] })
    expect(await errorOf(account.owner.rpc('save_contact', { account_id: account.accountId, contact_id: null, content: { phone: newPhone(), consent: { ...EXPRESS, ...wrong } } }))).toMatchObject({ details: [{ field }] })
  })

  test('nobody without it is called, and recording it is enough for them to wait', async () => {
    const [without, withIt] = [await bare(), await createContact(account)]
    const { campaignId } = await createCampaign(account, { contacts: [] })
    const answer = await account.owner.rpc<{ blocked: Row[] }>('enrol_contacts', { campaign_id: campaignId, contact_ids: [without, withIt] })
    expect(answer.blocked).toEqual([{ contact_id: without, reason: 'no_consent' }])
    await account.owner.rpc('start_campaign', { campaign_id: campaignId })
    expect(await account.owner.rpc('get_campaign', { campaign_id: campaignId })).toMatchObject({ no_consent_count: 1, counters: { waiting: 1, blocked: 1 } })
    await record([without], EXPRESS)
    expect(await enrolment(without)).toMatchObject({ status: 'waiting', reason: null, rank: 2, attempt_no: 1 })
    expect(await claim(db)).toHaveLength(2)
  })

  test.each<[string, string, Row, boolean]>([
    ['+12025550001', 'service', { basis: 'implied', purposes: ['service'] }, false], ['+12025550001', 'service', { basis: 'express', purposes: ['service'] }, true],
    ['+12025550001', 'service', { basis: 'express', purposes: ['survey'] }, false], ['+12025550001', 'sales', { basis: 'express', purposes: ['sales'] }, false],
    ['+12025550001', 'sales', { basis: 'express_written', purposes: ['sales', 'service'] }, true], ['+442055500011', 'sales', { basis: 'implied', purposes: ['sales'] }, false],
    ['+442055500011', 'sales', { basis: 'express', purposes: ['sales'] }, true], ['+442055500011', 'service', { basis: 'implied', purposes: ['sales'] }, true],
  ])('%s may be called for %s with %j: %s', async (phone, purpose, consent, may) => {
    const id = await bare({ phone, consent: { ...EXPRESS, ...consent } })
    const { campaignId } = await createCampaign(account, { contacts: [], content: { purpose } })
    await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: [id] })
    expect(await enrolment(id)).toMatchObject(may ? { status: 'waiting' } : { status: 'blocked', reason: 'no_consent' })
  })

  test('re-opens a completed campaign, and is no way back into a stopped one', async () => {
    const ids = [await createContact(account), await bare(), await bare()]
    const { campaignId } = await createCampaign(account, { contacts: [] })
    await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: ids })
    await account.owner.rpc('start_campaign', { campaign_id: campaignId })
    await account.owner.rpc('delete_contact', { contact_id: ids[0] })
    expect(await status(campaignId)).toBe('completed')
    await record([ids[1]!], EXPRESS)
    expect(await status(campaignId)).toBe('active')
    await account.owner.rpc('stop_campaign', { campaign_id: campaignId })
    await record([ids[2]!], EXPRESS)
    expect([await status(campaignId), (await enrolment(ids[2]!))?.status]).toEqual(['stopped', 'blocked'])
  })

  test('revoked, takes the contact out of every queue and off the line at once, for good', async () => {
    const id = await bare({ consent: EXPRESS })
    const other = await createContact(account)
    const campaigns = [await startedCampaign(account), await startedCampaign(account)]
    for (const { campaignId } of campaigns) await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: [id, other] })
    await claim(db, 5)
    const [reserved] = await db.sql`select id from public.calls where contact_id = ${id}`
    expect(reserved).toBeDefined()
    const [{ id: consentId } = { id: '' }] = await consents(id)
    expect(await errorOf(account.owner.rpc('revoke_consent', { consent_id: consentId, reason: ' ' }))).toMatchObject({ details: [{ field: 'reason', code: 'required' }] })
    const first = await account.owner.rpc('revoke_consent', { consent_id: consentId, reason: 'They wrote to us' })
    expect(await account.owner.rpc('revoke_consent', { consent_id: consentId, reason: 'Again' })).toEqual(first)
    expect((await db.sql`select state from public.calls where id = ${reserved?.id as string}`)[0]?.state).toBe('voided')
    expect((await db.sql`select status, reason from public.enrolments where contact_id = ${id}`).map((row) => ({ ...row }))).toEqual([{ status: 'blocked', reason: 'no_consent' }, { status: 'blocked', reason: 'no_consent' }])
    expect(await consents(id)).toMatchObject([{ revoke_reason: 'They wrote to us' }])
    await expectInvariants(db)
    // An old list does not undo it; a new agreement does.
    expect(await record([id], { ...EXPRESS, given_at: '2026-01-01T00:00:00Z' })).toMatchObject({ recorded: 0, withdrawn: 1 })
    expect((await enrolment(id))?.status).toBe('blocked')
    await db.shiftClock('1 hour')
    expect(await record([id], EXPRESS)).toMatchObject({ recorded: 1 })
    expect((await enrolment(id))?.status).toBe('waiting')
  })

  test('revoked while the call is dialled, lets that call be and blocks what would follow', async () => {
    const id = await bare({ consent: EXPRESS })
    const { campaignId } = await createCampaign(account, { contacts: [] })
    await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: [id] })
    await account.owner.rpc('start_campaign', { campaign_id: campaignId })
    const [call] = await claim(db)
    const [dispatcher, person] = [await db.session('service'), await db.session({ userId: account.userId })]
    const consentId = (await consents(id))[0]?.id
    await dispatcher.begin()
    expect(await dispatcher.rpc('begin_dial', { call_id: call?.call_id })).not.toBeNull()
    const revoked = person.rpc('revoke_consent', { consent_id: consentId, reason: 'x' })
    await dispatcher.commit()
    await revoked
    expect((await db.sql`select state from public.calls`)[0]?.state).toBe('dialing')
    await Promise.all([dispatcher.close(), person.close()])
  })

  test('revoked first, leaves nothing to dial', async () => {
    const id = await bare({ consent: EXPRESS })
    const { campaignId } = await createCampaign(account, { contacts: [] })
    await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: [id] })
    await account.owner.rpc('start_campaign', { campaign_id: campaignId })
    const [call] = await claim(db)
    const [dispatcher, person] = [await db.session('service'), await db.session({ userId: account.userId })]
    await person.begin()
    await person.rpc('revoke_consent', { consent_id: (await consents(id))[0]?.id, reason: 'x' })
    const dialled = dispatcher.rpc('begin_dial', { call_id: call?.call_id })
    await person.commit()
    expect(await dialled).toBeNull()
    expect(await status(campaignId)).toBe('completed')
    await Promise.all([dispatcher.close(), person.close()])
  })

  test('is needed anew when the purpose changes, and when somebody turns out to live elsewhere', async () => {
    const phone = '+442055500022'
    const [american, british] = [await bare({ consent: EXPRESS }), await bare({ phone, time_zone: 'Europe/London' })]
    const { campaignId } = await createCampaign(account, { contacts: [] })
    await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: [american, british] })
    expect([(await enrolment(american))?.status, (await enrolment(british))?.status]).toEqual(['waiting', 'waiting'])
    const save = (content: Row) => account.owner.rpc('save_campaign', { account_id: account.accountId, campaign_id: campaignId, content })
    await save({ purpose: 'sales' })
    expect([(await enrolment(american))?.reason, (await enrolment(british))?.reason]).toEqual(['no_consent', 'no_consent'])
    await save({ purpose: 'service' })
    expect([(await enrolment(american))?.status, (await enrolment(british))?.status]).toEqual(['waiting', 'waiting'])
    await account.owner.rpc('save_contact', { account_id: account.accountId, contact_id: british, content: { phone, time_zone: 'America/New_York', region: 'US-NY' } })
    expect((await enrolment(british))?.reason).toBe('no_consent')
  })

  test('is judged anew by the tick when a rule begins or ends', async () => {
    const id = await bare()
    const { campaignId } = await createCampaign(account, { contacts: [{}] })
    await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: [id] })
    expect((await enrolment(id))?.status).toBe('blocked')
    await db.sql`update public.rules set is_on = false where kind = 'consent' and pack_id = 'us-federal'`
    await db.sql`select private.tick()`
    expect((await enrolment(id))?.status).toBe('waiting')
    await db.sql`update public.rules set is_on = true where kind = 'consent' and pack_id = 'us-federal'`
    await db.sql`select private.tick()`
    expect((await enrolment(id))?.reason).toBe('no_consent')
  })

  test('and zone are asked one after the other', async () => {
    const phone = newPhone()
    const id = await bare({ phone, time_zone: null })
    const { campaignId } = await createCampaign(account, { contacts: [] })
    await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: [id] })
    expect((await enrolment(id))?.reason).toBe('time_zone_unknown')
    await account.owner.rpc('save_contact', { account_id: account.accountId, contact_id: id, content: { phone, time_zone: 'America/Chicago' } })
    expect((await enrolment(id))?.reason).toBe('no_consent')
    await record([id], EXPRESS)
    expect((await enrolment(id))?.status).toBe('waiting')
  })

  test('is overridden by an admin with a reason, logged, and needed again when that is taken back', async () => {
    const ids = [await bare(), await bare()]
    const { campaignId } = await createCampaign(account, { contacts: [] })
    await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: ids })
    expect(await errorOf(account.owner.rpc('start_campaign', { campaign_id: campaignId }))).toMatchObject({ details: [{ code: 'no_callable_contacts', details: { no_consent_count: 2 } }] })
    const override = (reason: string | null, actor = account.owner) => actor.rpc('override_consent', { campaign_id: campaignId, reason })
    for (const role of ['agent', 'viewer'] as const) expect((await errorOf(override('x', (await addMember(db, account, role)).actor))).code).toMatch(/forbidden|not_found/)
    expect((await errorOf(override('x', (await openAccount(db)).owner))).code).toBe('not_found')
    expect(await errorOf(override('  '))).toMatchObject({ details: [{ field: 'reason', code: 'required' }] })
    const admin = await addMember(db, account, 'admin')
    expect(await override('Patients who booked', admin.actor)).toEqual({ is_overridden: true, is_judged: true })
    await override('Patients who booked', admin.actor)
    expect(await account.owner.rpc('get_campaign', { campaign_id: campaignId })).toMatchObject({ consent_override: { reason: 'Patients who booked' }, no_consent_count: 0, counters: { waiting: 2 } })
    const log = await db.sql`select verb, actor_id, details from public.activity_log where subject_id = ${campaignId} and verb like 'campaign.consent%'`
    expect(log.map((row) => ({ ...row }))).toEqual([{ verb: 'campaign.consent_overridden', actor_id: admin.userId, details: { reason: 'Patients who booked' } }])
    expect(await override(null)).toEqual({ is_overridden: false, is_judged: true })
    expect(await account.owner.rpc('get_campaign', { campaign_id: campaignId })).toMatchObject({ consent_override: null, no_consent_count: 2, counters: { waiting: 0 } })
  })

  test('of a large campaign is judged in portions by the tick', async () => {
    const { campaignId } = await createCampaign(account, { contacts: [{ consent: null, phone: '+442055500033' }] })
    await db.sql`insert into public.contacts (account_id, phone, time_zone, time_zone_source) select ${account.accountId}, '+4420' || lpad(n::text, 8, '0'), 'Europe/London', 'hand' from generate_series(1, 3200) n`
    for (let cursor: unknown = null, first = true; first || cursor; first = false) {
      cursor = (await account.owner.rpc<{ next_cursor: unknown }>('enrol_all_contacts', { campaign_id: campaignId, cursor })).next_cursor
    }
    await account.owner.rpc('save_campaign', { account_id: account.accountId, campaign_id: campaignId, content: { purpose: 'sales' } })
    const counters = async () => (await account.owner.rpc<{ counters: Row }>('get_campaign', { campaign_id: campaignId })).counters
    expect(await counters()).toMatchObject({ blocked: 2000, waiting: 1201 })
    await db.sql`select private.tick()`
    expect(await counters()).toMatchObject({ blocked: 3201, waiting: 0 })
    expect((await db.sql`select judge_from from engine.campaigns where campaign_id = ${campaignId}`)[0]?.judge_from).toBeNull()
  })

  test('somebody who waits again after an attempt keeps the number of attempts and the pause after the last', async () => {
    const { campaignId, contactIds } = await startedCampaign(account, { contacts: [{ consent: EXPRESS }, {}], content: { max_attempts: 3 } })
    await db.sql`update public.enrolments set attempts = 0`
    await claim(db)
    const [call] = await db.sql`select id from public.calls where contact_id = ${contactIds[0]!}`
    await db.sql`update public.calls set dial_at = private.now() where id = ${call?.id as string}`
    await db.asService().rpc('begin_dial', { call_id: call?.id })
    await db.sql`select private.lock_account(${account.accountId}), private.close_calls(${account.accountId}, ${db.sql.json([{ call_id: call?.id as string, state: 'settled', outcome: 'no_answer' }])})`
    const [before] = await db.sql`select due_at from engine.dial_queue q join public.enrolments e on e.id = q.enrolment_id where e.contact_id = ${contactIds[0]!}`
    await account.owner.rpc('revoke_consent', { consent_id: (await consents(contactIds[0]!))[0]?.id, reason: 'x' })
    expect(await enrolment(contactIds[0]!)).toMatchObject({ status: 'blocked', rank: null })
    await db.shiftClock('1 minute')
    await record([contactIds[0]!], EXPRESS)
    expect(await enrolment(contactIds[0]!)).toMatchObject({ status: 'waiting', rank: 1, attempt_no: 2 })
    const [after] = await db.sql`select due_at from engine.dial_queue q join public.enrolments e on e.id = q.enrolment_id where e.contact_id = ${contactIds[0]!}`
    expect(after).toEqual(before)
    expect(campaignId).toBeTruthy()
  })

  test('comes with an import, for each good row, and not for those who withdrew since', async () => {
    const phones = [newPhone(), newPhone()]
    const withdrawn = await bare({ phone: phones[0], consent: { ...EXPRESS, given_at: '2026-01-01T00:00:00Z' } })
    await account.owner.rpc('revoke_consent', { consent_id: (await consents(withdrawn))[0]?.id, reason: 'x' })
    const start = (consent: Row | null) => account.owner.rpc<{ import_id: string }>('create_import', { account_id: account.accountId, file_name: 'a.csv', row_count: 2, consent })
    expect(await errorOf(start({ basis: 'sure' }))).toMatchObject({ details: [{ field: 'basis' }] })
    const { import_id: id } = await start({ ...EXPRESS, given_at: '2026-02-01T00:00:00Z', evidence: 'a.csv' })
    const send = (chunk: number) => account.owner.rpc<{ contact_ids: string[] }>('import_contacts', { import_id: id, chunk, rows: phones.map((phone, row) => ({ row, phone, time_zone: 'America/New_York' })) })
    const { contact_ids: ids } = await send(0)
    await send(1)
    const counts = await db.sql`select count(*)::int as n, count(import_id)::int as imported from public.consents`
    expect(counts[0]).toEqual({ n: 2, imported: 1 })
    expect(ids).toHaveLength(2)
    expect(await consents(ids.find((contact) => contact !== withdrawn)!)).toMatchObject([{ basis: 'express', evidence: 'a.csv' }])
  })

  test('is never changed or deleted, only revoked', async () => {
    const id = await createContact(account)
    await expect(db.sql`update public.consents set basis = 'implied' where contact_id = ${id}`).rejects.toThrow('append-only')
    await expect(db.sql`delete from public.consents where contact_id = ${id}`).rejects.toThrow('append-only')
    await account.owner.rpc('revoke_consent', { consent_id: (await consents(id))[0]?.id, reason: 'x' })
    await expect(db.sql`update public.consents set revoked_at = null, revoke_reason = null where contact_id = ${id}`).rejects.toThrow('append-only')
    await account.owner.rpc('delete_contact', { contact_id: id })
    expect(await db.sql`select 1 from public.consents where contact_id = ${id}`).toHaveLength(0)
  })

  test('of another account cannot be recorded, revoked or seen; a viewer sees that it is there', async () => {
    const id = await createContact(account, { consent: { ...CONSENT, text_shown: 'Call me', evidence: 'Folder' } })
    const [{ id: consentId } = { id: '' }] = await consents(id)
    const stranger = await openAccount(db)
    expect((await errorOf(record([id], EXPRESS, stranger.owner))).code).toBe('not_found')
    expect(await stranger.owner.rpc('record_consents', { account_id: stranger.accountId, contact_ids: [id], consent: EXPRESS })).toEqual({ recorded: 0, already: 0, withdrawn: 0, missing: 1 })
    expect((await errorOf(stranger.owner.rpc('revoke_consent', { consent_id: consentId, reason: 'x' }))).code).toBe('not_found')
    const viewer = (await addMember(db, account, 'viewer')).actor
    expect((await errorOf(record([id], EXPRESS, viewer))).code).toBe('forbidden')
    expect((await errorOf(viewer.rpc('revoke_consent', { consent_id: consentId, reason: 'x' }))).code).toBe('forbidden')
    expect((await viewer.rpc<{ consents: Row[] }>('get_contact', { contact_id: id })).consents).toMatchObject([{ basis: 'express_written', text_shown: '', evidence: '' }])
    expect((await errorOf(record(Array.from({ length: 1001 }, () => id), EXPRESS))).code).toBe('too_large')
  })
})
