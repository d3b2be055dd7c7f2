/**
 * What every provider's adapter must withstand when it is told about calls, through webhook, inbox and settlement; the numbers are
 * those of the conformance list (reference/providers.md §10), `dialled.test.ts` has the others. VAPI is the only provider, so some
 * numbers apply in part: 14 has no verdict that comes later (Twilio's), 20 no signature over body and time (VAPI sends back a secret,
 * so there is nothing to replay within or re-serialise), 9 no cents and no negative texts but as what nobody sends. 32 is payment's.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createVapiWebhook } from '../../../business/gateways/calls/vapi/webhook.ts'
import { openAccount } from '../../factories/account.ts'
import { acceptedCall, callState, type AcceptedCall } from '../../factories/call.ts'
import { newPhone, startedCampaign } from '../../factories/campaign.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { createStack, type TestStack } from '../../support/stack.ts'

type Facts = Record<string, unknown>

describe('a provider tells', () => {
  let stack: TestStack
  beforeAll(async () => {
    stack = await createStack()
  })
  afterAll(async () => {
    await expectInvariants(stack.db)
    await stack.stop()
  })

  const call = async (): Promise<AcceptedCall> => {
    await startedCampaign(await openAccount(stack.db), { contacts: [{ phone: newPhone() }] })
    return acceptedCall(stack.db)
  }
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = { 'x-vapi-secret': stack.identity.vapiWebhookSecret }) =>
    fetch(`${stack.url}/functions/v1/receive-call-event/vapi`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
  const send = async (message: Facts, headers?: Record<string, string>) => (await post(JSON.stringify({ message }), headers)).status
  const ids = ({ providerCallId, attemptId }: AcceptedCall) => ({ id: providerCallId, name: attemptId, status: 'queued', startedAt: null, endedAt: null, cost: 0 })
  const status = (one: AcceptedCall, name: string, facts: Facts = {}) => ({ type: 'status-update', status: name, timestamp: Date.now(), call: ids(one), ...facts })
  const spoken = { artifact: { messages: [{ role: 'user', message: 'Hello', secondsFromStart: 1, duration: 900 }] } }
  const ended = Date.now()
  const report = (one: AcceptedCall, facts: Facts = {}) => ({ type: 'end-of-call-report', timestamp: Date.now(), call: ids(one), endedReason: 'customer-ended-call',
    startedAt: new Date(ended - 61_000).toISOString(), endedAt: new Date(ended).toISOString(), cost: 0.1, ...spoken, ...facts })
  const settled = async (one: AcceptedCall) => {
    await stack.tickUntil(async () => (await callState(stack.db, one.callId)).settled_at !== null, 'the call to settle')
    return callState(stack.db, one.callId)
  }
  const told = async (facts: Facts) => {
    const one = await call()
    expect(await send(report(one, facts))).toBe(200)
    return { ...one, state: await settled(one) }
  }
  const entries = async (one: AcceptedCall) => (await stack.db.sql`select 1 from public.ledger_entries where call_id = ${one.callId} and kind = 'consume'`).length
  const stored = async (one: AcceptedCall) => (await stack.db.sql`select 1 from engine.provider_events where call_id = ${one.callId}`).length
  const words = async (one: AcceptedCall) => (await stack.db.sql`select * from public.call_transcripts where call_id = ${one.callId}`)[0]

  test('1 the same twice, in the same bytes and with new addresses and another timestamp: stored once, settled once', async () => {
    const one = await call()
    const first = report(one)
    for (const facts of [{}, {}, { timestamp: 1 }, { artifact: { ...spoken.artifact, recordingUrl: `https://signed/${randomUUID()}` } }]) expect(await send({ ...first, ...facts })).toBe(200)
    await settled(one)
    expect([await stored(one), await entries(one)]).toEqual([1, 1])
  })

  test('2 the same to two workers at once: one entry', async () => {
    const one = await call()
    const first = report(one)
    await Promise.all([1, 2, 3, 4, 5].map(() => send(first)))
    await settled(one)
    expect([await stored(one), await entries(one)]).toEqual([1, 1])
  })

  test('3 in another order than it happened: the report decides, the rest moves nothing back', async () => {
    const one = await call()
    for (const message of [report(one), status(one, 'ended', { endedReason: 'silence-timed-out' }), status(one, 'ended', { endedReason: 'customer-busy' }),
      status(one, 'in-progress'), status(one, 'ringing')]) expect(await send(message)).toBe(200)
    expect(await settled(one)).toMatchObject({ state: 'settled', outcome: 'answered', ended_reason: 'customer-ended-call', talk_seconds: 61, billed_seconds: 120 })
    await stack.tick()
    expect(await entries(one)).toBe(1)
  })

  test.each([[null, null], [undefined, null], [0, 0], [0.123456, 123_456], ['0.05', 50_000], ['-0.01', null], ['free', null], [{}, null]])(
    '9 a cost of %j: kept as %j micro-dollars', async (cost, micros) => {
      const { state } = await told({ cost })
      expect(state.provider_cost_micros === null ? null : Number(state.provider_cost_micros)).toBe(micros)
    })

  test('9 another cost later: taken, without a second entry', async () => {
    const one = await told({ cost: null })
    expect(await send(report(one, { cost: 0.25 }))).toBe(200)
    await stack.tick()
    expect(await callState(stack.db, one.callId)).toMatchObject({ provider_cost_micros: '250000', talk_seconds: 61 })
    expect(await entries(one)).toBe(1)
  })

  test.each<[string, Facts, number]>([
    ['reversed', { startedAt: new Date(ended).toISOString(), endedAt: new Date(ended - 61_000).toISOString() }, 0],
    ['in milliseconds', { startedAt: ended - 61_000, endedAt: ended }, 61], ['in seconds', { startedAt: Math.floor(ended / 1000) - 61, endedAt: Math.floor(ended / 1000) }, 61],
  ])('10 times that are %s: talk time is a number, never negative', async (_what, times, seconds) => {
    expect((await told(times)).state.talk_seconds).toBe(seconds)
  })

  test.each<[string, Facts]>([
    ['null', { startedAt: null, endedAt: null }], ['missing', { startedAt: undefined, endedAt: undefined }], ['empty', { startedAt: '', endedAt: '' }],
    ['nonsense', { startedAt: 'yesterday', endedAt: [] }],
  ])('10 times that are %s after somebody spoke: over, and nothing is posted before the provider was asked again', async (_what, times) => {
    const one = await call()
    expect(await send(report(one, times))).toBe(200)
    await stack.tick()
    expect(await callState(stack.db, one.callId)).toMatchObject({ state: 'ended', talk_seconds: 0, settled_at: null })
    expect(await entries(one)).toBe(0)
  })

  test('11 beside a stale snapshot of the call: only its ids are read', async () => {
    const one = await call()
    await send({ ...report(one), call: { ...ids(one), status: 'ringing', endedReason: 'customer-busy', cost: 9, startedAt: '2020-01-01T00:00:00Z' } })
    expect(await settled(one)).toMatchObject({ outcome: 'answered', talk_seconds: 61, provider_cost_micros: '100000' })
  })

  test('12 of types, states, reasons and fields nobody knows: 200, and what is known still counts', async () => {
    const one = await call()
    for (const message of [{ type: 'of-next-year', call: ids(one) }, status(one, 'levitating'), status(one, '__proto__'), { ...status(one, 'ringing'), newField: [[{}]] }]) expect(await send(message)).toBe(200)
    await stack.tick()
    expect(await callState(stack.db, one.callId)).toMatchObject({ state: 'ringing' })
    await send(report(one, { endedReason: 'of-next-year', somethingNew: { a: [1] } }))
    expect(await settled(one)).toMatchObject({ outcome: 'answered', ended_reason: 'of-next-year' })
  })

  test.each<[string, Facts]>([['no artifact', { artifact: undefined, transcript: undefined }], ['an empty one', { artifact: {}, transcript: '' }], ['empty lists', { artifact: { messages: [], transcript: '' }, summary: '' }]])(
    '13 of a call that never connected, with %s: no answer, no words, no use', async (_what, facts) => {
      const one = await told({ endedReason: 'customer-did-not-answer', startedAt: undefined, cost: 0, ...facts })
      expect(one.state).toMatchObject({ outcome: 'no_answer', talk_seconds: 0, billed_seconds: 0 })
      expect((await words(one))?.summary ?? null).toBeNull()
    })

  test('14 of a machine that was talked to for long: voicemail, whatever its words and analysis are', async () => {
    const one = await told({ endedReason: 'voicemail', analysis: { summary: 'They agreed on everything.', structuredData: { opt_out: true, disposition: 'interested' } } })
    expect(one.state).toMatchObject({ outcome: 'voicemail', talk_seconds: 61, engaged: null, disposition: null })
    expect(await words(one)).toMatchObject({ summary: null, success: null, structured: null })
  })

  test('15 of silence: answered, and nobody took part', async () => {
    expect((await told({ endedReason: 'silence-timed-out', artifact: { messages: [{ role: 'bot', message: 'Hello?', secondsFromStart: 0, duration: 900 }] } })).state)
      .toMatchObject({ outcome: 'answered', engaged: false })
  })

  test('16 of a fault before and after the person spoke: retried, or answered and never redialled', async () => {
    const reason = 'pipeline-error-openai-llm-failed'
    const before = await told({ endedReason: reason, startedAt: undefined, artifact: { messages: [] } })
    expect(before.state).toMatchObject({ outcome: 'failed', failure_scope: 'transient', is_counted: true })
    const after = await told({ endedReason: reason })
    expect(after.state).toMatchObject({ outcome: 'answered', technical_failure: true, failure_scope: null })
    expect(await stack.db.sql`select status from public.enrolments where id = ${after.state.enrolment_id as string}`).toEqual([{ status: 'reached' }])
  })

  test.each([['false', 'false'], ['7', '7'], [null, null], [{ goal: true }, '{"goal":true}'], [true, 'true'], ['', null]])('17 a verdict of %j: kept as %j', async (successEvaluation, success) => {
    expect((await words(await told({ analysis: { successEvaluation } })))?.success ?? null).toBe(success)
  })

  test('20 with a secret that is missing, empty, wrong, old or written in another header: refused; with the right one in any case: taken', async () => {
    const one = await call()
    const secret = stack.identity.vapiWebhookSecret
    for (const headers of [{}, { 'x-vapi-secret': '' }, { 'x-vapi-secret': `${secret}x` }, { 'x-vapi-secret': secret.slice(1) }, { authorization: `Bearer ${secret}` }]) {
      expect(await send(status(one, 'ringing'), headers as Record<string, string>)).toBe(401)
    }
    expect(await stored(one)).toBe(0)
    expect(await send(status(one, 'ringing'), { 'X-VAPI-SECRET': secret })).toBe(200)
    const rotated = createVapiWebhook(['new', 'old'])
    expect((await rotated.verify(new Uint8Array(), new Headers({ 'x-vapi-secret': 'old' }))).ok).toBe(true)
    for (const none of [[], ['']]) expect((await createVapiWebhook(none).verify(new Uint8Array(), new Headers({ 'x-vapi-secret': '' }))).ok).toBe(false)
  })

  test('21 with a body that is no object, no UTF-8 or five megabytes long: nothing breaks', async () => {
    for (const body of ['[]', '"x"', 'null', '7']) expect((await post(body)).status).toBe(200)
    const one = await call()
    const bytes = new TextEncoder().encode(JSON.stringify({ message: { ...status(one, 'ringing'), note: 'X' } })).map((byte) => (byte === 0x58 ? 0xff : byte))
    expect((await post(bytes)).status).toBe(200)
    const transcript = 'User: word. '.repeat(450_000)
    expect(await send(report(one, { artifact: { ...spoken.artifact, transcript } }))).toBe(200)
    await settled(one)
    expect((await words(one))?.transcript).toHaveLength(transcript.length)
  })

  test('22 of a call that nobody knows, or of one under another\'s id: 200, and no call changes', async () => {
    const [mine, theirs] = [await call(), await call()]
    expect(await send(report({ ...mine, providerCallId: randomUUID(), attemptId: randomUUID() }))).toBe(200)
    expect(await send(report({ ...mine, providerCallId: theirs.providerCallId }))).toBe(200)
    await stack.tick()
    expect(await callState(stack.db, mine.callId)).toMatchObject({ state: 'dialing', settled_at: null })
    expect(await entries(mine)).toBe(0)
  })

  test('25 that it was forwarded, or that the assistant hangs: the call goes on and keeps its slot', async () => {
    const one = await call()
    for (const message of [status(one, 'in-progress'), status(one, 'forwarding'), { type: 'hang', timestamp: 1, call: ids(one) }]) await send(message)
    await stack.tick()
    expect(await callState(stack.db, one.callId)).toMatchObject({ state: 'in_progress', ended_at: null })
    expect(await stack.db.sql`select in_flight from engine.accounts where account_id = ${(await callState(stack.db, one.callId)).account_id as string}`).toEqual([{ in_flight: 1 }])
  })

  test('30 with numbers longer than a number holds: ids survive, the rest does not break anything', async () => {
    const one = await call()
    const id = '123456789012345678901234567890'
    await stack.db.sql`update public.calls set provider_call_id = ${id} where id = ${one.callId}`
    const body = JSON.stringify({ message: report({ ...one, providerCallId: id }) }).replace('"cost":0.1', '"cost":1e30,"orgId":98765432109876543210,"call2":{"id":98765432109876543210}')
    expect((await post(body)).status).toBe(200)
    expect(await settled(one)).toMatchObject({ provider_call_id: id, outcome: 'answered' })
  })

  test('31 while the database is away: no 2xx, so that it comes again, and then it is taken', async () => {
    const one = await call()
    await stack.db.sql`alter function public.record_call_event(jsonb, jsonb) rename to record_call_event_away`
    await stack.db.sql`notify pgrst, 'reload schema'`
    await expect.poll(() => send(status(one, 'ringing'))).toBeGreaterThanOrEqual(500)
    await stack.db.sql`alter function public.record_call_event_away(jsonb, jsonb) rename to record_call_event`
    await stack.db.sql`notify pgrst, 'reload schema'`
    await expect.poll(() => send(status(one, 'ringing'))).toBe(200)
    await stack.tick()
    expect(await callState(stack.db, one.callId)).toMatchObject({ state: 'ringing' })
  })
})
