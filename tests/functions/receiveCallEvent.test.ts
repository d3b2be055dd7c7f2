import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openAccount } from '../factories/account.ts'
import { acceptedCall, callState } from '../factories/call.ts'
import { newPhone, startedCampaign } from '../factories/campaign.ts'
import { expectInvariants } from '../support/invariants.ts'
import { createStack, type TestStack } from '../support/stack.ts'

interface StoredEvent { dedupe_key: string, call_id: string | null, processed_at: Date | null, body: Record<string, unknown> }

/** The tick waits for what the functions still do in the background, so that nothing is cut off in the middle of a query. */
async function stopQuietly(stack: TestStack) {
  await stack.tick()
  await stack.stop()
}

describe('the webhook of VAPI over HTTP', () => {
  let stack: TestStack
  let bystander: string
  beforeAll(async () => {
    stack = await createStack()
    bystander = (await call()).callId
  })
  afterAll(() => stopQuietly(stack))
  beforeEach(() => stack.db.sql`truncate engine.provider_events`)

  const stored = () => stack.db.sql<StoredEvent[]>`select * from engine.provider_events order by id`
  const send = (body: unknown, secret: string | null = stack.identity.vapiWebhookSecret) =>
    fetch(`${stack.url}/functions/v1/receive-call-event/vapi`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(secret !== null && { 'x-vapi-secret': secret }) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const ringing = (call: Record<string, unknown>) => ({ message: { type: 'status-update', status: 'ringing', timestamp: 1_760_000_000_000, call } })
  const report = (call: Record<string, unknown>, facts: Record<string, unknown> = {}) => ({
    message: {
      type: 'end-of-call-report', timestamp: Date.now(), call: { ...call, status: 'queued', endedReason: null, cost: 0 }, endedReason: 'customer-ended-call',
      startedAt: new Date(Date.now() - 61_000).toISOString(), endedAt: new Date().toISOString(), cost: 0.1,
      artifact: { messages: [{ role: 'user', message: 'Hello', secondsFromStart: 1, duration: 900 }] }, ...facts,
    },
  })
  const call = async () => {
    await startedCampaign(await openAccount(stack.db), { contacts: [{ phone: newPhone('01') }] })
    return acceptedCall(stack.db)
  }
  const tick = () => stack.tickUntil(async () => (await stored()).every((event) => event.processed_at !== null || event.call_id === null), 'the inbox to be worked off')

  test.each([['wrong', 'wrong'], ['empty', ''], ['missing', null]])('refuses a secret that is %s and stores nothing', async (_what, secret) => {
    const answer = await send(ringing({ id: randomUUID() }), secret)
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ success: false, error: { code: 'unauthenticated' } })
    expect(answer.headers.get('x-request-id')).toBeTruthy()
    expect(await stored()).toEqual([])
  })

  test('refuses what is no JSON and stores nothing', async () => {
    for (const body of ['', '{', '{"message":']) expect((await send(body)).status).toBe(400)
    expect(await stored()).toEqual([])
  })

  test('judges the secret before the body', async () => {
    expect((await send('{', 'wrong')).status).toBe(401)
  })

  test.each([[[]], ['"x"'], ['null'], ['7'], [{}], [{ message: null }], [{ message: { type: 'of-next-year', call: { id: 'unknown' } } }], [ringing({ id: 'nobody knows it' })]])(
    'stores %j and changes no call', async (body) => {
      const before = await callState(stack.db, bystander)
      expect((await send(body)).status).toBe(200)
      expect(await stored()).toHaveLength(1)
      await stack.tick()
      expect(await callState(stack.db, bystander)).toEqual(before)
    })

  test('stores what Postgres cannot hold without the part that it cannot hold', async () => {
    expect((await send(`{"message":{"type":"status-update","status":"ringing","call":{"id":"x"},"note":"a\\u0000b\\ud800"}}`)).status).toBe(200)
    expect((await stored())[0]?.body).toMatchObject({ message: { note: 'ab\ufffd' } })
  })

  test('keeps no secret that is echoed to it', async () => {
    await send(ringing({ id: 'x', assistant: { server: { headers: { 'x-vapi-secret': stack.identity.vapiWebhookSecret } } } }))
    expect(JSON.stringify(await stored())).not.toContain(stack.identity.vapiWebhookSecret)
  })

  test('settles once, however often and in whatever order it is told', async () => {
    const { callId, attemptId, providerCallId } = await call()
    const ids = { id: providerCallId, name: attemptId }
    const last = report(ids)
    await Promise.all([send(last), send(last), send({ message: { ...last.message, timestamp: 1, artifact: { ...last.message.artifact, recordingUrl: 'https://other' } } })])
    await send({ message: { type: 'status-update', status: 'ended', endedReason: 'silence-timed-out', call: ids } })
    await send(ringing(ids))
    await tick()
    expect(await callState(stack.db, callId)).toMatchObject({ state: 'settled', outcome: 'answered', ended_reason: 'customer-ended-call', talk_seconds: 61 })
    expect(await stack.db.sql`select 1 from public.ledger_entries where call_id = ${callId}`).toHaveLength(1)
    await expectInvariants(stack.db)
  })

  test('finds the call by our attempt id when the provider\'s id is not stored yet', async () => {
    const { callId, attemptId } = await call()
    await stack.db.sql`update public.calls set provider_call_id = null, accepted_at = null where id = ${callId}`
    await send(ringing({ id: 'came-first', customer: { externalId: attemptId } }))
    await tick()
    expect(await callState(stack.db, callId)).toMatchObject({ state: 'ringing', provider_call_id: 'came-first' })
  })

  test('waits for the provider\'s word when the reason says nothing, and takes a report that follows', async () => {
    const { callId, attemptId, providerCallId } = await call()
    const ids = { id: providerCallId, name: attemptId }
    await send(report(ids, { endedReason: 'reason-of-next-year', startedAt: null, endedAt: null, artifact: {} }))
    await tick()
    expect(await callState(stack.db, callId)).toMatchObject({ state: 'ended', settled_at: null })
    await send(report(ids))
    await tick()
    expect(await callState(stack.db, callId)).toMatchObject({ state: 'settled', outcome: 'answered' })
  })

  test('answers 503 when the event cannot be stored, and takes it when it comes again', async () => {
    await stack.db.sql`alter table engine.provider_events add constraint broken check (provider <> 'vapi') not valid`
    const event = ringing({ id: 'x' })
    expect((await send(event)).status).toBe(503)
    await stack.db.sql`alter table engine.provider_events drop constraint broken`
    expect((await send(event)).status).toBe(200)
    expect(await stored()).toHaveLength(1)
  })
})

describe('the functions that cron calls', () => {
  let stack: TestStack
  beforeAll(async () => { stack = await createStack() })
  afterAll(() => stopQuietly(stack))

  test.each(['dispatch-calls', 'reconcile-calls', 'run-outbox'])('%s asks for the cron secret and answers at once', async (name) => {
    const post = (headers: Record<string, string>) => fetch(`${stack.url}/functions/v1/${name}`, { method: 'POST', headers, body: '{}' })
    expect((await post({})).status).toBe(401)
    expect((await post({ 'x-cron-secret': 'wrong' })).status).toBe(401)
    expect((await post({ 'x-cron-secret': stack.identity.cronSecret })).status).toBe(202)
  })
})
