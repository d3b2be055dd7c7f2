/** A person has themselves called: verified by a code that they hear, then by an assistant, through function, SDK and simulated carrier. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { createAssistant, newPhone } from '../factories/campaign.ts'
import { codeIn } from '../factories/ownNumber.ts'
import { expectInvariants } from '../support/invariants.ts'
import { subscribed, until } from '../support/listeners.ts'
import { signedIn, type Person } from '../support/people.ts'
import { createStack, type TestStack } from '../support/stack.ts'

interface Answer { status: number, body: { call_id: string, answer?: string, error?: { code: string, message: string, details: unknown } } }
/** A conversation that lasts as long as the test needs it to. */
const STILL = 0.0001
const FAST = 200
/** Slow enough to be hung up in the middle. */
const HEARD = 20

describe('place-test-call', () => {
  let stack: TestStack
  let account: TestAccount
  let me: Person
  let assistantId: string
  const ask = async (path: string, body?: object, who: Person | null = me, name = 'place-test-call'): Promise<Answer> => {
    const response = await fetch(`${stack.url}/functions/v1/${name}${path}`, {
      method: 'POST', headers: { apikey: stack.identity.publishableKey, 'content-type': 'application/json', ...(who && { authorization: `Bearer ${who.token}` }) }, body: body && JSON.stringify(body),
    })
    return { status: response.status, body: await response.json() as Answer['body'] }
  }
  const stateOf = async (id: string) => (await stack.db.sql`select * from public.calls where id = ${id}`)[0]
  const settled = (id: string) => stack.tickUntil(async () => (await stateOf(id))?.settled_at !== null, 'the call to settle')
  const wish = (phone: string) => ({ assistant_id: assistantId, uses_draft: true, phone })
  /** The next call may be dialled at once. */
  const freeLine = () => stack.db.sql`update engine.provider_lines set next_dial_at = private.now()`
  beforeAll(async () => {
    stack = await createStack({ speed: FAST })
    account = await openAccount(stack.db)
    me = await signedIn(stack, account)
    assistantId = await createAssistant(account)
  })
  afterAll(() => stack.stop())

  async function verify(phone: string): Promise<void> {
    const { status, body } = await ask('/code', { account_id: account.accountId, phone })
    expect([status, body.error]).toEqual([201, undefined])
    await settled(body.call_id)
    const heard = stack.vapi.calls().at(-1)?.conversation.turns.map(({ text }) => text).join(' ') ?? ''
    const { data } = await me.client.rpc('confirm_own_number', { code: codeIn(heard) })
    expect(data).toEqual({ is_verified: true, guesses_left: null })
  }

  test('speaks a code twice and hangs up, records nothing and leaves nothing on a machine', async () => {
    const phone = newPhone('01')
    await verify(phone)
    const call = stack.vapi.calls().at(-1)
    expect(call).toMatchObject({ endedReason: 'assistant-said-end-call-phrase', conversation: { turns: [{ role: 'assistant' }] } })
    expect(call?.assistant).toMatchObject({ maxDurationSeconds: 45, artifactPlan: { recordingEnabled: false } })
    expect(call?.assistant.voicemailMessage).toBeUndefined()
    expect(await stack.db.sql`select from public.call_transcripts`).toHaveLength(0)
    expect(await stack.db.sql`select from engine.outbox where kind = 'copy_recording'`).toHaveLength(0)
    await freeLine()
    const { body } = await ask('/code', { account_id: account.accountId, phone: newPhone('04') })
    await settled(body.call_id)
    expect(await stateOf(body.call_id)).toMatchObject({ outcome: 'voicemail' })
    expect(stack.vapi.calls().at(-1)?.conversation.turns.filter(({ role }) => role === 'assistant')).toEqual([])
  })

  test('calls with the draft, shows each line while it is spoken, hangs up when asked, and bills what was talked', async () => {
    const { data: own } = await me.client.rpc('own_number')
    await freeLine()
    stack.vapi.setSpeed(STILL)
    const { status, body: { call_id } } = await ask('', wish((own as { phone: string }).phone))
    expect(status).toBe(201)
    const { data: watched } = await me.client.rpc('watch_call', { call_id })
    const lines: { text: string }[] = []
    const states: string[] = []
    await me.client.realtime.setAuth(me.token)
    const channel = me.client.channel((watched as { topic: string }).topic, { config: { private: true } })
      .on('broadcast', { event: 'transcript' }, ({ payload }) => void lines.push(payload as { text: string }))
      .on('broadcast', { event: 'call_changed' }, ({ payload }) => void states.push((payload as { state: string }).state))
    expect(await subscribed(channel)).toBe('SUBSCRIBED')
    stack.vapi.setSpeed(HEARD)
    await until(() => lines.length > 0)
    stack.vapi.setSpeed(STILL)
    expect((await ask('', wish((own as { phone: string }).phone))).body.error).toMatchObject({ code: 'conflict', details: { reason: 'in_other_call' } })
    expect((await ask('', { call_id }, me, 'end-call')).body.answer).toBe('hung_up')
    stack.vapi.setSpeed(FAST)
    await settled(call_id)
    await until(() => states.includes('settled'))
    expect((await ask('', { call_id }, me, 'end-call')).body.answer).toBe('over')
    expect(lines[0]?.text).toMatch(/^Hi Ada Test, this/)
    const { data: call } = await me.client.rpc('get_call', { call_id })
    expect(call).toMatchObject({ kind: 'test', outcome: 'canceled', ended_reason: 'manually-canceled', ledger: { delta_seconds: -60 } })
    await me.client.removeAllChannels()
    expect(stack.vapi.violations()).toEqual([])
    await expectInvariants(stack.db)
  })

  test('says why it cannot: no session, no right, no number of one\'s own, a number that the provider refuses', async () => {
    expect((await ask('', wish('+12025550101'), null)).status).toBe(401)
    const viewer = await signedIn(stack, { userId: (await addMember(stack.db, account, 'viewer')).userId })
    expect((await ask('', wish('+12025550101'), viewer)).status).toBe(403)
    expect((await ask('/code', { account_id: account.accountId, phone: newPhone() }, viewer)).status).toBe(403)
    expect((await ask('', wish('+12025550101'), await signedIn(stack))).status).toBe(404)
    expect((await ask('', wish('+12025550101'))).body.error).toMatchObject({ code: 'conflict', details: { reason: 'not_verified' } })
    expect((await ask('', { assistant_id: 'x' })).status).toBe(400)
    await freeLine()
    const refused = await ask('/code', { account_id: account.accountId, phone: newPhone('00') })
    expect([refused.status, refused.body.error]).toMatchObject([400, { details: [{ field: 'phone', code: 'invalid_number' }] }])
    expect((await ask('', { call_id: assistantId }, me, 'end-call')).status).toBe(404)
  })

  test('a test whose answer was lost is one call, and found again', async () => {
    const { data: own } = await me.client.rpc('own_number')
    await freeLine()
    stack.vapi.fault('drop_after_accept')
    const { status, body: { call_id } } = await ask('', wish((own as { phone: string }).phone))
    expect(status).toBe(201)
    await settled(call_id)
    expect(stack.vapi.calls().filter(({ attemptId }) => attemptId !== undefined && attemptId === stack.vapi.calls().at(-1)?.attemptId)).toHaveLength(1)
    expect(stack.vapi.violations()).toEqual([])
    await expectInvariants(stack.db)
  })
})
