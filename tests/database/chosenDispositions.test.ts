/** The account's own words as an analysis chooses them: what it is offered, what is taken of its answer, and what stands above it. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, beginCall, callState, claim, processEvents, report, sendEvent, type AcceptedCall } from '../factories/call.ts'
import { newPhone, startedCampaign } from '../factories/campaign.ts'
import type { TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

interface Offered { id: string, name: string, meaning: string, description: string }

const turns = [{ role: 'contact', text: 'A visit on Monday is fine.', seconds_from_start: 2, duration_seconds: 3 }]

describe('an own word that an analysis chooses', () => {
  let db: TestDatabase
  let account: TestAccount
  let call: AcceptedCall
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
  })
  afterEach(async () => {
    await expectInvariants(db)
  })
  afterAll(() => db.drop())

  const saveOf = async ({ accountId, owner }: TestAccount, name: string, meaning = 'positive', description: string | null = null) =>
    (await owner.rpc<{ disposition_id: string }>('save_disposition', { account_id: accountId, disposition_id: null, name, meaning, description })).disposition_id
  const save = (name: string, meaning?: string, description?: string) => saveOf(account, name, meaning, description)
  const state = () => callState(db, call.callId)
  const details = () => account.owner.rpc<Record<string, unknown>>('get_call', { call_id: call.callId })
  async function dial(assistant: Record<string, unknown> = {}): Promise<void> {
    await startedCampaign(account, { contacts: [{ phone: newPhone() }], assistant })
    call = await acceptedCall(db)
  }
  async function tell(structured: object, facts: object = {}): Promise<void> {
    await sendEvent(db, report(call.providerCallId, 61, { turns, structured, ...facts }))
    await processEvents(db)
  }
  /** What the model answers to the job that the settlement left. */
  async function answer(findings: object, source = 'model'): Promise<void> {
    await db.sql`select private.tick()`
    const { jobs } = await db.asService().rpc<{ jobs: { id: number, kind: string }[] }>('claim_outbox', { batch_size: 100 })
    const { id } = jobs.find(({ kind }) => kind === 'analyse_call')!
    const found = { summary: 'They talked.', keywords: [], sentiment: null, next_action: null, disposition: null, own_disposition: null, opt_out: false, success: null }
    await db.asService().rpc('record_outbox', { id, result: { ok: true, source, findings: { ...found, ...findings } } })
  }

  test('is the call\'s, with the platform\'s word for its meaning, is counted by it, and says who chose it', async () => {
    const booked = await save('Visit booked')
    await dial()
    await tell({ disposition: 'information', own_disposition: booked })
    expect(await state()).toMatchObject({ disposition: 'interested', own_disposition_id: booked, disposition_by: null, disposition_source: 'provider' })
    expect(await details()).toMatchObject({ own_disposition: 'Visit booked', disposition_source: 'provider', disposition_by_name: null })
    expect(Number((await db.sql`select sum(positive_count) as n from public.daily_stats`)[0]!.n)).toBe(1)
    await account.owner.rpc('set_disposition', { call_id: call.callId, disposition: 'information' })
    expect(await details()).toMatchObject({ disposition_source: null, disposition_by_name: 'Ada Test',
      disposition_history: [{ before: 'interested', own_before: 'Visit booked', after: 'information', own_after: null }] })
  })

  test.each([['model', 'model'], ['rules', 'rules']])('by our own analyser (%s) is taken as well, and says so', async (source) => {
    const later = await save('After the summer', 'neutral')
    await dial()
    await tell({})
    await answer({ disposition: null, own_disposition: later }, source)
    expect(await state()).toMatchObject({ disposition: 'information', own_disposition_id: later, disposition_source: source })
  })

  test('is offered where it may be chosen: thirty at most, the first by name, and none that was put away', async () => {
    for (let number = 10; number < 42; number++) await save(`Word ${number}`, 'neutral')
    const gone = await save('Gone')
    await save('A fine day', 'positive', ' A day was agreed. ')
    await dial()
    await account.owner.rpc('set_disposition', { call_id: call.callId, own_disposition_id: gone }).catch(() => undefined)
    await tell({})
    await account.owner.rpc('set_disposition', { call_id: call.callId, own_disposition_id: gone })
    await account.owner.rpc('remove_disposition', { disposition_id: gone })
    await startedCampaign(account, { contacts: [{ phone: newPhone() }] })
    const [{ call_id } = { call_id: '' }] = await claim(db)
    const { dispositions } = await beginCall<{ dispositions: Offered[] }>(db, call_id)
    expect(dispositions).toHaveLength(30)
    expect(dispositions[0]).toEqual({ id: expect.any(String) as string, name: 'A fine day', meaning: 'positive', description: 'A day was agreed.' })
    expect(dispositions.map(({ name }) => name)).not.toContain('Gone')
    expect(dispositions.at(-1)?.name).toBe('Word 38')
    expect(await db.asService().rpc('call_to_analyse', { call_id: call.callId })).toMatchObject({ dispositions })
  })

  test.each([
    ['true', 'positive', 'interested', true], ['true', 'neutral', 'interested', false], ['true', 'negative', 'interested', false],
    ['false', 'positive', 'information', false], ['false', 'neutral', 'information', true], ['false', 'negative', 'not_interested', true],
    [null, 'negative', 'not_interested', true], ['maybe', 'positive', 'interested', true],
  ])('beside a verdict of %j on the success, with a %s meaning, leaves it %s', async (success, meaning, disposition, isTaken) => {
    const word = await save('Ours', meaning)
    await dial({ success_criterion: 'A visit is booked.' })
    await tell({ disposition: 'interested', own_disposition: word }, { success })
    expect(await state()).toMatchObject({ disposition, own_disposition_id: isTaken ? word : null })
  })

  test('counts whatever the verdict where the assistant does not say what a success is', async () => {
    const word = await save('Ours', 'negative')
    await dial()
    await tell({ disposition: 'interested', own_disposition: word }, { success: 'true' })
    expect(await state()).toMatchObject({ disposition: 'not_interested', own_disposition_id: word })
  })

  test.each(['callback', 'wrong_number', 'voicemail', 'no_conversation'])('does not stand in for %s', async (disposition) => {
    const word = await save('Ours')
    await dial()
    await tell({ disposition, own_disposition: word })
    expect(await state()).toMatchObject({ disposition, own_disposition_id: null, disposition_source: 'provider' })
  })

  test.each([['an opt-out', { opt_out: true }], ['do_not_call', { disposition: 'do_not_call' }]])('stands below %s in the same analysis', async (_what, said) => {
    const word = await save('Ours')
    await dial()
    await tell({ ...said, own_disposition: word })
    expect(await state()).toMatchObject({ disposition: 'do_not_call', own_disposition_id: null, disposition_source: 'provider' })
    expect(await details()).toMatchObject({ is_listed: true })
  })

  test('goes when a wish not to be called is heard after it', async () => {
    const word = await save('Ours')
    await dial()
    await tell({ own_disposition: word })
    await db.asService().rpc('answer_tool_calls', { event: { provider: 'vapi', dedupe_key: 'late', type: 'tool-calls', is_report: false, provider_call_id: call.providerCallId,
      tools: [{ id: 't1', name: 'opt_out', arguments: {} }] }, body: {} })
    expect(await state()).toMatchObject({ disposition: 'do_not_call', own_disposition_id: null, disposition_source: 'tool_call' })
  })

  test('that our analyser chose stands below do_not_call, too', async () => {
    const word = await save('Ours')
    await dial()
    await tell({ opt_out: false })
    await answer({ disposition: 'do_not_call', opt_out: true, own_disposition: word })
    expect(await state()).toMatchObject({ disposition: null, own_disposition_id: null })
  })

  test('of another account, of nobody, or of no shape at all is as if none had been chosen', async () => {
    const theirs = await saveOf(await openAccount(db), 'Theirs')
    for (const told of [theirs, '00000000-0000-7000-8000-000000000000', 'Visit booked', '\'; drop', 7, {}, [theirs], null]) {
      await dial()
      await tell({ disposition: 'information', own_disposition: told })
      expect(await state(), JSON.stringify(told)).toMatchObject({ state: 'settled', disposition: 'information', own_disposition_id: null })
    }
  })

  test('is taken when it was offered at the dial, not when it was put away before', async () => {
    const word = await save('Ours')
    const putAway = () => account.owner.rpc('remove_disposition', { disposition_id: word })
    await dial()
    await tell({ own_disposition: word })
    await dial()
    await putAway()
    await tell({ own_disposition: word })
    expect(await state()).toMatchObject({ own_disposition_id: word })
    await dial()
    await tell({ disposition: 'information', own_disposition: word })
    expect(await state()).toMatchObject({ disposition: 'information', own_disposition_id: null })
  })

  test('never takes the place of a person\'s word, or of one that was said before', async () => {
    const [booked, later] = [await save('Visit booked'), await save('Later', 'neutral')]
    await dial()
    await tell({ own_disposition: booked })
    await sendEvent(db, report(call.providerCallId, 61, { dedupe_key: 'again', turns, structured: { own_disposition: later } }))
    await processEvents(db)
    expect(await state()).toMatchObject({ own_disposition_id: booked })
    await account.owner.rpc('set_disposition', { call_id: call.callId, disposition: 'callback' })
    await answer({ own_disposition: later })
    expect(await state()).toMatchObject({ disposition: 'callback', own_disposition_id: null, disposition_by: account.userId, disposition_source: null })
  })
})
