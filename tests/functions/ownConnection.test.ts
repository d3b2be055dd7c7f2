/** An account calls by its own key: connected, dialled, heard and billed through functions, SDK and simulated carrier, until the key is revoked. */
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { newPhone, startedCampaign } from '../factories/campaign.ts'
import { expectInvariants } from '../support/invariants.ts'
import { signedIn, type Person } from '../support/people.ts'
import { createStack, OWN_CUSTOMER, type TestStack } from '../support/stack.ts'

interface Failure { code: string, message: string, details: { field: string, code: string }[] | null }
interface Answer { status: number, text: string, body: { connection_id: string, is_replacement: boolean, error?: Failure } }

describe('an account\'s own connection', () => {
  let stack: TestStack
  let account: TestAccount
  let owner: Person
  let connectionId: string
  const ask = async (path: string, body: unknown, who: Person | null = owner): Promise<Answer> => {
    const response = await fetch(`${stack.url}/functions/v1/connect-provider${path}`, {
      method: 'POST', headers: { apikey: stack.identity.publishableKey, 'content-type': 'application/json', ...(who && { authorization: `Bearer ${who.token}` }) }, body: JSON.stringify(body) })
    const text = await response.text()
    return { status: response.status, text, body: JSON.parse(text) as Answer['body'] }
  }
  const connect = (api_key: string, who?: Person | null) => ask('', { account_id: account.accountId, api_key }, who)
  const refresh = () => ask('/numbers', { account_id: account.accountId, connection_id: connectionId })
  const choose = async (nth: number) => {
    const { error } = await owner.client.rpc('choose_provider_number', { connection_id: connectionId, provider_ref: OWN_CUSTOMER.phoneNumbers[nth]!.id, concurrency_max: 5 })
    expect(error).toBeNull()
    await stack.db.sql`update engine.provider_lines set calls_per_second = 20`
  }
  const provider = async () => (await owner.client.rpc('get_provider', { account_id: account.accountId })).data as Record<'line' | 'connection', Record<string, unknown>>
  const callOf = async (campaignId: string) => (await stack.db.sql`select * from public.calls where campaign_id = ${campaignId} order by created_at desc limit 1`)[0]
  const campaign = async (phone = newPhone('01')) => (await startedCampaign(account, { contacts: [{ phone }], content: { max_attempts: 1 } })).campaignId
  const isThere = (value: unknown) => value !== null && value !== undefined
  const settled = (campaignId: string) => stack.tickUntil(async () => isThere((await callOf(campaignId))?.settled_at), 'the call to settle')
  const kept = () => stack.db.sql`select id, state from engine.provider_connections where state <> 'retired'`
  beforeAll(async () => {
    stack = await createStack()
    account = await openAccount(stack.db)
    await stack.db.sql`select private.post_entry(${account.accountId}, 'grant', 60000, 'x', 'For a test')`
    owner = await signedIn(stack, account)
  })
  afterAll(() => stack.stop())

  test('is not made with a key that the carrier does not know, one without numbers, or what is no key; nothing is kept', async () => {
    expect(await connect('not-a-key-of-anybody')).toMatchObject({ status: 400, body: { error: { code: 'invalid_input', details: [{ field: 'api_key', code: 'refused' }] } } })
    stack.vapi.customers.add({ apiKey: 'without-numbers', phoneNumbers: [] })
    expect(await connect('without-numbers')).toMatchObject({ status: 400, body: { error: { details: [{ field: 'api_key', code: 'no_numbers' }] } } })
    for (const key of ['', 'short', 'with\nnewline-in-it', 'x'.repeat(201), null, { a: 1 }]) expect((await ask('', { account_id: account.accountId, api_key: key })).status).toBe(400)
    expect(await kept()).toEqual([])
  })

  test('is for owners and admins: others reach neither the carrier nor the account', async () => {
    expect((await connect(OWN_CUSTOMER.apiKey, await signedIn(stack, { userId: (await addMember(stack.db, account, 'viewer')).userId }))).status).toBe(403)
    expect((await connect(OWN_CUSTOMER.apiKey, await signedIn(stack, await openAccount(stack.db)))).status).toBe(404)
    expect((await connect(OWN_CUSTOMER.apiKey, null)).status).toBe(401)
    expect(await kept()).toEqual([])
  })

  test('is made with a key that lists numbers; no answer repeats the key', async () => {
    const answer = await connect(`  ${OWN_CUSTOMER.apiKey} `)
    expect(answer).toMatchObject({ status: 200, body: { is_replacement: false } })
    expect(answer.text).not.toContain(OWN_CUSTOMER.apiKey)
    connectionId = answer.body.connection_id
    await choose(0)
    expect(await provider()).toMatchObject({ line: { e164: '+12025550201', is_own: true }, connection: { state: 'working', last_four: 'omer' } })
    expect(JSON.stringify(await provider())).not.toContain(OWN_CUSTOMER.apiKey)
  })

  test('dials by its own key and number, is heard by its own address, asked about, billed, and its recording copied', async () => {
    const id = await campaign()
    await settled(id)
    const call = stack.vapi.calls().at(-1)!
    expect(call.request.phoneNumberId).toBe(OWN_CUSTOMER.phoneNumbers[0]!.id)
    const { url, headers } = call.destination!.server
    expect([url, headers?.['x-vapi-secret']]).toEqual([`${stack.url}/functions/v1/receive-call-event/vapi/${connectionId}`,
      createHmac('sha256', stack.identity.vapiWebhookSecret).update(`connection ${connectionId}`).digest('hex')])
    expect(await callOf(id)).toMatchObject({ state: 'settled', outcome: 'answered', provider_call_id: call.id })
    expect(await stack.db.sql`select e.event ? 'claims_report' as is_claim, e.event ->> 'type' as type from engine.provider_events e where e.call_id = ${(await callOf(id))?.id as string} and e.event ? 'claims_report'`)
      .toEqual([{ is_claim: true, type: 'end-of-call-report' }])
    await stack.tickUntil(async () => (await callOf(id))?.recording_state === 'stored', 'the copy of the recording')
    expect(await stack.db.sql`select from public.call_transcripts where call_id = ${(await callOf(id))?.id as string} and turns <> '[]'`).toHaveLength(1)
    expect(stack.vapi.violations()).toEqual([])
    await expectInvariants(stack.db)
  })

  test('is found by a listing of its own line when the answer of a dial was lost', async () => {
    stack.vapi.fault('drop_after_accept')
    const id = await campaign()
    await stack.tickUntil(async () => isThere((await callOf(id))?.provider_call_id), 'the call to be found')
    await settled(id)
    expect(await callOf(id)).toMatchObject({ state: 'settled', is_counted: true })
    expect(stack.vapi.violations()).toEqual([])
  })

  describe('hears by its address', () => {
    const post = (path: string, secret: string, message: object) => fetch(`${stack.url}/functions/v1/receive-call-event/vapi${path}`,
      { method: 'POST', headers: { 'content-type': 'application/json', 'x-vapi-secret': secret }, body: JSON.stringify({ message }) })
    const own = (id = connectionId) => createHmac('sha256', stack.identity.vapiWebhookSecret).update(`connection ${id}`).digest('hex')
    const report = (callId: string) => ({ type: 'end-of-call-report', call: { id: callId }, endedReason: 'customer-busy' })

    test('nobody with another secret: not the installation\'s, not another connection\'s, none; and its own opens no other', async () => {
      const other = '00000000-0000-4000-8000-000000000009'
      const attempts: [string, string][] = [[`/${connectionId}`, stack.identity.vapiWebhookSecret], [`/${connectionId}`, own(other)], [`/${connectionId}`, ''], ['', own()], [`/${other}`, own()],
        [`/${connectionId.toUpperCase()}`, own()], [`/${connectionId}%20`, own()], [`/${connectionId}/x`, own()], ['/null', own()], ['/', own()]]
      for (const [path, secret] of attempts) expect([path, (await post(path, secret, report('x'))).status]).not.toEqual([path, 200])
    })

    test('nothing of another account\'s call', async () => {
      const victim = await openAccount(stack.db)
      stack.vapi.setSpeed(0.0001)
      const { campaignId } = await startedCampaign(victim, { contacts: [{ phone: newPhone('01') }] })
      await stack.tickUntil(async () => isThere((await callOf(campaignId))?.provider_call_id), 'the call to be dialled')
      const before = await callOf(campaignId)
      expect((await post(`/${connectionId}`, own(), report(before?.provider_call_id as string))).status).toBe(200)
      await stack.tick()
      expect(await callOf(campaignId)).toMatchObject({ state: before?.state as string, settled_at: null, ended_reason: null })
      stack.vapi.setSpeed(200)
      await settled(campaignId)
    })

    test('no end of its own call that the carrier does not confirm', async () => {
      stack.vapi.setSpeed(20)
      const id = await campaign()
      await stack.tickUntil(async () => {
        if ((await callOf(id))?.state !== 'in_progress') return false
        stack.vapi.setSpeed(0.0001)
        return true
      }, 'the conversation')
      expect((await post(`/${connectionId}`, own(), report((await callOf(id))?.provider_call_id as string))).status).toBe(200)
      await stack.tick()
      expect(await callOf(id)).toMatchObject({ state: 'in_progress', settled_at: null })
      stack.vapi.setSpeed(200)
      await stack.vapi.quiet()
      await stack.db.shiftClock('16 seconds')
      await settled(id)
      expect(await callOf(id)).toMatchObject({ outcome: 'answered' })
    })
  })

  test('whose key was revoked dials nothing, says so, and goes on with a new key at once', async () => {
    stack.vapi.customers.revoke(OWN_CUSTOMER.apiKey)
    const id = await campaign()
    await stack.tickUntil(async () => (await provider()).connection.state === 'refused', 'the refusal')
    expect(await callOf(id)).toMatchObject({ state: 'voided', is_counted: false })
    expect(await refresh()).toMatchObject({ status: 400, body: { error: { details: [{ field: 'api_key', code: 'refused' }] } } })
    const { data } = await owner.client.rpc('list_notices', { account_id: account.accountId })
    expect((data as { kind: string }[]).map(({ kind }) => kind)).toEqual(['provider_refused'])
    stack.vapi.customers.addKey('the-next-key-0002', OWN_CUSTOMER.apiKey)
    expect(await connect('the-next-key-0002')).toMatchObject({ status: 200, body: { connection_id: connectionId, is_replacement: true } })
    expect((await provider()).connection).toMatchObject({ state: 'working', last_four: '0002' })
    await stack.db.shiftClock('61 seconds')
    await stack.tickUntil(async () => (await callOf(id))?.state === 'settled', 'the call by the new key')
    expect(stack.vapi.violations()).toEqual([])
    await expectInvariants(stack.db)
  })

  test('removed, leaves calls that run to end by its key, and what comes next to the platform', async () => {
    stack.vapi.setSpeed(20)
    const id = await campaign()
    await stack.tickUntil(async () => (await callOf(id))?.state === 'in_progress', 'the conversation')
    await owner.client.rpc('remove_provider', { connection_id: connectionId })
    expect((await provider()).line).toMatchObject({ is_own: false })
    stack.vapi.setSpeed(200)
    await settled(id)
    expect(await callOf(id)).toMatchObject({ outcome: 'answered' })
    const next = await campaign()
    await settled(next)
    expect(stack.vapi.calls().at(-1)?.request.phoneNumberId).toBe('00000000-0000-4000-8000-000000000100')
    expect(stack.vapi.violations()).toEqual([])
  })
})
