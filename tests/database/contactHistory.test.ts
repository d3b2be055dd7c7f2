/** What a contact's page tells and allows: notes, its timeline, who keeps number and name, and a number that is corrected. */
import { describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, claim, processEvents, report, sendEvent } from '../factories/call.ts'
import { CONSENT, createAssistant, createCampaign, createContact, newPhone, startedCampaign } from '../factories/campaign.ts'
import { createList, createTag } from '../factories/group.ts'
import { companyForEach } from '../support/company.ts'
import { errorOf, type Actor, type TestDatabase } from '../support/database.ts'

type Row = Record<string, unknown>

describe('a contact', () => {
  let db: TestDatabase
  let account: TestAccount
  companyForEach((given) => ({ db, account } = given))
  const get = (contact_id: string, actor: Actor = account.owner) => actor.rpc<Row & { notes: Row[], next_attempts: Row[] }>('get_contact', { contact_id })
  const save = (contact_id: string, content: Row) => account.owner.rpc<Row>('save_contact', { account_id: account.accountId, contact_id, content })
  const correct = (contact_id: string, phone: string) => account.owner.rpc<{ contact_id: string }>('correct_number', { contact_id, phone })
  const timeline = async (contact_id: string, actor: Actor = account.owner) => {
    const events: (Row & { kind: string, details: Row })[] = []
    let cursor: unknown = null
    do {
      const page: { rows: typeof events, next_cursor: unknown } = await actor.rpc('contact_timeline', { contact_id, cursor, page_size: 2 })
      events.push(...page.rows)
      cursor = page.next_cursor
    } while (cursor !== null)
    return events
  }

  /** Somebody whose one call was answered and is over. */
  async function calledContact(): Promise<{ contactId: string, phone: string, campaignId: string }> {
    const phone = newPhone()
    const { campaignId, contactIds } = await startedCampaign(account, { contacts: [{ phone, name: 'Ada' }] })
    const { providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId))
    await processEvents(db)
    return { contactId: contactIds[0]!, phone, campaignId }
  }

  test('keeps language, segment and a preferred assistant of its own account, and what is not named stays', async () => {
    const assistant = await createAssistant(account)
    const stranger = await createAssistant(await openAccount(db))
    const phone = newPhone()
    const id = await createContact(account, { phone, locale: 'pt-BR', segment: 'gold', assistant_id: assistant })
    await save(id, { phone, name: 'Ada', time_zone: 'America/New_York' })
    expect(await get(id)).toMatchObject({ locale: 'pt-BR', segment: 'gold', assistant_id: assistant, assistant_name: 'Ava' })
    await save(id, { phone, name: 'Ada', time_zone: 'America/New_York', assistant_id: stranger, segment: '' })
    expect(await get(id)).toMatchObject({ locale: 'pt-BR', segment: '', assistant_id: null })
    await Promise.all([save(id, { company: 'Acme' }), save(id, { email: 'ada@acme.example' }), save(id, { time_zone: 'Europe/Berlin' })])
    expect(await get(id)).toMatchObject({ phone, name: 'Ada', company: 'Acme', email: 'ada@acme.example', time_zone: 'Europe/Berlin', locale: 'pt-BR' })
    await save(id, { name: '', company: null })
    expect(await get(id)).toMatchObject({ phone, name: '', company: '', email: 'ada@acme.example' })
    expect(await errorOf(save(id, { phone, locale: 'English' }))).toMatchObject({ details: [{ field: 'locale' }] })
    expect(await errorOf(save(id, { phone, segment: 'x'.repeat(101) }))).toMatchObject({ details: [{ field: 'segment' }] })
  })

  test('that was called keeps number and name, and cannot be deleted', async () => {
    const { contactId, phone } = await calledContact()
    const content = { phone, name: 'Ada', time_zone: 'America/New_York' }
    expect(await get(contactId)).toMatchObject({ history: 'called' })
    expect(await errorOf(save(contactId, { ...content, name: 'Bo' }))).toMatchObject({ code: 'conflict', details: { field: 'name' } })
    expect(await errorOf(save(contactId, { ...content, phone: newPhone() }))).toMatchObject({ code: 'conflict', details: { field: 'phone' } })
    expect(await save(contactId, { ...content, company: 'Acme' })).toMatchObject({ contact_id: contactId })
    const selection = { account_id: account.accountId, contact_ids: [contactId, await createContact(account)] }
    expect(await account.owner.rpc('delete_contacts', { selection })).toMatchObject({ deleted: 1, refused: 1 })
  })

  test('whose number is corrected goes on as a new one: lists, tags, consent, campaigns; the old one is closed for good', async () => {
    const { campaignId, contactIds } = await createCampaign(account, { contacts: 2 })
    const [old, other] = contactIds as [string, string]
    const [list_id, tag_id] = [await createList(account, { name: 'Fair' }), await createTag(account, 'Warm')]
    const selection = { account_id: account.accountId, contact_ids: [old] }
    await account.owner.rpc('set_list_members', { list_id, selection, is_member: true })
    await account.owner.rpc('tag_contacts', { selection, add_tag_ids: [tag_id] })
    const phone = newPhone()
    const { contact_id: id } = await correct(old, phone)
    expect(await get(id)).toMatchObject({ phone, name: 'Jo Field', replaces: old, history: 'corrected', lists: [{ id: list_id }], tags: [{ id: tag_id }], consents: [{ basis: 'express_written' }], has_consent: true,
      campaigns: [{ campaign_id: campaignId, status: 'waiting' }] })
    expect(await get(old)).toMatchObject({ replaced_by: id, history: 'corrected', campaigns: [{ status: 'removed' }], next_attempts: [] })
    expect(await db.sql`select q.phone from engine.dial_queue q join public.enrolments e on e.id = q.enrolment_id where e.contact_id in (${old}, ${id})`).toEqual([{ phone }])
    // Nothing leads back to the old one: no edit, no enrolment, no list, no file, no second correction.
    expect(await errorOf(save(old, { phone: newPhone() }))).toMatchObject({ code: 'conflict', details: { contact_id: id } })
    expect(await errorOf(correct(old, newPhone()))).toMatchObject({ code: 'conflict', details: { contact_id: id } })
    expect(await account.owner.rpc('enrol_contacts', { campaign_id: (await createCampaign(account, { contacts: 0 })).campaignId, contact_ids: [old] })).toMatchObject({ enrolled: 0, missing: 1 })
    const { rows } = await account.owner.rpc<{ rows: { id: string }[] }>('search_contacts', { filter: { account_id: account.accountId, list_id } })
    expect(rows.map((row) => row.id)).toEqual([id])
    expect(await account.owner.rpc('delete_contacts', { selection: { account_id: account.accountId, contact_ids: [old, id] } })).toMatchObject({ deleted: 0 })
    expect(await errorOf(correct(other, phone))).toMatchObject({ code: 'conflict', details: { contact_id: id } })
    expect(await errorOf(correct(other, '12'))).toMatchObject({ details: [{ field: 'phone' }] })
  })

  test('is not corrected during a call; a reserved one is taken back', async () => {
    const { contactIds } = await startedCampaign(account, { contacts: 1 })
    const [call] = await claim(db)
    const { contact_id: id } = await correct(contactIds[0]!, newPhone())
    expect(await db.sql`select state from public.calls where id = ${call!.call_id}`).toEqual([{ state: 'voided' }])
    expect(await db.asService().rpc('begin_dial', { call_id: call!.call_id })).toBeNull()
    await acceptedCall(db)
    expect(await errorOf(correct(id, newPhone()))).toMatchObject({ code: 'conflict', message: 'This contact is being called.' })
  })

  test('has notes of everybody who sees it whole; each takes back one\'s own, an admin anybody\'s', async () => {
    const { campaignId, contactIds } = await createCampaign(account)
    const id = contactIds[0]!
    const agent = await addMember(db, account, 'agent')
    const note = (actor: Actor, body: string) => actor.rpc<{ note_id: string }>('add_contact_note', { contact_id: id, body })
    expect((await errorOf(note(agent.actor, 'Hello'))).code).toBe('not_found')
    expect((await errorOf(get(id, agent.actor))).code).toBe('not_found')
    expect((await errorOf(timeline(id, agent.actor))).code).toBe('not_found')
    await db.sql`insert into public.campaign_members (campaign_id, user_id, account_id) values (${campaignId}, ${agent.userId}, ${account.accountId})`
    const { note_id: theirs } = await note(agent.actor, ' Likes mornings ')
    const { note_id: mine } = await note(account.owner, 'Call again')
    expect((await get(id)).notes).toMatchObject([{ body: 'Call again' }, { body: 'Likes mornings', created_by: agent.userId }])
    expect((await errorOf(note(account.owner, ' '))).code).toBe('invalid_input')
    expect((await errorOf(agent.actor.rpc('delete_contact_note', { note_id: mine }))).code).toBe('forbidden')
    await agent.actor.rpc('delete_contact_note', { note_id: theirs })
    const viewer = (await addMember(db, account, 'viewer')).actor
    expect((await get(id, viewer)).notes).toEqual([])
    expect((await errorOf(note(viewer, 'Hello'))).code).toBe('forbidden')
    expect((await timeline(id, viewer)).some(({ kind }) => kind === 'note')).toBe(false)
  })

  test('tells all that happened to it, page by page, newest first', async () => {
    const { contactId, phone } = await calledContact()
    await account.owner.rpc('add_contact_note', { contact_id: contactId, body: 'Nice' })
    await save(contactId, { phone, name: 'Ada', time_zone: 'Europe/Berlin', company: 'Acme' })
    await account.owner.rpc('opt_out_number', { account_id: account.accountId, phone })
    const events = await timeline(contactId)
    expect(events.map(({ kind }) => kind)).toEqual(['do_not_call', 'change', 'note', 'call', 'enrolled', 'change', 'consent'])
    expect(events[1]!.details).toEqual({ verb: 'contact.changed', fields: ['company', 'time_zone'] })
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).sort().reverse())
    expect((await errorOf((await openAccount(db)).owner.rpc('contact_timeline', { contact_id: contactId }))).code).toBe('not_found')
  })

  test('says whether it agreed to anything that was not withdrawn', async () => {
    const id = await createContact(account, { consent: null })
    expect(await get(id)).toMatchObject({ has_consent: false })
    await account.owner.rpc('record_consents', { account_id: account.accountId, contact_ids: [id], consent: CONSENT })
    const before = await db.sql`select updated_at from public.contacts where id = ${id}`
    expect(await get(id)).toMatchObject({ has_consent: true })
    const [{ id: consentId } = { id: '' }] = await db.sql`select id from public.consents where contact_id = ${id}`
    await account.owner.rpc('revoke_consent', { consent_id: consentId as string, reason: 'said so' })
    expect(await get(id)).toMatchObject({ has_consent: false })
    expect(await db.sql`select updated_at from public.contacts where id = ${id}`).toEqual(before)
  })

  test('says what comes next, and why', async () => {
    const { contactIds } = await createCampaign(account, { contacts: [{ consent: CONSENT }] })
    const { next_attempts } = await get(contactIds[0]!)
    expect(next_attempts).toMatchObject([{ attempts: 0, explanation: { verdict: 'waits' } }])
  })
})
