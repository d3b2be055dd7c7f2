/** What happens to a conversation after its settlement: its words are found, and what the carrier left out is made up for, marked and once. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, callState, processEvents, report, sendEvent } from '../factories/call.ts'
import { newPhone, startedCampaign } from '../factories/campaign.ts'
import type { TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

interface Job { id: number, kind: string, payload: { call_id: string } }

const turns = [
  { role: 'assistant', text: 'Hello, this is Ava.', seconds_from_start: 0, duration_seconds: 1 },
  { role: 'contact', text: 'Please send me the zebra catalogue.', seconds_from_start: 2, duration_seconds: 3 },
]
const findings = { summary: '“Please send me the zebra catalogue.”', keywords: ['zebra catalogue'], sentiment: 'neutral', next_action: 'Send it.', disposition: 'interested', own_disposition: null, opt_out: false, success: null }
const whole = { sentiment: 'positive', keywords: ['price'] }

describe('after its settlement a conversation', () => {
  let db: TestDatabase
  let account: TestAccount
  let callId: string
  let providerCallId: string
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
  })
  afterEach(async () => {
    await expectInvariants(db)
  })
  afterAll(() => db.drop())

  const tick = () => db.sql`select private.tick()`
  const jobs = async () => (await db.asService().rpc<{ jobs: Job[] }>('claim_outbox', { batch_size: 100 })).jobs.filter(({ kind }) => kind === 'analyse_call')
  const ask = () => db.asService().rpc<{ language: string, turns: object[], success_criterion: string } | null>('call_to_analyse', { call_id: callId })
  const answer = (id: number, changes: object = {}, source = 'rules') =>
    db.asService().rpc<{ state: string }>('record_outbox', { id, result: { ok: true, source, findings: { ...findings, ...changes } } })
  /** Whether the call's page goes on asking. */
  const isUnfinished = async () => (await account.owner.rpc<{ is_unfinished: boolean }>('get_call', { call_id: callId })).is_unfinished
  const told = async () => (await account.owner.rpc<{ transcript: Record<string, unknown> }>('get_call', { call_id: callId })).transcript
  const found = async (text: string) => (await account.owner.rpc<{ rows: unknown[] }>('list_calls', { filter: { account_id: account.accountId, text } })).rows.length

  async function settle(facts: object = {}, assistant: object = {}): Promise<void> {
    await startedCampaign(account, { contacts: [{ phone: newPhone() }], assistant: assistant as Record<string, unknown> })
    const call = await acceptedCall(db)
    ;[callId, providerCallId] = [call.callId, call.providerCallId]
    await sendEvent(db, report(providerCallId, 61, { turns, summary: null, ...facts }))
    await processEvents(db)
  }

  test('is found by its words with the next beat, and again when they change', async () => {
    await settle()
    expect(await found('zebra'), 'the settlement does not wait for it').toBe(0)
    await tick()
    expect(await found('zebra')).toBe(1)
    await sendEvent(db, report(providerCallId, 61, { dedupe_key: 'again', turns: [{ ...turns[1], text: 'A giraffe, please.' }] }))
    await processEvents(db)
    await tick()
    expect([await found('giraffe'), await found('zebra')]).toEqual([1, 0])
  })

  test('is found although a beat was lost half-way', async () => {
    await settle()
    const lost = await db.sql.reserve()
    await lost`begin`
    await lost`select private.finish_conversations(private.now())`
    await tick()
    expect(await found('zebra'), 'somebody is at it').toBe(0)
    await lost`rollback`
    lost.release()
    await tick()
    expect(await found('zebra')).toBe(1)
  })

  test('that the carrier did not analyse is analysed, once, and marked', async () => {
    await settle({}, { language: 'de', voice_id: 'katja' })
    expect(await jobs()).toEqual([])
    await tick()
    const [job] = await jobs()
    expect(job).toMatchObject({ payload: { call_id: callId } })
    expect(await ask()).toEqual({ may_ask_model: true, language: 'de', success_criterion: '', dispositions: [], turns: turns.map(({ role, text }) => ({ role, text })) })
    expect(await answer(job!.id, {}, 'model')).toEqual({ state: 'done' })
    expect(await told()).toMatchObject({ summary: null, computed: findings, analyser: 'model' })
    expect(await callState(db, callId)).toMatchObject({ sentiment: 'neutral', disposition: 'interested', disposition_by: null })
    expect(await ask()).toBeNull()
    await answer(job!.id, { summary: 'Another one.' })
    expect(await told()).toMatchObject({ computed: findings, analyser: 'model' })
  })

  test.each([
    ['whose summary, mood and keywords came', { summary: 'They talked.', structured: whole }, false],
    ['without a summary', { structured: whole }, true],
    ['with an empty summary', { summary: '', structured: whole }, true],
    ['without a mood', { summary: 'They talked.', structured: { keywords: [] } }, true],
    ['with a mood nobody knows', { summary: 'They talked.', structured: { ...whole, sentiment: 'blue' } }, true],
    ['without keywords', { summary: 'They talked.', structured: { sentiment: 'neutral' } }, true],
    ['with a machine', { outcome: 'voicemail' }, false],
    ['in which nobody said a word', { turns: turns.slice(0, 1) }, false],
  ])('%s is analysed or not', async (_what, facts, isAnalysed) => {
    await settle(facts)
    await tick()
    expect(await jobs()).toHaveLength(isAnalysed ? 1 : 0)
    expect(await ask() !== null).toBe(isAnalysed)
  })

  test('is unfinished until nothing more will be found out', async () => {
    await settle()
    await db.sql`update public.calls set recording_state = 'stored' where id = ${callId}`
    expect(await isUnfinished(), 'its words are not made').toBe(true)
    await tick()
    expect(await isUnfinished(), 'it waits for the analyser').toBe(true)
    const [job] = await jobs()
    expect(await isUnfinished(), 'the analyser is at it').toBe(true)
    await answer(job!.id)
    expect(await isUnfinished()).toBe(false)
    await db.sql`update public.calls set recording_state = 'pending' where id = ${callId}`
    expect(await isUnfinished(), 'its recording is on the way').toBe(true)
  })

  test('that no analyser could read is finished as well', async () => {
    await settle()
    await db.sql`update public.calls set recording_state = 'none' where id = ${callId}`
    await tick()
    await db.sql`update engine.outbox set quarantined_at = private.now() where kind = 'analyse_call'`
    expect(await isUnfinished()).toBe(false)
  })

  test('that the carrier analyses meanwhile keeps the carrier\'s word', async () => {
    await settle()
    await tick()
    const [job] = await jobs()
    await sendEvent(db, report(providerCallId, 61, { dedupe_key: 'again', turns, summary: 'They talked.', structured: whole }))
    await processEvents(db)
    expect(await ask()).toBeNull()
    await answer(job!.id)
    expect(await told()).toMatchObject({ summary: 'They talked.', computed: null, analyser: null })
  })

  test('in which the person wants no calls lists the number, unless the carrier heard it otherwise', async () => {
    const listed = async () => (await db.sql`select source, call_id from public.do_not_call`).map((row) => ({ ...row }))
    await settle({ structured: { opt_out: false } })
    await tick()
    await answer((await jobs())[0]!.id, { opt_out: true, disposition: 'do_not_call' })
    expect(await listed()).toEqual([])
    expect(await callState(db, callId), 'nor does it say so').toMatchObject({ disposition: null })
    await settle()
    await tick()
    await answer((await jobs())[0]!.id, { opt_out: true, disposition: 'do_not_call' })
    expect(await listed()).toEqual([{ source: 'analysis', call_id: callId }])
    expect(await callState(db, callId)).toMatchObject({ disposition: 'do_not_call' })
  })

  test('keeps the mood and the meaning that somebody gave it', async () => {
    await settle({ structured: { sentiment: 'negative' } })
    await account.owner.rpc('set_disposition', { call_id: callId, disposition: 'callback' })
    await tick()
    await answer((await jobs())[0]!.id)
    expect(await callState(db, callId)).toMatchObject({ sentiment: 'negative', disposition: 'callback', disposition_by: account.userId })
  })

  test.each([['true', 'interested'], ['false', 'information']])('with a criterion that a model judged %s is %s', async (success, disposition) => {
    await settle({}, { success_criterion: 'A visit is booked.' })
    await tick()
    expect(await ask()).toMatchObject({ success_criterion: 'A visit is booked.' })
    await answer((await jobs())[0]!.id, { success: success === 'true', disposition: 'interested' })
    expect(await callState(db, callId)).toMatchObject({ disposition })
  })

  test('of any length is handed out in bounds', async () => {
    await settle({ turns: Array.from({ length: 700 }, () => ({ ...turns[1], text: 'x'.repeat(9000) })) })
    const asked = await ask()
    expect(asked?.turns).toHaveLength(500)
    expect(JSON.stringify(asked).length).toBeLessThan(1_100_000)
  })
})
