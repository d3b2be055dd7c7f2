import { describe, expect, it } from 'vitest'
import { parseWebhook } from '../../../../../../business/gateways/calls/vapi/parseWebhook.ts'
import type { CallEvent } from '../../../../../../business/models/callEvent.ts'
import { processorMs } from '../../../../../support/processorTime.ts'
import { attemptId, callId, report, spokenMessages, staleCall, status } from './samples.ts'

function event(body: unknown): CallEvent {
  const parsed = parseWebhook(body)
  if (parsed.kind !== 'event') throw new Error('not an event')
  return parsed.event
}

describe('a report', () => {
  it('says everything about the call in our words', () => {
    expect(event(report())).toEqual({
      provider: 'vapi',
      dedupe_key: expect.stringMatching(/^vapi-call-1:end-of-call-report:[0-9a-f]{16}$/),
      type: 'end-of-call-report',
      attempt_id: attemptId,
      provider_call_id: callId,
      state: 'ended',
      is_report: true,
      occurred_at: '2025-10-09T08:54:30.000Z',
      started_at: '2025-10-09T08:53:20.000Z',
      ended_at: '2025-10-09T08:54:02.400Z',
      talk_seconds: 42,
      outcome: 'answered',
      failure_scope: null,
      ended_reason: 'customer-ended-call',
      technical_failure: false,
      engaged: true,
      cost_micros: 123_400,
      transcript: 'AI: Hello Ann.\nUser: Hi, go on.\n',
      turns: [
        { role: 'assistant', text: 'Hello Ann.', seconds_from_start: 0.5, duration_seconds: 2 },
        { role: 'contact', text: 'Hi, go on.', seconds_from_start: 3, duration_seconds: 1.25 },
      ],
      summary: 'They talked.',
      success: 'true',
      structured: { interested: true },
      has_recording: true,
      tools: null,
    })
  })

  it('carries neither the prompt nor an address of the provider', () => {
    const text = JSON.stringify(event(report()))
    expect(text).not.toMatch(/Secret prompt|https?:|storage\.vapi/)
  })

  it('reads nothing but ids from the stale snapshot of the call', () => {
    const { status: _status, ...facts } = { ...staleCall, endedReason: null, cost: 0 }
    expect(event(report({ call: facts }))).toMatchObject({ state: 'ended', ended_reason: 'customer-ended-call', cost_micros: 123_400, talk_seconds: 42 })
  })

  it('takes the times of the snapshot when it has none itself', () => {
    const call = { ...staleCall, startedAt: '2025-10-09T08:00:00Z', endedAt: '2025-10-09T08:01:00Z' }
    expect(event(report({ startedAt: undefined, endedAt: undefined, call }))).toMatchObject({ talk_seconds: 60, started_at: '2025-10-09T08:00:00.000Z' })
  })

  it.each([
    ['ISO text', '2025-10-09T08:53:20.000Z', '2025-10-09T08:54:02.400Z'],
    ['milliseconds', 1_760_000_000_000, 1_760_000_042_400],
    ['seconds', 1_760_000_000, 1_760_000_042],
    ['milliseconds as text', '1760000000000', '1760000042400'],
  ])('reads times given as %s', (_form, startedAt, endedAt) => {
    expect(event(report({ startedAt, endedAt }))).toMatchObject({ talk_seconds: 42, started_at: '2025-10-09T08:53:20.000Z' })
  })

  it.each([
    ['no start', { startedAt: null, durationSeconds: 42 }],
    ['reversed times', { startedAt: '2025-10-09T08:54:02Z', endedAt: '2025-10-09T08:53:20Z' }],
    ['nonsense', { startedAt: 'yesterday', endedAt: {} }],
    ['an impossible year', { startedAt: -1e15, endedAt: 8e15 }],
    ['nothing at all', { startedAt: undefined, endedAt: undefined }],
  ])('counts no talk time with %s', (_what, times) => {
    const { talk_seconds, started_at, ended_at } = event(report(times))
    expect(talk_seconds).toBe(0)
    for (const time of [started_at, ended_at]) expect(time === null || time === new Date(time).toISOString()).toBe(true)
  })

  it('falls back on the told duration while the end is missing', () => {
    expect(event(report({ endedAt: null, durationSeconds: 12.6 })).talk_seconds).toBe(13)
    expect(event(report({ endedAt: null, durationMs: 12_400 })).talk_seconds).toBe(12)
  })

  it.each([
    [0.123_456_7, 123_457], [0, 0], ['0.05', 50_000], [1e300, Number.MAX_SAFE_INTEGER], [-1, null], [null, null], [undefined, null], ['free', null], [NaN, null],
  ])('reads a cost of %j as %j micro-dollars', (cost, cost_micros) => {
    expect(event(report({ cost })).cost_micros).toBe(cost_micros)
  })

  it('takes the breakdown when there is no cost', () => {
    expect(event(report({ cost: undefined, costBreakdown: { total: 0.02 } })).cost_micros).toBe(20_000)
  })

  it.each([
    ['false', 'false'], ['7', '7'], ['85%', '85%'], [false, 'false'], [7, '7'], [null, null], [undefined, null], ['', null], [{ a: 1 }, '{"a":1}'],
  ])('keeps the verdict %j as the text %j', (successEvaluation, success) => {
    expect(event(report({ analysis: { successEvaluation } })).success).toBe(success)
  })

  it('takes several structured results when there is no single one', () => {
    const analysis = { structuredData: null, structuredDataMulti: [{ key: 'a', result: 1 }] }
    expect(event(report({ analysis })).structured).toEqual([{ key: 'a', result: 1 }])
  })

  it.each([
    ['a voicemail', { endedReason: 'voicemail' }],
    ['a call that nobody answered', { endedReason: 'customer-did-not-answer', startedAt: null }],
    ['a call without a word', { endedReason: 'silence-timed-out', artifact: { messages: spokenMessages.slice(0, 2) } }],
  ])('drops the opinion of the model about %s', (_what, changes) => {
    expect(event(report(changes))).toMatchObject({ summary: null, success: null, structured: null })
  })

  it.each([
    ['no artifact', { artifact: undefined }],
    ['an empty artifact', { artifact: {} }],
    ['empty texts', { artifact: { transcript: '', messages: [], recordingUrl: '', recording: { mono: {} } }, analysis: { summary: '' } }],
  ])('says nothing where there is %s', (_what, changes) => {
    expect(event(report({ ...changes, endedReason: 'customer-did-not-answer', startedAt: null }))).toMatchObject({
      outcome: 'no_answer', transcript: null, summary: null, has_recording: false, talk_seconds: 0,
    })
  })

  it('finds the texts of older payloads beside the artifact', () => {
    const old = { artifact: undefined, messages: spokenMessages, transcript: 'AI: Hello', summary: 'Short.', analysis: undefined, recordingUrl: 'https://x/y.wav' }
    expect(event(report(old))).toMatchObject({ transcript: 'AI: Hello', summary: 'Short.', has_recording: true, turns: [{ role: 'assistant' }, { role: 'contact' }] })
  })

  it('sees a recording in the new place', () => {
    expect(event(report({ artifact: { recording: { mono: { combinedUrl: 'https://x/y' } } } })).has_recording).toBe(true)
  })

  it('sees from the transcript alone that the contact spoke', () => {
    const changes = { endedReason: 'pipeline-error-openai-llm-failed', startedAt: null, artifact: { transcript: 'AI: Hello\nUser: Yes?' } }
    expect(event(report(changes))).toMatchObject({ outcome: 'answered', technical_failure: true })
  })

  it.each([
    ['no times', { startedAt: null, endedAt: null }, false], ['no end and no length', { endedAt: null }, false],
    ['a start and a length', { endedAt: null, durationSeconds: 12 }, true], ['no times and nobody there', { startedAt: null, endedAt: null, endedReason: 'customer-busy' }, true],
  ])('told with %s is the last word only when it says how long they talked', (_what, changes, is_report) => {
    expect(event(report({ artifact: {}, call: {}, ...changes }))).toMatchObject({ state: 'ended', is_report })
  })

  it('leaves the last word to a poll when nobody knows the reason and nobody spoke', () => {
    const silent = { startedAt: null, endedAt: null, artifact: {} }
    expect(event(report({ ...silent, endedReason: 'brand-new-reason' }))).toMatchObject({ state: 'ended', is_report: false, ended_reason: 'brand-new-reason' })
    expect(event(report({ ...silent, endedReason: undefined }))).toMatchObject({ state: 'ended', is_report: false, ended_reason: null })
  })
})

describe('the key by which a fact is stored once', () => {
  const key = (body: unknown) => event(body).dedupe_key

  it('is the same for the same report with new addresses and another timestamp', () => {
    const again = report({ timestamp: 1_760_000_099_000, artifact: { messages: spokenMessages, recordingUrl: 'https://storage.vapi.ai/other?sig=2' } })
    expect(key(again)).toBe(key(report()))
  })

  it.each([
    ['reason', { endedReason: 'silence-timed-out' }],
    ['start', { startedAt: '2025-10-09T08:53:21.000Z' }],
    ['end', { endedAt: '2025-10-09T08:54:03.000Z' }],
    ['cost', { cost: 0.2 }],
  ])('differs for a report with another %s', (_what, changes) => {
    expect(key(report(changes))).not.toBe(key(report()))
  })

  it('is call, type and status for a status update, whatever else differs', () => {
    expect(key(status('ended', { endedReason: 'a' }))).toBe(`${callId}:status-update:ended`)
    expect(key(status('ended', { endedReason: 'b', timestamp: 1 }))).toBe(`${callId}:status-update:ended`)
    expect(key(status('ringing'))).not.toBe(key(status('ended')))
  })

  it('tells other messages of a call apart by their moment', () => {
    const hang = (timestamp: number) => key({ message: { type: 'hang', timestamp, call: staleCall } })
    expect(hang(1)).toBe(hang(1))
    expect(hang(1)).not.toBe(hang(2))
  })
})

describe('a status update', () => {
  it.each([
    ['scheduled', 'dialing'], ['queued', 'dialing'], ['ringing', 'ringing'], ['in-progress', 'in_progress'], ['forwarding', 'in_progress'], ['ended', 'ended'],
    ['not-found', null], ['deletion-failed', null], ['levitating', null], ['__proto__', null], ['', null],
  ])('%s is %s', (value, state) => {
    expect(event(status(value))).toMatchObject({ state, is_report: false, attempt_id: attemptId, provider_call_id: callId })
  })

  it('keeps the reason but leaves the outcome to the report', () => {
    expect(event(status('ended', { endedReason: 'customer-busy' }))).toMatchObject({ ended_reason: 'customer-busy', outcome: null, talk_seconds: null })
  })

  it('reads older timestamps in ISO form', () => {
    expect(event(status('ringing', { timestamp: '2024-05-01T10:00:00Z' })).occurred_at).toBe('2024-05-01T10:00:00.000Z')
  })
})

describe('the ids of an event', () => {
  const ids = (message: object) => {
    const { attempt_id, provider_call_id } = event({ message: { type: 'status-update', status: 'ringing', ...message } })
    return { attempt_id, provider_call_id }
  }

  it.each([
    ['the name', { name: attemptId }],
    ['the overrides', { assistantOverrides: { metadata: { attempt_id: attemptId } } }],
    ['the assistant', { assistant: { metadata: { attempt_id: attemptId } } }],
    ['the customer', { customer: { externalId: attemptId } }],
    ['old metadata', { metadata: { attempt_id: attemptId.toUpperCase() } }],
  ])('find our attempt in %s of the call', (_place, call) => {
    expect(ids({ call: { id: callId, ...call } })).toEqual({ attempt_id: attemptId, provider_call_id: callId })
  })

  it('find our attempt beside the call, and the call id there, too', () => {
    expect(ids({ callId: 'x', customer: { externalId: attemptId } })).toEqual({ attempt_id: attemptId, provider_call_id: 'x' })
  })

  it('prefer the name over everything else and the call over callId', () => {
    const other = '6f9f3f9e-0000-4000-8000-0000000000ff'
    const call = { id: callId, name: attemptId, customer: { externalId: other } }
    expect(ids({ callId: 'x', call })).toEqual({ attempt_id: attemptId, provider_call_id: callId })
  })

  it('are never something that only looks like one', () => {
    const call = { id: { a: 1 }, name: 'Robert; drop table calls', customer: { externalId: 7 } }
    expect(ids({ call, callId: 'x'.repeat(300) })).toEqual({ attempt_id: null, provider_call_id: null })
  })
})

describe('a live line', () => {
  it.each([
    [{ type: 'transcript', transcriptType: 'final', role: 'user' }, { role: 'contact', is_final: true }],
    [{ type: 'transcript', transcriptType: 'partial', role: 'assistant' }, { role: 'assistant', is_final: false }],
    [{ type: 'transcript[transcriptType="final"]', role: 'user' }, { role: 'contact', is_final: true }],
  ])('of %j is %j', (message, line) => {
    expect(parseWebhook({ message: { ...message, transcript: 'Hello', call: staleCall } })).toEqual({
      kind: 'line', line: { text: 'Hello', attempt_id: attemptId, provider_call_id: callId, ...line },
    })
  })
})

describe('turns', () => {
  const turns = (messages: unknown) => event(report({ artifact: { messages } })).turns

  it('measure 2024 payloads in seconds and later ones in milliseconds', () => {
    expect(turns([{ role: 'user', message: 'a', duration: 2.5, secondsFromStart: 1 }])).toMatchObject([{ duration_seconds: 2.5 }])
    const later = [{ role: 'user', message: 'a', duration: 180, secondsFromStart: 1 }, { role: 'bot', message: 'b', duration: 2500, secondsFromStart: 2 }]
    expect(turns(later)).toMatchObject([{ duration_seconds: 0.18 }, { duration_seconds: 2.5 }])
  })

  it('count from the first message when no offset is told', () => {
    expect(turns([{ role: 'bot', message: 'a', time: 1_760_000_000_000 }, { role: 'user', message: 'b', time: 1_760_000_001_500 }]))
      .toMatchObject([{ seconds_from_start: 0 }, { seconds_from_start: 1.5 }])
  })

  it('leave out whatever nobody said', () => {
    expect(turns([null, 'x', 7, { role: 'system', message: 'p' }, { role: 'user', message: ' ' }, { role: 'tool', message: 'x' }, {}])).toEqual([])
  })

  it('are null when the report does not say who spoke', () => {
    expect(turns('nothing')).toBeNull()
  })
})

describe('whatever else arrives', () => {
  const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown

  it.each([
    ['null', null], ['a list', []], ['text', 'x'], ['a number', 7], ['true', true], ['an empty object', {}], ['a message of null', { message: null }],
    ['a message that is a list', { message: [] }], ['something deep', deep], ['undefined', undefined],
  ])('is stored and changes nothing: %s', (_what, body) => {
    expect(event(body)).toMatchObject({ provider: 'vapi', type: 'unreadable', state: null, is_report: false, provider_call_id: null })
  })

  it('has a key of its own by its content', () => {
    expect(event([]).dedupe_key).toBe(event([]).dedupe_key)
    expect(event([]).dedupe_key).not.toBe(event('x').dedupe_key)
  })

  it.each(['hang', 'speech-update', 'call.deleted', 'a-type-of-next-year', ''])('of type %j changes nothing, with ids kept', (type) => {
    expect(event({ message: { type, status: 'ended', endedReason: 'voicemail', call: staleCall, extra: { a: 1 } } })).toMatchObject({
      state: null, is_report: false, outcome: null, provider_call_id: callId, attempt_id: attemptId,
    })
  })

  it('survives fields of every wrong type', () => {
    const wrong = [null, 7, 'x', [], {}, [[]], true, deep, { a: { b: [] } }]
    const fields = ['call', 'endedReason', 'startedAt', 'endedAt', 'cost', 'artifact', 'analysis', 'messages', 'timestamp', 'transcript', 'customer', 'status']
    for (const type of ['end-of-call-report', 'status-update', 'transcript', 7, deep]) {
      for (const field of fields) {
        for (const value of wrong) expect(() => parseWebhook(report({ type, [field]: value }))).not.toThrow()
      }
    }
    for (const value of wrong) expect(() => parseWebhook(report({ analysis: { successEvaluation: value, structuredData: value } }))).not.toThrow()
  })

  it('takes a transcript of five megabytes in its stride', () => {
    const text = 'User: word '.repeat(480_000)
    expect(processorMs(() => expect(event(report({ artifact: { transcript: text } })).transcript).toHaveLength(text.length))).toBeLessThan(500)
  })
})
