import { describe, expect, test } from 'vitest'
import { FAULTS } from '../../../../supabase/local/simulators/vapi/faults/index.ts'
import type { SimulatedCall, VapiSimulator } from '../../../../supabase/local/simulators/vapi/index.ts'
import type { Message } from '../../../../supabase/local/simulators/vapi/messages.ts'
import { createPacer } from '../../../../supabase/local/simulators/shared/pacer.ts'
import { KEY, order, place, receiver, request, simulator, STILL, whole } from './support.ts'

/** One call with a fault, told to a receiver of its own. */
async function faulty(name: string, number = '+12124567808') {
  const hook = await receiver()
  const vapi = await simulator()
  vapi.fault(name)
  const { status, body: call } = await place(vapi, order(number, { url: hook.url }))
  await vapi.quiet()
  return { hook, vapi, status, call }
}

const types = (hook: Awaited<ReturnType<typeof receiver>>) => hook.received.map(({ message }) => message.status ?? message.type)

async function expectWell(vapi: VapiSimulator): Promise<void> {
  expect((await place(vapi, order('+12124567802'))).status).toBe(201)
}

describe('answers', () => {
  test('drop_after_accept places the call and drops the connection', async () => {
    const vapi = await simulator()
    await request(vapi, 'GET /call')
    vapi.fault('drop_after_accept')
    const body = order('+12124567802')
    await expect(place(vapi, body)).rejects.toThrow()
    expect(vapi.calls().map((call) => call.attemptId)).toEqual([body.name])
    await vapi.quiet()
    expect((await request(vapi, 'GET /call')).body).toMatchObject([{ name: body.name, status: 'ended' }])
    await expectWell(vapi)
  })

  test('error_after_accept answers 500 and places the call', async () => {
    const { status, vapi, hook } = await faulty('error_after_accept')
    expect(status).toBe(500)
    expect(vapi.calls()).toHaveLength(1)
    expect(hook.statuses()).toContain('ended')
    await expectWell(vapi)
  })

  test.each([['error_before_accept', 500], ['html_502', 502], ['unauthorized_401', 401], ['rate_429', 429], ['rate_429_date', 429], ['rate_429_bare', 429],
    ['concurrency_400', 400], ['plain_400', 400], ['wordless_400', 400]])('%s answers %i once and places nothing', async (name, wanted) => {
    const { status, vapi, hook } = await faulty(name)
    expect(status).toBe(wanted)
    expect(vapi.calls()).toEqual([])
    expect(hook.received).toEqual([])
    await expectWell(vapi)
  })

  test.each([['rate_429', /^2$/], ['rate_429_date', /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/], ['rate_429_bare', /^none$/]])('%s says when to come again: %s', async (name, wanted) => {
    const vapi = await simulator()
    vapi.fault(name)
    const response = await fetch(`${vapi.url}/call`, { method: 'POST', headers: { authorization: `Bearer ${KEY}` }, body: '{}' })
    expect(response.headers.get('retry-after') ?? 'none').toMatch(wanted)
  })

  test.each([['empty_201', ''], ['garbled_201', '{"name":']])('%s accepts the call and names it to nobody', async (name, start) => {
    const vapi = await simulator()
    vapi.fault(name)
    const response = await fetch(`${vapi.url}/call`, { method: 'POST', headers: { authorization: `Bearer ${KEY}` }, body: JSON.stringify(order('+12124567802')) })
    const text = await response.text()
    expect([response.status, text.startsWith(start), vapi.calls().length]).toEqual([201, true, 1])
    expect(() => JSON.parse(text) as unknown).toThrow()
  })

  test.each(['concurrency_201', 'concurrency_ended', 'out_of_credits'])('%s never dials', async (name) => {
    const { status, call, hook } = await faulty(name)
    expect(status).toBe(201)
    expect(call.subscriptionLimits).toMatchObject({ concurrencyBlocked: name === 'concurrency_201' })
    expect(hook.statuses()).toEqual(['queued', 'ended'])
    expect(hook.of('end-of-call-report')[0]?.message.endedReason).toMatch(/^call\.start\.error-subscription-/)
  })

  test('hidden_for_3s keeps a new call from being read, for a while', async () => {
    const vapi = await simulator({ speed: STILL })
    vapi.fault('hidden_for_3s')
    const { body: call } = await place(vapi, order('+12124567802'))
    expect((await request(vapi, `GET /call/${call.id}`)).status).toBe(404)
    expect((await request(vapi, 'GET /call')).body).toEqual([])
    vapi.setSpeed(2000)
    await vapi.quiet()
    expect((await request(vapi, `GET /call/${call.id}`)).status).toBe(200)
  })

  test('webhook_before_response posts a message while POST /call is still unanswered', async () => {
    let answered = false
    const early: boolean[] = []
    const hook = await receiver(() => {
      early.push(!answered)
      return {}
    })
    const vapi = await simulator()
    vapi.fault('webhook_before_response')
    expect((await place(vapi, order('+12124567802', { url: hook.url }))).status).toBe(201)
    answered = true
    await vapi.quiet()
    expect(early[0]).toBe(true)
    expect(hook.statuses()).toEqual(['queued', 'ringing', 'ended'])
  })
})

describe('outcomes', () => {
  test('unknown_reason ends with a reason nobody knows', async () => {
    const { hook } = await faulty('unknown_reason')
    expect(hook.of('end-of-call-report')[0]?.message.endedReason).toBe('something-nobody-has-heard-of')
  })

  test('null_cost reports and keeps cost null', async () => {
    const { hook, vapi, call } = await faulty('null_cost')
    expect(hook.of('end-of-call-report')[0]?.message.cost).toBeNull()
    expect((await request(vapi, `GET /call/${call.id}`)).body.cost).toBeNull()
  })

  test('sip_503 ends before anybody picks up', async () => {
    const { hook } = await faulty('sip_503')
    expect(hook.statuses()).toEqual(['queued', 'ringing', 'ended'])
  })

  test('breaks_off ends with a fault after the person has spoken, and with no opinion of it', async () => {
    const { hook } = await faulty('breaks_off', '+12124567807')
    const report = hook.of('end-of-call-report')[0]?.message
    expect(report).toMatchObject({ endedReason: 'pipeline-error-openai-llm-failed', transcript: expect.stringContaining('User: '), analysis: {} })
  })

  test('late_cost reports none; who asks afterwards learns it', async () => {
    const { hook, vapi, call } = await faulty('late_cost')
    expect(hook.of('end-of-call-report')[0]?.message).not.toHaveProperty('cost')
    expect((await request(vapi, `GET /call/${call.id}`)).body.cost).toBeGreaterThan(0)
  })

  test('reversed_times and times_in_call report the times as other payloads do', async () => {
    const reversed = (await faulty('reversed_times')).hook.of('end-of-call-report')[0]?.message
    expect(Date.parse(String(reversed?.endedAt))).toBeLessThan(Date.parse(String(reversed?.startedAt)))
    const inside = (await faulty('times_in_call')).hook.of('end-of-call-report')[0]?.message
    expect(inside).not.toHaveProperty('startedAt')
    expect(inside?.call).toMatchObject({ startedAt: expect.stringContaining('T'), endedAt: expect.stringContaining('T') })
  })

  test('bare_report and null_verdict leave out what may be absent, of the report alone', async () => {
    const { hook, vapi, call } = await faulty('bare_report')
    expect(Object.keys(hook.of('end-of-call-report')[0]?.message ?? {}).sort()).toEqual(['call', 'endedReason', 'recordingUrl', 'summary', 'timestamp', 'transcript', 'type'])
    expect((await request(vapi, `GET /call/${call.id}`)).body).toHaveProperty('analysis.summary')
    expect((await faulty('null_verdict')).hook.of('end-of-call-report')[0]?.message.analysis).toMatchObject({ successEvaluation: null, structuredData: null, summary: expect.any(String) })
  })

  test('invented_summary tells of another conversation', async () => {
    const { hook } = await faulty('invented_summary', '+12124567804')
    expect(hook.of('end-of-call-report')[0]?.message.summary).toContain('pizzas')
  })
})

describe('webhooks', () => {
  test('duplicate_webhooks sends each message three times, one of them later and with another timestamp', async () => {
    const { hook } = await faulty('duplicate_webhooks', '+12124567802')
    expect([...hook.statuses()].sort()).toEqual(['ended', 'ended', 'ended', 'queued', 'queued', 'queued', 'ringing', 'ringing', 'ringing'])
    const reports = hook.of('end-of-call-report').map(({ text }) => text)
    expect([reports.length, new Set(reports).size]).toEqual([3, 2])
  })

  test('reordered_webhooks sends the report first and the rest backwards', async () => {
    const { hook } = await faulty('reordered_webhooks', '+12124567802')
    expect(types(hook)).toEqual(['end-of-call-report', 'ended', 'ringing', 'queued'])
  })

  test.each([['lost_report', ['queued', 'ringing', 'ended']], ['lost_ended', ['queued', 'ringing', 'end-of-call-report']], ['lost_webhooks', []]])('%s loses what its name says, and nothing of the call', async (name, wanted) => {
    const { hook, vapi, call } = await faulty(name, '+12124567802')
    expect(types(hook)).toEqual(wanted)
    expect((await request(vapi, `GET /call/${call.id}`)).body).toMatchObject({ status: 'ended', endedReason: 'customer-busy' })
  })

  test.each([['late_report', ['queued', 'ended']], ['late_webhooks', []]])('%s comes a minute later', async (name, before) => {
    const sent: string[] = []
    const waits: { seconds: number, resolve: () => void }[] = []
    const pacer = { ...createPacer(1), wait: (seconds: number) => new Promise<void>((resolve) => void waits.push({ seconds, resolve })) }
    const vapi = await simulator()
    await whole(vapi, order('+12124567802'))
    const [call] = vapi.calls()
    const send = (message: Message) => void sent.push(String(message.status ?? message.type))
    const deliver = FAULTS.find((fault) => fault.name === name)?.deliver?.({ call: call as SimulatedCall, pacer, send })
    for (const message of [{ type: 'status-update', status: 'queued' }, { type: 'status-update', status: 'ended' }, { type: 'end-of-call-report' }]) deliver?.(message)
    expect(sent).toEqual(before)
    expect(new Set(waits.map(({ seconds }) => seconds))).toEqual(new Set([60]))
    for (const { resolve } of waits) resolve()
    await Promise.resolve()
    expect(sent).toEqual(['queued', 'ended', 'end-of-call-report'])
  })

  test('string_timestamps sends ISO strings', async () => {
    const { hook } = await faulty('string_timestamps')
    for (const { message } of hook.received) expect(message.timestamp).toMatch(/^\d{4}-\d\d-\d\dT/)
  })

  test('ended_twice gives two reasons', async () => {
    const { hook } = await faulty('ended_twice', '+12124567802')
    expect(hook.of('status-update').map(({ message }) => message.endedReason)).toEqual([undefined, undefined, 'customer-busy', 'hangup'])
  })

  test('stalled sends what does not mean an end', async () => {
    const { hook } = await faulty('stalled')
    expect(hook.statuses()).toEqual(['queued', 'ringing', 'in-progress', 'forwarding', 'ended'])
  })

  test('unknown_messages come before each that is known', async () => {
    const { hook } = await faulty('unknown_messages', '+12124567802')
    expect(types(hook)).toEqual(['queued', 'ringing', 'ended', 'end-of-call-report'].flatMap((known) => ['levitating', 'something-new', known]))
  })

  test('ringing_after_ended tells an old state again', async () => {
    const { hook } = await faulty('ringing_after_ended', '+12124567802')
    expect(hook.statuses()).toEqual(['queued', 'ringing', 'ended', 'ringing'])
  })
})

describe('recordings', () => {
  test.each([['recording_missing', [404]], ['recording_expired', [302, 403]], ['recording_page', [200]]])('%s answers %j, though a recording is announced', async (name, statuses) => {
    const { vapi, call } = await faulty(name)
    expect((await request(vapi, `GET /call/${call.id}`)).body).toHaveProperty('artifact.recordingUrl', expect.stringContaining('https://'))
    const answer = await fetch(`${vapi.url}/call/${call.id}/mono-recording`, { redirect: 'manual', headers: { authorization: `Bearer ${KEY}` } })
    const location = answer.headers.get('location')
    expect([answer.status, ...(location ? [(await fetch(location)).status] : [])]).toEqual(statuses)
    expect(answer.headers.get('content-type') ?? '').not.toContain('audio')
  })
})

test('recording_only_mixed has no recording with the voices apart, and the mixed one', async () => {
  const { vapi, call } = await faulty('recording_only_mixed')
  const statusOf = async (kind: string) =>
    (await fetch(`${vapi.url}/call/${call.id}/${kind}-recording`, { redirect: 'manual', headers: { authorization: `Bearer ${KEY}` } })).status
  expect([await statusOf('stereo'), await statusOf('mono')]).toEqual([404, 302])
})

describe('the box of faults', () => {
  test('has every fault once, each with a description', () => {
    expect(new Set(FAULTS.map((fault) => fault.name)).size).toBe(FAULTS.length)
    for (const { description } of FAULTS) expect(description).toMatch(/\.$/)
  })

  test('lets a fault happen as often as asked, to one call each, and combines what fits together', async () => {
    const vapi = await simulator()
    vapi.fault('null_cost', 2)
    vapi.fault('unknown_reason')
    const calls = [await whole(vapi, order('+12124567808')), await whole(vapi, order('+12124567808')), await whole(vapi, order('+12124567808'))]
    expect(calls.map((call) => [call.cost === null, call.endedReason])).toEqual([[true, 'something-nobody-has-heard-of'], [true, 'customer-ended-call'], [false, 'customer-ended-call']])
  })

  test('a refused request uses up no fault of a call', async () => {
    const vapi = await simulator()
    vapi.fault('null_cost')
    await place(vapi, order('12'))
    expect((await whole(vapi, order('+12124567808'))).cost).toBeNull()
  })

  test('refuses a fault it does not know', async () => {
    const vapi = await simulator()
    expect(() => vapi.fault('gremlins')).toThrow(/choose one of/)
  })
})
