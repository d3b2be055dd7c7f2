import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { newPhone, startedCampaign } from '../factories/campaign.ts'
import { expectInvariants } from '../support/invariants.ts'
import { signedIn } from '../support/people.ts'
import { createStack, type TestStack } from '../support/stack.ts'

interface Call {
  id: string
  state: string
  outcome: string
  talk_seconds: number
  billed_seconds: number
  recording_state: string
  recording_path: string | null
  ended_reason: string
}

describe('a call through the whole backend', () => {
  let stack: TestStack
  let account: TestAccount
  const calls = (campaignId: string) => stack.db.sql<Call[]>`select * from public.calls where campaign_id = ${campaignId} order by created_at`
  const settled = async (campaignId: string, count = 1) => (await calls(campaignId)).filter((call) => call.state === 'settled').length === count
  beforeAll(async () => {
    stack = await createStack()
    account = await openAccount(stack.db)
  })
  afterAll(() => stack.stop())

  test('is dialled once, told, settled, debited, transcribed and recorded', async () => {
    const { campaignId } = await startedCampaign(account, { contacts: [{ phone: newPhone('07'), name: 'Grace Hopper' }] })
    await stack.tickUntil(async () => (await calls(campaignId))[0]?.recording_state === 'stored', 'the recording to be stored')
    const [call] = await calls(campaignId)
    expect(call).toMatchObject({ state: 'settled', outcome: 'answered', recording_state: 'stored' })
    expect(call?.billed_seconds).toBe(Math.ceil((call?.talk_seconds ?? 0) / 60) * 60)
    const detail = await account.owner.rpc<{ transcript: { turns: { role: string, text: string }[], summary: string }, ledger: { delta_seconds: number } }>('get_call', { call_id: call?.id })
    expect(detail.transcript.turns[0]).toMatchObject({ role: 'assistant',
      text: expect.stringMatching(/^Hi Grace Hopper, this is Ava of Company\. This is a call from Company \w+\. This call is recorded\. If you do not want calls/) as string })
    expect(detail.transcript.summary).toContain('interested')
    expect(detail.ledger.delta_seconds).toBe(-(call?.billed_seconds ?? 0))
    expect(stack.vapi.violations()).toEqual([])
    await expectInvariants(stack.db)
  })

  test('can be listened to by its owner through a signed URL, and not by a stranger', async () => {
    const [call] = await stack.db.sql<Call[]>`select * from public.calls where recording_state = 'stored' limit 1`
    const owner = await signedIn(stack, account)
    const { data } = await owner.client.storage.from('recordings').createSignedUrl(call?.recording_path ?? '', 60)
    const answer = await fetch(data?.signedUrl ?? '')
    expect(answer.headers.get('content-type')).toContain('audio')
    const file = new DataView(await answer.arrayBuffer())
    expect(file.byteLength).toBeGreaterThan(8_000 * (call?.talk_seconds ?? 0))
    expect(file.getUint16(22, true), 'the voices apart').toBe(2)
    expect(await account.owner.rpc('get_call', { call_id: call?.id })).toMatchObject({ recording_channels: 2 })
    const stranger = await signedIn(stack)
    expect((await stranger.client.storage.from('recordings').createSignedUrl(call?.recording_path ?? '', 60)).error).not.toBeNull()
  })

  test('shows no prompt, provider address or secret to the browser', async () => {
    const [call] = await stack.db.sql<Call[]>`select * from public.calls limit 1`
    const owner = await signedIn(stack, account)
    const { data } = await owner.client.rpc('get_call', { call_id: call?.id })
    const { data: transcript } = await owner.client.from('call_transcripts').select('*')
    const text = JSON.stringify([data, transcript])
    expect(text).not.toContain('Be kind.')
    expect(text).not.toContain('vapi.invalid')
    expect((await owner.client.from('calls').select('provider_call_id')).error?.code).toBe('42501')
  })

  test('ends as the number\'s behaviour says: busy, no answer, voicemail, hang-up, provider fault', async () => {
    const wanted = { '02': 'busy', '03': 'no_answer', '04': 'voicemail', '08': 'answered', '09': 'failed' } as const
    const phones = Object.keys(wanted).map((ending) => newPhone(ending))
    const { campaignId } = await startedCampaign(account, { contacts: phones.map((phone) => ({ phone })) })
    await stack.tickUntil(() => settled(campaignId, 5), 'five calls to settle')
    const rows = await stack.db.sql<{ phone: string, outcome: string }[]>`select phone, outcome from public.calls where campaign_id = ${campaignId}`
    expect(Object.fromEntries(rows.map((row) => [row.phone.slice(-2), row.outcome]))).toEqual(wanted)
    await expectInvariants(stack.db)
  })

  test('a number the provider refuses is final, and its words are on the enrolment', async () => {
    const { campaignId } = await startedCampaign(account, { contacts: [{ phone: newPhone('00') }] })
    await stack.tickUntil(() => settled(campaignId), 'the refusal to settle')
    const { rows } = await account.owner.rpc<{ rows: Record<string, unknown>[] }>('list_enrolments', { campaign_id: campaignId })
    expect(rows[0]).toMatchObject({ status: 'blocked', reason: 'invalid_number' })
    expect(rows[0]?.reason_detail).toContain('valid phone number')
  })

  test('a lost answer of the provider never leads to a second dial', async () => {
    // A kept-alive connection is what tempts a runtime to repeat a broken request by itself.
    const { campaignId: warmUp } = await startedCampaign(account, { contacts: [{ phone: newPhone('02') }] })
    await stack.tickUntil(() => settled(warmUp), 'a call that leaves a connection open')
    stack.vapi.fault('drop_after_accept')
    const { campaignId } = await startedCampaign(account, { contacts: [{ phone: newPhone('01') }] })
    await stack.tickUntil(() => settled(campaignId), 'the call to be adopted and settled')
    expect(stack.vapi.violations()).toEqual([])
    expect(await calls(campaignId)).toHaveLength(1)
    await expectInvariants(stack.db)
  })

  test('lost webhooks are made good by asking the provider', async () => {
    stack.vapi.fault('lost_webhooks')
    const { campaignId } = await startedCampaign(account, { contacts: [{ phone: newPhone('01') }] })
    await stack.tickUntil(async () => (await calls(campaignId))[0]?.state === 'dialing', 'the dial')
    await stack.vapi.quiet()
    await stack.db.shiftClock('61 seconds')
    await stack.tickUntil(() => settled(campaignId), 'the call to be found and settled')
    expect((await calls(campaignId))[0]).toMatchObject({ outcome: 'answered' })
    await expectInvariants(stack.db)
  })
})
