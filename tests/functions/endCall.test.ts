/** A person ends a running call of a campaign: through the function, the SDK and the carrier's control address, and the events that follow. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { newPhone, startedCampaign } from '../factories/campaign.ts'
import { expectInvariants } from '../support/invariants.ts'
import { signedIn, type Person } from '../support/people.ts'
import { createStack, type TestStack } from '../support/stack.ts'

interface Answer { status: number, answer?: string, code?: string }
/** A conversation that lasts as long as the test needs it to. */
const STILL = 0.0001
const FAST = 200

describe('end-call', () => {
  let stack: TestStack
  let account: TestAccount
  let owner: Person
  let callId: string
  const end = async (who: Person | null = owner, id = callId): Promise<Answer> => {
    const response = await fetch(`${stack.url}/functions/v1/end-call`, {
      method: 'POST', headers: { apikey: stack.identity.publishableKey, ...(who && { authorization: `Bearer ${who.token}` }) }, body: JSON.stringify({ call_id: id }) })
    const { answer, error } = await response.json() as { answer?: string, error?: { code: string } }
    return { status: response.status, ...(answer && { answer }), ...(error && { code: error.code }) }
  }
  const member = async (role: 'admin' | 'agent' | 'viewer') => signedIn(stack, { userId: (await addMember(stack.db, account, role)).userId })
  const stateOf = async (id = callId) => (await stack.db.sql`select * from public.calls where id = ${id}`)[0]
  const settled = () => stack.tickUntil(async () => (await stateOf())?.settled_at !== null, 'the call to settle')
  const asked = async () => (await stack.db.sql`select answer from engine.call_ends where call_id = ${callId}`).map(({ answer }) => answer as string)
  beforeAll(async () => {
    stack = await createStack({ speed: FAST })
    account = await openAccount(stack.db)
    await stack.db.sql`select private.post_entry(${account.accountId}, 'grant', 60000, 'x', 'For a test')`
    owner = await signedIn(stack, account)
  })
  afterAll(() => stack.stop())
  /** Somebody is talked to, and nothing goes on until the test says so. */
  beforeEach(async () => {
    const { campaignId } = await startedCampaign(account, { contacts: [{ phone: newPhone('01') }], content: { max_attempts: 1 } })
    stack.vapi.setSpeed(20)
    await stack.tickUntil(async () => {
      const [call] = await stack.db.sql`select id, state from public.calls where campaign_id = ${campaignId}`
      callId = String(call?.id)
      if (call?.state !== 'in_progress') return false
      stack.vapi.setSpeed(STILL)
      return true
    }, 'the conversation')
  })

  test('ends the conversation at the carrier, once, and bills what was talked', async () => {
    expect(await end()).toEqual({ status: 200, answer: 'hung_up' })
    stack.vapi.setSpeed(FAST)
    await settled()
    expect(await stateOf()).toMatchObject({ state: 'settled', outcome: 'canceled', ended_reason: 'manually-canceled' })
    expect(await end()).toEqual({ status: 200, answer: 'over' })
    const { data } = await owner.client.rpc('get_call', { call_id: callId })
    expect(data).toMatchObject({ end_asked: { by_name: 'Ada Test', is_told: true } })
    expect(stack.vapi.violations()).toEqual([])
    await expectInvariants(stack.db)
  })

  test('asked in two tabs at once tells the carrier once', async () => {
    const answers = (await Promise.all([end(), end(), end(await member('admin'))])).map(({ answer }) => answer)
    expect(answers.filter((answer) => answer === 'hung_up')).toHaveLength(1)
    expect(answers.filter((answer) => answer === 'asked' || answer === 'over')).toHaveLength(2)
    stack.vapi.setSpeed(FAST)
    await settled()
    expect(await stack.db.sql`select from public.activity_log where verb = 'call.end_asked' and subject_id = ${callId}`).toHaveLength(1)
  })

  test('says that the carrier did not do it, and does it when asked again', async () => {
    stack.vapi.fault('unauthorized_401')
    expect(await end()).toEqual({ status: 502, code: 'provider_refused' })
    expect([await asked(), (await stateOf())?.state]).toEqual([['failed'], 'in_progress'])
    expect(await end()).toEqual({ status: 200, answer: 'hung_up' })
    stack.vapi.setSpeed(FAST)
    await settled()
  })

  test('finds a call that has just ended at the carrier over', async () => {
    const [call] = stack.vapi.calls().slice(-1)
    await fetch(call!.monitor.controlUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"type":"end-call"}' })
    expect((await end()).answer).toBe('over')
    stack.vapi.setSpeed(FAST)
    await settled()
  })

  test('is for whoever may end calls: not for agents, viewers, strangers, visitors, and no call that is none', async () => {
    const agent = await addMember(stack.db, account, 'agent')
    const { campaign_id: campaignId } = await stateOf() as { campaign_id: string }
    await account.owner.rpc('assign_to_campaign', { campaign_id: campaignId, user_id: agent.userId, is_assigned: true })
    expect(await end(await signedIn(stack, agent))).toEqual({ status: 403, code: 'forbidden' })
    expect(await end(await member('viewer'))).toEqual({ status: 403, code: 'forbidden' })
    expect(await end(await signedIn(stack, await openAccount(stack.db)))).toEqual({ status: 404, code: 'not_found' })
    expect(await end(null)).toEqual({ status: 401, code: 'unauthenticated' })
    expect(await end(owner, campaignId)).toEqual({ status: 404, code: 'not_found' })
    expect(await end(owner, 'nonsense')).toEqual({ status: 400, code: 'invalid_input' })
    expect([await asked(), (await stateOf())?.state]).toEqual([[], 'in_progress'])
    stack.vapi.setSpeed(FAST)
    await settled()
  })
})
