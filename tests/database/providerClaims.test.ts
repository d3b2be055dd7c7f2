/**
 * What comes in by the address of an account's own connection is the word of somebody who can read its secret at their provider: it
 * concerns their own calls alone, and never how one ended, how long it was, or what it costs.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, callState, dialOne, processEvents, report, sendEvent, type AcceptedCall } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { ownLine } from '../factories/connection.ts'
import type { TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

describe('with the secret of an own connection', () => {
  let db: TestDatabase
  let account: TestAccount
  let connectionId: string
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
    connectionId = (await ownLine(db, account)).connectionId
  })
  afterEach(() => expectInvariants(db))
  afterAll(() => db.drop())

  const calling = async (who = account): Promise<AcceptedCall> => {
    await startedCampaign(who, { contacts: 1 })
    return acceptedCall(db)
  }
  /** As receive-call-event stores what came by the connection's address. */
  const claims = (event: Record<string, unknown>, by: string | null = connectionId) => sendEvent(db, { ...event, connection_id: by })
  const toCheck = async () => (await db.asService().rpc<{ calls: { call_id: string }[] }>('calls_to_check', { batch_size: 9 })).calls.map(({ call_id }) => call_id)
  const answered = (callId: string, facts: Record<string, unknown>) =>
    db.asService().rpc('record_call_check', { call_id: callId, facts: { kind: 'found', event: { provider: 'vapi', dedupe_key: randomUUID(), ...facts } } })

  describe('somebody else\'s call', () => {
    test.each(['the platform\'s', 'another connection\'s'])('of %s is not moved, by its attempt id, its provider id or both', async (whose) => {
      const victim = await openAccount(db)
      if (whose !== 'the platform\'s') await ownLine(db, victim)
      const call = await calling(victim)
      const before = await callState(db, call.callId)
      const [attempt_id, provider_call_id] = [call.attemptId, call.providerCallId]
      for (const [index, ids] of [{ attempt_id }, { provider_call_id }, { attempt_id, provider_call_id }].entries()) {
        await claims({ ...report('x'), dedupe_key: `k${index}`, provider_call_id: null, ...ids })
        await claims({ state: 'in_progress', dedupe_key: `s${index}`, ...ids })
      }
      await processEvents(db)
      await db.sql`select private.tick()`
      expect(await callState(db, call.callId)).toEqual(before)
      expect(await toCheck()).toEqual([])
    })

    test('is not robbed of its events by keys that were used before', async () => {
      const victim = await openAccount(db)
      const call = await calling(victim)
      const told = report(call.providerCallId)
      await claims(told)
      expect(await sendEvent(db, told)).toEqual({ is_new: true })
      await processEvents(db)
      expect(await callState(db, call.callId)).toMatchObject({ state: 'settled', billed_seconds: 120 })
    })

    test('does not hear the tools of another: nobody is listed, no line is passed on', async () => {
      const victim = await openAccount(db)
      const call = await calling(victim)
      const tools = [{ id: 't', name: 'opt_out', arguments: {} }]
      await db.asService().rpc('answer_tool_calls', { event: { provider: 'vapi', dedupe_key: 't', type: 'tool-calls', attempt_id: call.attemptId, tools, connection_id: connectionId }, body: {} })
      const { topic } = await victim.owner.rpc<{ topic: string }>('watch_call', { call_id: call.callId })
      const say = (by: string | null) => db.asService().rpc('relay_transcript', { event: { attempt_id: call.attemptId, role: 'contact', text: 'Hello', is_final: true, connection_id: by } })
      const heard = async () => (await db.admin`select from realtime.messages where topic = ${topic}`).length
      await say(connectionId)
      expect([await heard(), (await db.sql`select from public.do_not_call`).length]).toEqual([0, 0])
      await say(null)
      expect(await heard()).toBe(1)
    })

    test('of an own connection is not moved by the installation\'s address either', async () => {
      const call = await calling()
      await claims(report(call.providerCallId), null)
      await processEvents(db)
      expect(await callState(db, call.callId)).toMatchObject({ state: 'dialing', settled_at: null })
    })

    test('that comes to be known later is not matched with what was told before it', async () => {
      const victim = await openAccount(db)
      await startedCampaign(victim, { contacts: 1 })
      const { callId } = await dialOne(db)
      const provider_call_id = randomUUID()
      await claims({ state: 'in_progress', provider_call_id })
      await db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'accepted', provider_call_id } })
      await processEvents(db)
      expect(await callState(db, callId)).toMatchObject({ state: 'dialing' })
    })
  })

  describe('one\'s own call', () => {
    test('is followed while it lasts, and its tools are heard', async () => {
      const call = await calling()
      await claims({ state: 'ringing', attempt_id: call.attemptId })
      await claims({ state: 'in_progress', provider_call_id: call.providerCallId })
      await processEvents(db)
      expect(await callState(db, call.callId)).toMatchObject({ state: 'in_progress' })
      const { results } = await db.asService().rpc<{ results: object[] }>('answer_tool_calls', { body: {}, event: { provider: 'vapi', dedupe_key: 't', type: 'tool-calls', attempt_id: call.attemptId,
        connection_id: connectionId, tools: [{ id: 't', name: 'opt_out', arguments: {} }] } })
      expect(results).toMatchObject([{ id: 't', result: expect.any(String) }])
      expect(await db.sql`select account_id from public.do_not_call`).toEqual([{ account_id: account.accountId }])
      expect(await db.sql`select processed_at is not null as is_done from engine.provider_events where event ? 'tools'`).toEqual([{ is_done: true }])
    })

    test('said to be over costs nothing and frees nothing: the provider is asked, and what it answers is billed', async () => {
      const call = await calling()
      await claims({ state: 'in_progress', attempt_id: call.attemptId })
      await claims({ ...report(call.providerCallId, 0), outcome: 'no_answer', cost_micros: 1, structured: { disposition: 'interested' }, summary: 'Forged.' })
      await processEvents(db)
      const { in_flight: live } = (await db.sql`select in_flight from engine.accounts where account_id = ${account.accountId}`)[0]!
      expect([await callState(db, call.callId), live]).toMatchObject([{ state: 'in_progress', settled_at: null, ended_reason: null, provider_cost_micros: null, disposition: null, recording_state: 'none' }, 1])
      expect(await toCheck()).toEqual([call.callId])
      await answered(call.callId, { ...report(call.providerCallId, 100), dedupe_key: 'poll' })
      await processEvents(db)
      expect(await callState(db, call.callId)).toMatchObject({ state: 'settled', outcome: 'answered', billed_seconds: 120, talk_seconds: 100 })
      expect(await db.sql`select summary from public.call_transcripts`).toEqual([{ summary: 'They said hello.' }])
    })

    test('said to be over while it is not goes on, and is asked about again every fifteen seconds at most', async () => {
      const call = await calling()
      await claims(report(call.providerCallId, 0))
      expect(await toCheck()).toEqual([call.callId])
      await answered(call.callId, { state: 'in_progress', provider_call_id: call.providerCallId })
      await processEvents(db)
      expect([await callState(db, call.callId), await toCheck()]).toMatchObject([{ state: 'in_progress' }, []])
      await db.shiftClock('16 seconds')
      expect(await toCheck()).toEqual([call.callId])
    })

    test('keeps the provider\'s id that the dial brought, whatever id is claimed first', async () => {
      await startedCampaign(account, { contacts: 1 })
      const { callId, attemptId } = await dialOne(db)
      await claims({ state: 'ringing', attempt_id: attemptId, provider_call_id: 'another' })
      await processEvents(db)
      await db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'accepted', provider_call_id: 'real' } })
      expect(await callState(db, callId)).toMatchObject({ state: 'ringing', provider_call_id: 'real' })
    })

    test('a bare status of its end is kept and changes nothing', async () => {
      const call = await calling()
      await claims({ type: 'status-update', state: 'ended', attempt_id: call.attemptId, ended_reason: 'x' })
      await processEvents(db)
      expect([await callState(db, call.callId), await toCheck()]).toMatchObject([{ state: 'dialing', ended_reason: null }, []])
    })
  })
})
