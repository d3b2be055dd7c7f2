import { describe, expect, test } from 'vitest'
import { GREETING, order, place, PROMPT, receiver, request, simulator, STILL, whole } from './support.ts'

describe('the life of a call', () => {
  test('is told in order, with the headers of the server, in the wanted types only', async () => {
    const hook = await receiver()
    const vapi = await simulator()
    await whole(vapi, order('+12124567807', { url: hook.url }))
    expect(hook.statuses()).toEqual(['queued', 'ringing', 'in-progress', 'ended'])
    expect(hook.received.at(-1)?.message.type).toBe('end-of-call-report')
    expect(new Set(hook.received.map(({ message }) => message.type))).toEqual(new Set(['status-update', 'transcript', 'end-of-call-report']))
    expect(hook.received.every(({ headers }) => headers['x-vapi-secret'] === 'hook-secret' && headers['content-type'] === 'application/json')).toBe(true)
  })

  test('is told in the default types when none are named, transcripts not among them', async () => {
    const hook = await receiver()
    const vapi = await simulator()
    await whole(vapi, order('+12124567808', { url: hook.url, assistant: { serverMessages: undefined } }))
    expect(new Set(hook.received.map(({ message }) => message.type))).toEqual(new Set(['status-update', 'speech-update', 'conversation-update', 'end-of-call-report']))
  })

  test('is heard half spoken too by who wants every transcript', async () => {
    const [all, final] = [await receiver(), await receiver()]
    const vapi = await simulator()
    await whole(vapi, order('+12124567808', { url: all.url, assistant: { serverMessages: ['transcript'] } }))
    await whole(vapi, order('+12124567808', { url: final.url, assistant: { serverMessages: ['transcript[transcriptType="final"]'] } }))
    const heard = (hook: typeof all) => hook.of('transcript').map(({ message }) => [message.transcriptType, message.role, message.transcript])
    expect(heard(all).slice(2)).toEqual([['partial', 'user', 'No,'], ['final', 'user', 'No, thanks.']])
    expect(heard(final).map(([type]) => type)).toEqual(['final', 'final'])
  })

  test('has a stale snapshot in every message, the report included', async () => {
    const hook = await receiver()
    const vapi = await simulator()
    const body = order('+12124567807', { url: hook.url })
    await whole(vapi, body)
    for (const { message } of hook.received) {
      expect(message.call).toMatchObject({ status: 'queued', startedAt: null, endedAt: null, endedReason: null, cost: 0, name: body.name, customer: body.customer, assistant: { metadata: { attempt_id: body.name } } })
      expect(typeof message.timestamp).toBe('number')
    }
  })

  test('reports the true times beside the snapshot, never in the future, as long as the conversation', async () => {
    const hook = await receiver()
    const vapi = await simulator()
    const before = Date.now()
    const call = await whole(vapi, order('+12124567807', { url: hook.url }))
    const report = hook.of('end-of-call-report')[0]?.message as unknown as { startedAt: string, endedAt: string, durationSeconds: number, durationMs: number, cost: number }
    const [startedAt, endedAt] = [Date.parse(report.startedAt), Date.parse(report.endedAt)]
    expect(endedAt).toBeGreaterThanOrEqual(before)
    expect(endedAt).toBeLessThanOrEqual(Date.now())
    expect((endedAt - startedAt) / 1000).toBeCloseTo(report.durationSeconds, 1)
    expect(report.durationMs).toBe(Math.round(report.durationSeconds * 1000))
    expect(report.cost).toBeGreaterThan(0)
    expect(call).toMatchObject({ status: 'ended', endedReason: 'assistant-ended-call', startedAt: report.startedAt, endedAt: report.endedAt, cost: report.cost })
  })

  test('holds messages with the prompt, times in seconds from the start, durations in milliseconds', async () => {
    const vapi = await simulator()
    const { artifact } = await whole(vapi, order('+12124567807')) as unknown as { artifact: { messages: { role: string, message: string, secondsFromStart: number, duration: number }[], transcript: string, recordingUrl: string } }
    const [system, first, second] = artifact.messages
    expect(system).toMatchObject({ role: 'system', message: PROMPT })
    expect(first).toMatchObject({ role: 'bot', message: GREETING })
    expect(second?.role).toBe('user')
    expect(second?.secondsFromStart).toBeGreaterThan((first?.secondsFromStart ?? 0) + (first?.duration ?? 0) / 1000)
    expect(artifact.transcript.split('\n').slice(0, 2)).toEqual([`AI: ${GREETING}`, 'User: Hi, yes, this is Grace. What is this about?'])
    expect(artifact.recordingUrl).toContain('https://storage.vapi.invalid/')
  })

  test('of a call nobody picks up has no start, no words, no cost and no recording', async () => {
    const hook = await receiver()
    const vapi = await simulator()
    const call = await whole(vapi, order('+12124567803', { url: hook.url }))
    const report = hook.of('end-of-call-report')[0]?.message
    expect(report).toMatchObject({ endedReason: 'customer-did-not-answer', cost: 0, costs: [], durationSeconds: 0, transcript: '', analysis: {}, artifact: { recordingUrl: '' } })
    expect(report).not.toHaveProperty('startedAt')
    expect(hook.statuses()).toEqual(['queued', 'ringing', 'ended'])
    expect((await request(vapi, `GET /call/${call.id}/mono-recording`)).status).toBe(404)
  })

  test('can be followed by asking; what needs the provider\'s models comes last', async () => {
    const delays = [0.5, 1e6]
    const vapi = await simulator({ speed: STILL, random: () => delays.shift() ?? 0 })
    const { body: call } = await place(vapi, order('+12124567808'))
    const read = async () => (await request(vapi, `GET /call/${call.id}`)).body
    const seen = new Set([(await read()).status])
    vapi.setSpeed(50)
    while (!seen.has('ended')) seen.add((await read()).status)
    expect([...seen]).toEqual(['queued', 'ringing', 'in-progress', 'ended'].filter((status) => seen.has(status)))
    expect(seen.has('queued')).toBe(true)
    expect(await read()).not.toHaveProperty('analysis')
    vapi.setSpeed(1e8)
    await vapi.quiet()
    expect(await read()).toHaveProperty('analysis.summary')
  })

  test('ends at the longest duration, in mid-sentence', async () => {
    const vapi = await simulator()
    const call = await whole(vapi, order('+12124567807', { assistant: { maxDurationSeconds: 10 } })) as unknown as { endedReason: string, startedAt: string, endedAt: string, artifact: { transcript: string } }
    expect(call.endedReason).toBe('exceeded-max-duration')
    expect(Date.parse(call.endedAt) - Date.parse(call.startedAt)).toBe(10_000)
    expect(call.artifact.transcript.endsWith('User: Hi, yes, this is\n')).toBe(true)
  })

  test('gives a successEvaluation in the words of the rubric, and structured data by the schema', async () => {
    const vapi = await simulator()
    const plan = { successEvaluationPlan: { rubric: 'NumericScale' }, structuredDataPlan: { enabled: true, schema: { type: 'object', properties: { asked_to_opt_out: { type: 'boolean' }, sentiment: { type: 'string' }, budget: { type: 'number' } } } } }
    const { analysis } = await whole(vapi, order('+12124567805', { assistant: { analysisPlan: plan } }))
    expect(analysis).toMatchObject({ successEvaluation: '1', structuredData: { asked_to_opt_out: true, sentiment: 'negative' } })
    expect((await whole(vapi, order('+12124567807'))).analysis).toMatchObject({ successEvaluation: 'true' })
    expect((await whole(vapi, order('+12124567807', { assistant: { analysisPlan: { summaryPlan: { enabled: false }, structuredDataPlan: { enabled: false }, successEvaluationPlan: { enabled: false } } } }))).analysis).toEqual({})
  })
})

describe('delivery', () => {
  const backoffPlan = { type: 'exponential', maxRetries: 3, baseDelaySeconds: 2, excludedStatusCodes: [401] }

  test('is repeated as the backoffPlan says until it is taken, the report with fresh links', async () => {
    const hook = await receiver(({ message }) => ({ status: message.type === 'end-of-call-report' && hook.of('end-of-call-report').length < 3 ? 500 : 200 }))
    const vapi = await simulator()
    await whole(vapi, order('+12124567808', { assistant: { server: { url: hook.url, backoffPlan } } }))
    const reports = hook.of('end-of-call-report')
    expect(reports).toHaveLength(3)
    expect(new Set(reports.map(({ text }) => text)).size).toBe(3)
    expect(hook.statuses()).toHaveLength(4)
  })

  test('is given up after the last repeat', async () => {
    const hook = await receiver(() => ({ status: 503 }))
    const vapi = await simulator()
    await whole(vapi, order('+12124567802', { assistant: { server: { url: hook.url, backoffPlan } } }))
    expect(hook.of('end-of-call-report')).toHaveLength(4)
  })

  test.each([['without a plan', undefined, 500], ['for an excluded status', backoffPlan, 401]])('is not repeated %s', async (_, plan, status) => {
    const hook = await receiver(() => ({ status }))
    const vapi = await simulator()
    await whole(vapi, order('+12124567802', { assistant: { server: { url: hook.url, backoffPlan: plan } } }))
    expect(hook.received).toHaveLength(4)
  })

  test('to a server that is gone does not keep the call from ending', async () => {
    const vapi = await simulator()
    expect(await whole(vapi, order('+12124567801', { url: 'http://127.0.0.1:9/' }))).toMatchObject({ status: 'ended' })
  })
})
