/** set_disposition for programs: a session's token, words by their stable names, and refusals that say what would have been right. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, processEvents, report, sendEvent } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { signedIn, type Person } from '../support/people.ts'
import { createStack, type TestStack } from '../support/stack.ts'

interface Refusal { code: string, message: string, hint: string | null, details: string | null }

describe('a disposition is set over HTTP', () => {
  let stack: TestStack
  let account: TestAccount
  let agent: Person
  let viewer: Person
  let callId: string
  let otherCallId: string
  let booked: string
  let theirs: string
  beforeAll(async () => {
    stack = await createStack()
    account = await openAccount(stack.db)
    const other = await openAccount(stack.db)
    callId = await conversation(account)
    otherCallId = await conversation(other)
    booked = await ownWord(account, 'Visit booked')
    theirs = await ownWord(other, 'Theirs')
    agent = await member('agent')
    viewer = await member('viewer')
  })
  afterAll(() => stack.stop())

  async function conversation(of: TestAccount): Promise<string> {
    await startedCampaign(of)
    const call = await acceptedCall(stack.db)
    await sendEvent(stack.db, report(call.providerCallId))
    await processEvents(stack.db)
    return call.callId
  }
  const ownWord = async ({ accountId, owner }: TestAccount, name: string) => (await owner.rpc<{ disposition_id: string }>('save_disposition', {
    account_id: accountId, disposition_id: null, name, meaning: 'positive' })).disposition_id
  async function member(role: 'agent' | 'viewer'): Promise<Person> {
    const { userId } = await addMember(stack.db, account, role)
    const [call] = await stack.db.sql`select campaign_id from public.calls where id = ${callId}`
    if (role === 'agent') await account.owner.rpc('assign_to_campaign', { campaign_id: call?.campaign_id, user_id: userId, is_assigned: true })
    return signedIn(stack, { userId })
  }
  async function set(body: object, who: Person = agent): Promise<{ status: number, answer: Record<string, unknown> & Refusal }> {
    const response = await fetch(`${stack.url}/rest/v1/rpc/set_disposition`, { method: 'POST', body: JSON.stringify(body),
      headers: { apikey: stack.identity.publishableKey, authorization: `Bearer ${who.token}`, 'content-type': 'application/json' } })
    return { status: response.status, answer: await response.json() as Record<string, unknown> & Refusal }
  }
  const logged = async () => (await stack.db.sql`select from public.activity_log where verb = 'call.disposition_set'`).length

  test.each([
    ['a word of the platform', () => ({ disposition: 'not_interested' }), { disposition: 'not_interested', own_disposition: null }],
    ['an own word by its name, whatever the case', () => ({ own_disposition: 'VISIT booked' }), { disposition: 'interested', own_disposition: 'Visit booked' }],
    ['an own word by its id', () => ({ own_disposition_id: booked }), { disposition: 'interested', own_disposition: 'Visit booked' }],
  ])('by an agent of its campaign: %s', async (_what, word, answer) => {
    expect(await set({ call_id: callId, ...word() })).toEqual({ status: 200, answer: { ...answer, is_listed: false } })
  })

  test('again with the same word, which answers the same and logs nothing', async () => {
    const first = await set({ call_id: callId, own_disposition: 'Visit booked' })
    const before = await logged()
    expect(await set({ call_id: callId, own_disposition: 'visit booked' })).toEqual(first)
    expect(await logged()).toBe(before)
  })

  test('with do_not_call, which lists the number at once', async () => {
    const id = await conversation(account)
    expect(await set({ call_id: id, disposition: 'do_not_call' }, await signedIn(stack, account))).toEqual({ status: 200, answer: { disposition: 'do_not_call', own_disposition: null, is_listed: true } })
  })

  test('not by a viewer, nor for a call or with a word of another account', async () => {
    expect(await set({ call_id: callId, disposition: 'interested' }, viewer)).toMatchObject({ status: 403, answer: { code: 'forbidden' } })
    expect(await set({ call_id: otherCallId, disposition: 'interested' })).toMatchObject({ status: 404, answer: { code: 'not_found' } })
    expect(await set({ call_id: callId, own_disposition_id: theirs })).toMatchObject({ status: 404, answer: { code: 'not_found' } })
    expect((await set({ call_id: callId, own_disposition: 'Theirs' })).answer.hint, 'their words stay theirs').not.toContain('Theirs')
  })

  test('not with a word that nobody knows: the refusal names the field and the words that exist', async () => {
    for (const [field, word] of [['disposition', 'sold'], ['own_disposition', 'Sold']] as const) {
      const { status, answer } = await set({ call_id: callId, [field]: word })
      expect([status, answer.code, answer.message]).toEqual([400, 'invalid_input', 'There is no such disposition.'])
      expect(JSON.parse(answer.details ?? '')).toMatchObject([{ field, code: 'unknown' }])
      expect(answer.hint).toMatch(/disposition takes one of: interested, information, callback, .*own_disposition takes one of: Visit booked\.$/)
    }
  })

  test('not with no word, nor with two', async () => {
    for (const words of [{}, { disposition: 'interested', own_disposition: 'Visit booked' }]) {
      expect(await set({ call_id: callId, ...words })).toMatchObject({ status: 400, answer: { code: 'invalid_input' } })
    }
  })
})
