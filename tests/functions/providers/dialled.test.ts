/** What every provider's adapter must withstand when it dials, asks and fetches; see told.test.ts for the list, its numbers and its limits. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createVapiCalls } from '../../../business/gateways/calls/vapi/calls.ts'
import { openAccount, type TestAccount } from '../../factories/account.ts'
import { newPhone, startedCampaign } from '../../factories/campaign.ts'
import { signedIn } from '../../support/people.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { errorOf } from '../../support/database.ts'
import { createStack, type TestStack } from '../../support/stack.ts'

interface Dialled { id: string, provider_call_id: string, recording_state: string, recording_channels: number | null, settled_at: Date | null }

describe('a provider is asked', () => {
  let stack: TestStack
  let account: TestAccount
  beforeAll(async () => {
    stack = await createStack()
  })
  beforeEach(async () => {
    stack.vapi.clearFaults()
    account = await openAccount(stack.db)
  })
  afterAll(async () => {
    expect(stack.vapi.violations()).toEqual([])
    await expectInvariants(stack.db)
    await stack.stop()
  })

  const calls = (phone: string) => stack.db.sql<Dialled[]>`select * from public.calls where phone = ${phone} order by created_at`
  const originated = (phone: string) => stack.vapi.calls().filter((call) => call.request.customer?.number === phone)
  const campaign = (phone: string, contact: Record<string, unknown> = {}, content: Record<string, unknown> = { max_attempts: 1 }) =>
    startedCampaign(account, { contacts: [{ phone, ...contact }], content })
  const isOver = (phone: string) => async () => (await calls(phone)).some((call) => call.settled_at !== null)
  /** Lets the provider finish, a minute pass, and the product ask. */
  async function passAMinute(): Promise<void> {
    await stack.tick()
    await stack.vapi.quiet()
    await stack.tick()
    await stack.db.shiftClock('61 seconds')
  }
  async function dialThrough(phone: string, condition = isOver(phone)): Promise<Dialled[]> {
    for (let minute = 0; minute < 12 && !(await condition()); minute++) await passAMinute()
    return calls(phone)
  }
  const gateway = () => createVapiCalls({ apiKey: stack.identity.vapiApiKey, baseUrl: stack.vapi.url, webhook: { url: 'http://127.0.0.1:9/none', secret: 'none' } })
  const entries = async (id: string) => (await stack.db.sql`select 1 from public.ledger_entries where call_id = ${id} and kind = 'consume'`).length

  test('4 and tells before it has answered: the call is found by our id, once', async () => {
    stack.vapi.fault('webhook_before_response')
    const phone = newPhone('01')
    await campaign(phone)
    expect(await dialThrough(phone)).toMatchObject([{ state: 'settled', outcome: 'answered', provider_call_id: originated(phone)[0]?.id }])
  })

  test('5 and accepts without an answer: one call, adopted later', async () => {
    stack.vapi.fault('drop_after_accept')
    const phone = newPhone('01')
    await campaign(phone)
    expect(await dialThrough(phone)).toMatchObject([{ state: 'settled', outcome: 'answered' }])
    expect(originated(phone)).toHaveLength(1)
  })

  test.each(['error_after_accept', 'empty_201', 'garbled_201'])('6 and breaks after it took the call (%s): one request, one call', async (fault) => {
    stack.vapi.fault(fault)
    const phone = newPhone('01')
    await campaign(phone)
    expect(await dialThrough(phone)).toMatchObject([{ state: 'settled', outcome: 'answered' }])
    expect(originated(phone)).toHaveLength(1)
  })

  test.each(['error_before_accept', 'html_502'])('6 and fails before it took the call (%s): one request, counted, not redialled', async (fault) => {
    stack.vapi.fault(fault)
    const phone = newPhone('01')
    await campaign(phone)
    expect(await dialThrough(phone)).toMatchObject([{ settled_at: expect.any(Date), is_counted: true, billed_seconds: 0 }])
    expect(originated(phone)).toHaveLength(0)
  })

  test.each(['concurrency_400', 'rate_429', 'rate_429_date', 'rate_429_bare', 'concurrency_201', 'concurrency_ended'])('7 and has no line free (%s): not counted, and called again as the same attempt', async (fault) => {
    stack.vapi.fault(fault)
    const phone = newPhone('01')
    await campaign(phone)
    const [refused, second] = await dialThrough(phone, async () => (await calls(phone)).filter((call) => call.settled_at !== null).length === 2)
    expect(refused).toMatchObject({ is_counted: false, failure_scope: 'capacity', attempt_no: 1, billed_seconds: 0 })
    expect(second).toMatchObject({ is_counted: true, attempt_no: 1, outcome: 'answered' })
  })

  test.each(['plain_400', 'wordless_400'])('8 and refuses in one sentence or without a word (%s): our side, nobody is burned', async (fault) => {
    stack.vapi.fault(fault)
    const phone = newPhone('01')
    const { campaignId } = await campaign(phone)
    expect(await dialThrough(phone)).toMatchObject([{ is_counted: false, failure_scope: 'account' }])
    expect(await stack.db.sql`select k.status, e.status as contact from public.campaigns k join public.enrolments e on e.campaign_id = k.id where k.id = ${campaignId}`).toEqual([{ status: 'paused', contact: 'waiting' }])
  })

  test('13 and never reports: the poll finishes the call', async () => {
    stack.vapi.fault('lost_report')
    const phone = newPhone('03')
    await campaign(phone)
    expect(await dialThrough(phone)).toMatchObject([{ state: 'settled', outcome: 'no_answer', billed_seconds: 0 }])
  })

  test('16 and breaks when the person had begun to speak: answered, and not called again', async () => {
    stack.vapi.fault('breaks_off')
    const phone = newPhone('01')
    await campaign(phone, {}, { max_attempts: 5 })
    expect(await dialThrough(phone)).toMatchObject([{ outcome: 'answered', technical_failure: true }])
    await passAMinute()
    expect(await calls(phone)).toHaveLength(1)
  })

  test.each(['+1 202 555 0123', '(202) 555-0123', '0012025550123', '2025550123', '+1202555CALL', '+12025550123 ext. 7', '+', '', '+0123456789', '+1234567890123456'])(
    '18 for a number like %j: no such contact gets as far as a dial', async (phone) => {
      const save = account.owner.rpc('save_contact', { account_id: account.accountId, contact_id: null, content: { name: 'X', phone, time_zone: 'UTC' } })
      expect(await errorOf(save)).toMatchObject({ code: 'invalid_input', details: [{ field: 'phone' }] })
    })

  test('19 for somebody whose name is long, full of emoji and a template: taken, cut, and nothing of it runs', async () => {
    const phone = newPhone('01')
    await campaign(phone, { name: `{{ customer.number }} {% raw %} ${'Ada 👩🏽 '.repeat(20)}` })
    await dialThrough(phone)
    const request = originated(phone)[0]?.request as { customer: { name: string }, assistant: { firstMessage: string } }
    expect(Array.from(request.customer.name).length).toBeLessThanOrEqual(40)
    expect(request.customer.name.isWellFormed()).toBe(true)
    expect(request.assistant.firstMessage).not.toMatch(/\{\{|\{%/)
  })

  test('23 to end a call: only a conversation can be, and an ended one says so', async () => {
    stack.vapi.setSpeed(1)
    const phone = newPhone('01')
    await campaign(phone)
    await stack.tickUntil(() => Promise.resolve(originated(phone).length === 1), 'the dial')
    const [call] = originated(phone)
    expect(['queued', 'ringing']).toContain(call!.status)
    expect(await gateway().cancel(call!.id)).toBe('unsupported')
    stack.vapi.setSpeed(20)
    await expect.poll(() => call!.status, { interval: 5 }).toBe('in-progress')
    stack.vapi.setSpeed(1)
    expect(await gateway().cancel(call!.id)).toBe('canceled')
    await expect.poll(() => call!.status).toBe('ended')
    expect(await gateway().cancel(call!.id)).toBe('already_ended')
    stack.vapi.setSpeed(200)
    await stack.vapi.quiet()
  })

  test('24 about a call that reads as missing, right after its dial or for ever: that proves nothing', async () => {
    stack.vapi.fault('hidden_for_3s')
    const phone = newPhone('01')
    await campaign(phone)
    expect(await dialThrough(phone)).toMatchObject([{ state: 'settled', outcome: 'answered' }])
    expect(await gateway().getCall('00000000-0000-4000-8000-000000000000')).toMatchObject({ kind: 'unsure' })
  })

  test.each([[null, 'stored', 2], ['recording_only_mixed', 'stored', 1], ['recording_expired', 'pending', null], ['recording_page', 'pending', null]])(
    '26 for a recording (%s): it is %s, with %s channels, and no address of the provider reaches a browser', async (fault, state, channels) => {
      if (fault) stack.vapi.fault(fault)
      const phone = newPhone('01')
      await campaign(phone)
      await dialThrough(phone, async () => (await isOver(phone)()) && (await calls(phone))[0]?.recording_state === state)
      const [call] = await calls(phone)
      expect(call).toMatchObject({ recording_state: state, recording_channels: channels })
      const { client } = await signedIn(stack, account)
      const seen = JSON.stringify([(await client.rpc('get_call', { call_id: call?.id })).data, (await client.from('call_transcripts').select('*')).data])
      for (const secret of [stack.vapi.url, 'storage.vapi', call!.provider_call_id]) expect(seen).not.toContain(secret)
    })

  test('27 when our account there has no money left: the campaign pauses, and nobody\'s attempt is used', async () => {
    stack.vapi.fault('out_of_credits')
    const phone = newPhone('01')
    const { campaignId } = await campaign(phone)
    expect(await dialThrough(phone)).toMatchObject([{ is_counted: false, failure_scope: 'account' }])
    expect(await stack.db.sql`select k.status, e.status as contact, e.attempts from public.campaigns k join public.enrolments e on e.campaign_id = k.id where k.id = ${campaignId}`)
      .toEqual([{ status: 'paused', contact: 'waiting', attempts: 0 }])
  })

  test('28 while it tells by itself: one entry, whoever settles', async () => {
    const phone = newPhone('01')
    await campaign(phone)
    await stack.tickUntil(() => Promise.resolve(originated(phone).length === 1), 'the dial')
    const [call] = await calls(phone)
    await stack.tickUntil(async () => (await calls(phone))[0]?.provider_call_id !== null, 'the answer')
    await stack.vapi.quiet()
    const facts = await gateway().getCall(originated(phone)[0]!.id)
    const check = () => stack.db.asService().rpc('record_call_check', { call_id: call!.id, facts })
    await Promise.all([check(), check(), stack.tick(), stack.db.asService().rpc('process_call_events', { batch_size: 100 })])
    await dialThrough(phone)
    expect(await entries(call!.id)).toBe(1)
  })

  test.each([-120_000, 120_000])('29 with a clock that is %i ms off: a lost call is found all the same', async (off) => {
    const phone = newPhone('01')
    await campaign(phone)
    await dialThrough(phone)
    const [call] = originated(phone)
    const moment = call!.createdAt.getTime() + off
    const search = { provider_ref: call!.request.phoneNumberId!, attempt_ids: [call!.attemptId!], since: moment, until: moment }
    expect((await gateway().findCalls(search)).get(call!.attemptId!)).toMatchObject({ kind: 'found', event: { provider_call_id: call!.id } })
  })
})
