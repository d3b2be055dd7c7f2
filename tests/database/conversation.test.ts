/** What people say in a conversation, and what becomes of it: at once by tool call, afterwards by analysis, later by a person's word. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, callState, claim, processEvents, report, sendEvent } from '../factories/call.ts'
import { createCampaign, newPhone, startedCampaign } from '../factories/campaign.ts'
import { errorOf, type Actor, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

type Results = { id: string, result?: string, error?: string }[]
interface Tool { id?: string, name: string, arguments?: unknown }

describe('a conversation', () => {
  let db: TestDatabase
  let account: TestAccount
  let phone: string
  let call: { callId: string, attemptId: string, providerCallId: string }
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
    phone = newPhone()
    const { contactIds } = await startedCampaign(account, { contacts: [{ phone }] })
    call = await acceptedCall(db)
    const { campaignId } = await createCampaign(account, { contacts: [] })
    await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: contactIds })
  })
  afterEach(async () => {
    await expectInvariants(db)
  })
  afterAll(() => db.drop())

  const toolEvent = (tools: Tool[], facts: Record<string, unknown> = {}) => ({
    provider: 'vapi', dedupe_key: `${call.providerCallId}:tools:${tools.map((tool) => tool.id).join()}`, type: 'tool-calls', is_report: false, provider_call_id: call.providerCallId,
    tools: tools.map((tool) => ({ id: 't1', arguments: {}, ...tool })), ...facts })
  const use = async (tools: Tool[], facts: Record<string, unknown> = {}, who: Actor = db.asService()) =>
    who.rpc<{ is_new: boolean, results: Results }>('answer_tool_calls', { event: toolEvent(tools, facts), body: {} })
  const listed = async () => (await db.sql`select source, reason, call_id from public.do_not_call where phone = ${phone}`).map((row) => ({ ...row }))
  const others = async () => (await db.sql<{ status: string }[]>`select e.status from public.enrolments e join public.campaigns k on k.id = e.campaign_id where k.status = 'draft'`).map((row) => row.status)
  const settle = async (facts: Record<string, unknown> = {}) => {
    await sendEvent(db, report(call.providerCallId, 61, facts))
    await processEvents(db)
  }
  const analysis = (structured: unknown) => ({ structured })
  const dispose = (disposition: unknown, who: Actor = account.owner) => who.rpc<Record<string, unknown>>('set_disposition', { call_id: call.callId, disposition })
  const pending = async () => Number((await db.sql`select count(*) as n from engine.provider_events where processed_at is null`)[0]?.n)

  test('in which the person asks to be removed lists the number before the assistant answers', async () => {
    const answer = await use([{ name: 'opt_out', arguments: { words: 'take me off your list' } }])
    expect(answer).toMatchObject({ is_new: true, results: [{ id: 't1', result: expect.stringContaining('Done') }] })
    expect(await listed()).toEqual([{ source: 'tool_call', reason: 'take me off your list', call_id: call.callId }])
    expect(await others()).toEqual(['opted_out'])
    expect(await callState(db, call.callId)).toMatchObject({ disposition: 'do_not_call', disposition_by: null })
    expect(await pending()).toBe(0)
    expect(await use([{ name: 'opt_out' }])).toEqual({ ...answer, is_new: false })
    await settle(analysis({ opt_out: true, disposition: 'not_interested' }))
    expect(await listed()).toHaveLength(1)
    expect(await callState(db, call.callId)).toMatchObject({ disposition: 'do_not_call' })
  })

  test('is known by the attempt alone while the provider\'s id is not', async () => {
    await db.sql`update public.calls set provider_call_id = null where id = ${call.callId}`
    await use([{ name: 'opt_out' }], { attempt_id: call.attemptId, provider_call_id: 'new-id' })
    expect(await listed()).toHaveLength(1)
  })

  const clock = async () => (await db.sql<{ now: Date }[]>`select private.now() as now`)[0]!.now
  const waiting = async () => (await db.sql`select e.status, e.callback_at, q.rank, q.due_at from public.enrolments e left join engine.dial_queue q on q.enrolment_id = e.id
    where e.id = (select enrolment_id from public.calls where id = ${call.callId})`)[0]
  /** Five in the afternoon tomorrow where the contact is, as a model writes it and as it is. */
  async function tomorrowAtFive(): Promise<{ said: string, at: Date }> {
    const [row] = await db.sql<{ said: string, at: Date }[]>`select to_char(t, 'YYYY-MM-DD"T"HH24:MI:SS') as said, t at time zone 'America/New_York' as at
      from (select date_trunc('day', private.now() at time zone 'America/New_York') + interval '1 day 17 hours' as t) x`
    return row!
  }
  const callBack = (at: unknown, id = 'c1') => use([{ id, name: 'schedule_callback', arguments: { callback_at: at } }])

  test('in which the person names another time is called back then, by the clock where they are', async () => {
    const { said, at } = await tomorrowAtFive()
    expect((await callBack(said)).results).toMatchObject([{ id: 'c1', result: expect.stringMatching(/^Done: the next call is on \w+day, \d+ \w+, 17:00/) }])
    expect(await callState(db, call.callId)).toMatchObject({ disposition: 'callback' })
    await settle(analysis({ opt_out: false, disposition: 'callback', callback_at: said.replace('T17', 'T11') }))
    expect(await waiting()).toMatchObject({ status: 'waiting', rank: 0, due_at: at })
    await callBack(said)
    expect(await waiting()).toMatchObject({ status: 'waiting', rank: 0, due_at: at })
  })

  test('whose analysis alone names another time is called back then', async () => {
    const { said, at } = await tomorrowAtFive()
    await settle(analysis({ opt_out: false, disposition: 'callback', callback_at: `${said}Z` }))
    expect(await waiting()).toMatchObject({ status: 'waiting', rank: 0, due_at: at })
    expect(await callState(db, call.callId)).toMatchObject({ disposition: 'callback' })
  })

  test('whose time comes with an offset means that moment', async () => {
    const at = new Date((await clock()).getTime() + 4 * 3_600_000)
    at.setUTCMilliseconds(0)
    await callBack(at.toISOString().replace('.000Z', '+00:00'))
    await settle()
    expect(await waiting()).toMatchObject({ rank: 0, due_at: at })
  })

  test.each([[undefined, 'day and a time'], ['later', 'day and a time'], ['2026-02-31T10:00:00', 'day and a time'], [7, 'day and a time'], [`2026-01-01T10:00${'0'.repeat(99)}`, 'day and a time'],
    ['2020-01-01T10:00:00', 'is over'], ['2199-01-01T10:00:00', 'thirty days']])('does not promise a call at %j', async (at, words) => {
    expect((await callBack(at)).results).toMatchObject([{ result: expect.stringContaining(words) }])
    await settle()
    expect(await waiting()).toMatchObject({ status: 'reached', callback_at: null, rank: null })
  })

  test.each([['opt_out', 'schedule_callback'], ['schedule_callback', 'opt_out']])('with %s and then %s in it ends on the list and is not called back', async (...names) => {
    const { said } = await tomorrowAtFive()
    await use(names.map((name, n) => ({ id: `t${n}`, name, arguments: { callback_at: said } })))
    await settle(analysis({ opt_out: false, disposition: 'callback', callback_at: said }))
    expect(await listed()).toHaveLength(1)
    expect(await waiting()).toMatchObject({ rank: null })
    expect((await waiting())?.status).not.toBe('waiting')
    expect(await callState(db, call.callId)).toMatchObject({ disposition: 'do_not_call' })
  })

  test('with a tool nobody has gets an error for it and the rest done', async () => {
    expect((await use([{ id: 'a', name: 'fly' }, { id: 'b', name: 'opt_out' }, { id: 'c', name: '' }])).results).toMatchObject([
      { id: 'a', error: expect.any(String) }, { id: 'b', result: expect.any(String) }, { id: 'c', error: expect.any(String) }])
    expect(await listed()).toHaveLength(1)
  })

  test.each([[[]], ['x'], [7], [null], [{ words: { deep: 1 } }], [{ words: 'x'.repeat(5000) }]])('survives arguments of any shape (%j)', async (args) => {
    expect((await use([{ name: 'opt_out', arguments: args }])).results).toMatchObject([{ result: expect.stringContaining('Done') }])
    expect(await listed()).toHaveLength(1)
  })

  test('of nobody changes nothing, and of another provider id neither', async () => {
    await use([{ name: 'opt_out' }], { provider_call_id: randomUUID() })
    await use([{ id: 't2', name: 'opt_out' }], { attempt_id: call.attemptId, provider_call_id: randomUUID(), dedupe_key: 'x' })
    await processEvents(db)
    expect(await listed()).toEqual([])
  })

  test('while the account is busy is answered in time, and done by the next batch', async () => {
    const other = await db.session({ userId: account.userId })
    await other.begin()
    await other.rpc('save_contact', { account_id: account.accountId, contact_id: null, content: { name: 'X', phone: newPhone(), time_zone: 'UTC' } })
    const began = Date.now()
    expect(await use([{ name: 'opt_out' }]), 'before the other one is done').toMatchObject({ is_new: true, results: [{ id: 't1', result: expect.stringContaining('Noted') }] })
    expect(Date.now() - began).toBeLessThan(3000)
    expect([await listed(), await pending()]).toEqual([[], 1])
    await other.commit()
    await other.close()
    await processEvents(db)
    expect([await listed(), await pending()]).toEqual([[expect.objectContaining({ source: 'tool_call' })], 0])
  })

  test('that two workers hear of at once lists once', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => use([{ name: 'opt_out' }])))
    expect(answers.filter((answer) => answer.is_new)).toHaveLength(1)
    expect(await db.sql`select 1 from public.do_not_call_history where phone = ${phone}`).toHaveLength(1)
  })

  test('may be used by the functions alone', async () => {
    expect((await errorOf(use([{ name: 'opt_out' }], {}, account.owner))).code).toBe('42501')
  })

  test('is believed afterwards when its analysis says that the person opted out', async () => {
    await settle(analysis({ opt_out: true, disposition: 'not_interested' }))
    expect(await listed()).toEqual([{ source: 'analysis', reason: '', call_id: call.callId }])
    expect(await others()).toEqual(['opted_out'])
    expect(await callState(db, call.callId)).toMatchObject({ disposition: 'do_not_call' })
  })

  test('is believed when its analysis has the disposition do_not_call alone', async () => {
    await settle(analysis({ opt_out: false, disposition: 'do_not_call' }))
    expect(await listed()).toMatchObject([{ source: 'analysis' }])
  })

  test.each([['voicemail'], ['no_answer'], ['failed']])('with a machine or nobody (%s) is not believed, whatever the analysis dreams', async (outcome) => {
    await settle({ outcome, ...analysis({ opt_out: true, disposition: 'do_not_call' }) })
    expect(await listed()).toEqual([])
    expect(await callState(db, call.callId)).toMatchObject({ outcome, disposition: null })
  })

  test.each([[null], [[]], [[{ opt_out: true }]], [{}], [{ opt_out: 'no', disposition: 'of_next_year', sentiment: 'glad' }], [{ opt_out: 0, disposition: 7 }], [{ opt_out: { a: 1 }, disposition: ['do_not_call'] }]])(
    'with an analysis of another shape (%j) settles all the same', async (structured) => {
      await settle(analysis(structured))
      expect(await listed()).toEqual([])
      expect(await callState(db, call.callId)).toMatchObject({ state: 'settled', disposition: null, sentiment: null })
    })

  test('of five megabytes, of other scripts and with whatever a page must not run settles, and is found by its beginning', async () => {
    const turns = ['<script>alert(1)</script> \u202Eمرحبا 你好 zeppelin', `${Array.from({ length: 400_000 }, (_, index) => `w${index}`).join(' ')} ${'x'.repeat(3_000_000)} hidden`]
      .map((text) => ({ role: 'contact', text, seconds_from_start: 0, duration_seconds: 1 }))
    await settle({ turns })
    expect(await callState(db, call.callId)).toMatchObject({ state: 'settled' })
    await db.sql`select private.finish_conversations(private.now())`
    const found = async (text: string) => (await account.owner.rpc<{ rows: unknown[] }>('list_calls', { filter: { account_id: account.accountId, text } })).rows.length
    expect([await found('zeppelin'), await found('مرحبا'), await found('alert'), await found('nowhere')]).toEqual([1, 1, 1, 0])
  })

  test('has the disposition of its analysis until a person knows better, and a person\'s word stays', async () => {
    await settle(analysis({ opt_out: false, disposition: 'interested', sentiment: 'Positive' }))
    expect(await callState(db, call.callId)).toMatchObject({ disposition: 'interested', sentiment: 'positive' })
    expect(await dispose('not_interested')).toEqual({ disposition: 'not_interested', own_disposition: null, is_listed: false })
    await settle({ dedupe_key: 'again', ...analysis({ opt_out: false, disposition: 'interested', sentiment: 'negative' }) })
    expect(await callState(db, call.callId), 'what was heard first stays').toMatchObject({ sentiment: 'positive' })
    expect(await account.owner.rpc('get_call', { call_id: call.callId })).toMatchObject({ disposition: 'not_interested', disposition_by_name: expect.any(String), is_listed: false })
    expect(await db.sql`select details from public.activity_log where verb = 'call.disposition_set'`).toEqual([{ details: { before: 'interested', after: 'not_interested' } }])
  })

  test('that a person says was a stop request lists the number, and a later word leaves it there', async () => {
    await settle()
    expect(await dispose('do_not_call')).toEqual({ disposition: 'do_not_call', own_disposition: null, is_listed: true })
    expect(await listed()).toEqual([{ source: 'disposition', reason: '', call_id: call.callId }])
    expect(await dispose('interested')).toEqual({ disposition: 'interested', own_disposition: null, is_listed: true })
    expect(await listed()).toHaveLength(1)
    expect(await others()).toEqual(['opted_out'])
  })

  test('does not list a number again that an admin took off after it', async () => {
    await settle(analysis({ opt_out: true }))
    await account.owner.rpc('remove_opt_out', { account_id: account.accountId, phone, reason: 'a misunderstanding' })
    await settle({ dedupe_key: 'again', ...analysis({ opt_out: true }) })
    await use([{ name: 'opt_out', id: 'late' }])
    expect(await listed()).toEqual([])
  })

  test('is judged by agents of its campaign; a viewer, another agent and a stranger are refused', async () => {
    await settle()
    const { campaign_id: campaignId } = await callState(db, call.callId)
    const assigned = await addMember(db, account, 'agent')
    await db.sql`insert into public.campaign_members (campaign_id, user_id, account_id) values (${campaignId as string}, ${assigned.userId}, ${account.accountId})`
    expect(await dispose('information', assigned.actor)).toMatchObject({ disposition: 'information' })
    expect(await errorOf(dispose('interested', (await addMember(db, account, 'viewer')).actor))).toMatchObject({ code: 'forbidden', details: { permission: 'calls.edit' } })
    for (const who of [(await addMember(db, account, 'agent')).actor, (await openAccount(db)).owner]) expect((await errorOf(dispose('interested', who))).code).toBe('not_found')
    expect(await errorOf(dispose(null))).toMatchObject({ code: 'invalid_input', details: [{ field: 'disposition' }] })
  })

  test('that has not begun has no meaning yet', async () => {
    expect(await errorOf(dispose('interested'))).toMatchObject({ code: 'conflict', details: { state: 'dialing' } })
  })

  test('voids what is reserved for the same number: an opt-out against a dial, both orders', async () => {
    await settle()
    const phones = [newPhone(), newPhone()]
    await startedCampaign(account, { contacts: phones.map((number) => ({ phone: number })) })
    const claimed = await claim(db)
    await db.sql`update public.calls set dial_at = private.now() where state = 'reserved'`
    const reserved = await db.sql<{ id: string, phone: string }[]>`select id, phone from public.calls where state = 'reserved' order by id`
    expect(reserved).toHaveLength(claimed.length)
    const [first, second] = [await db.session('service'), await db.session('service')]
    const listing = (number: string) => db.sql`select private.lock_account(${account.accountId}), private.list_number(${account.accountId}, ${number}, 'tool_call', '')`
    await first.begin()
    expect(await first.rpc('begin_dial', { call_id: reserved[0]!.id })).not.toBeNull()
    const listedLater = listing(reserved[0]!.phone)
    await first.commit()
    await listedLater
    expect(await callState(db, reserved[0]!.id)).toMatchObject({ state: 'dialing' })
    await listing(reserved[1]!.phone)
    expect(await second.rpc('begin_dial', { call_id: reserved[1]!.id })).toBeNull()
    expect(await callState(db, reserved[1]!.id)).toMatchObject({ state: 'voided' })
    await Promise.all([first.close(), second.close()])
  })
})
