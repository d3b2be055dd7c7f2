import { describe, expect, it } from 'vitest'
import { createVapiCalls } from '../../../../../../business/gateways/calls/vapi/calls.ts'
import { always, startServer, type SeenRequest } from './localServer.ts'
import { attemptId, spokenMessages } from './samples.ts'

const config = { apiKey: 'k', webhook: { url: 'http://x', secret: 's' }, timeoutSeconds: 0.5 }
const endedCall = {
  id: 'c1', orgId: 'o', createdAt: '2025-10-09T08:53:00Z', updatedAt: '2025-10-09T08:55:00Z', name: attemptId, status: 'ended',
  endedReason: 'customer-ended-call', startedAt: '2025-10-09T08:53:20Z', endedAt: '2025-10-09T08:54:20Z', cost: 0.05,
  artifact: { messages: spokenMessages, recordingUrl: 'https://storage/x.mp3' }, analysis: { summary: 'Fine.' },
}

async function gatewayWith(answer: Parameters<typeof startServer>[0]) {
  const server = await startServer(answer)
  return { gateway: createVapiCalls({ ...config, baseUrl: server.url }), requests: server.requests }
}

describe('getCall', () => {
  it('reads an ended call as the last word', async () => {
    const { gateway, requests } = await gatewayWith(always(200, endedCall))
    expect(await gateway.getCall('c1')).toMatchObject({
      kind: 'found',
      event: { type: 'poll', state: 'ended', is_report: true, outcome: 'answered', talk_seconds: 60, cost_micros: 50_000, attempt_id: attemptId, summary: 'Fine.', has_recording: true },
    })
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /call/c1'])
  })

  it('ends the waiting even for a reason that nobody knows', async () => {
    const { gateway } = await gatewayWith(always(200, { ...endedCall, endedReason: 'brand-new', startedAt: null, artifact: {} }))
    expect(await gateway.getCall('c1')).toMatchObject({ event: { is_report: true, outcome: 'failed', failure_scope: 'call' } })
  })

  it('tells the state of a call that goes on', async () => {
    const { gateway } = await gatewayWith(always(200, { ...endedCall, status: 'in-progress', endedAt: undefined, endedReason: undefined }))
    expect(await gateway.getCall('c1')).toMatchObject({ event: { state: 'in_progress', is_report: false, started_at: '2025-10-09T08:53:20.000Z', outcome: null } })
  })

  it('never uses the key of a webhook, so that it is heard although one said the same', async () => {
    const { gateway } = await gatewayWith(always(200, endedCall))
    const first = await gateway.getCall('c1')
    expect(first).toMatchObject({ event: { dedupe_key: expect.stringMatching(/^c1:poll:ended:/) } })
    expect(await gateway.getCall('c1')).toEqual(first)
  })

  it.each([
    ['a 404, which a fresh call answers, too', always(404, { message: 'not found' }), 'HTTP 404'],
    ['an error', always(500, {}), 'HTTP 500'],
    ['a page', always(200, '<html>'), 'an answer without a call'],
    ['silence', () => undefined, 'timeout'],
  ])('is unsure after %s', async (_what, answer, cause) => {
    const { gateway, requests } = await gatewayWith(answer)
    expect(await gateway.getCall('c1')).toEqual({ kind: 'unsure', cause })
    expect(requests).toHaveLength(1)
  })

  it('asks for the id it was given and for nothing else', async () => {
    const { gateway, requests } = await gatewayWith(always(404, {}))
    await gateway.getCall('../phone-number?x=1')
    expect(requests[0]!.url).toBe('/call/..%2Fphone-number%3Fx%3D1')
  })
})

describe('findCalls', () => {
  const since = Date.parse('2025-10-09T08:53:00Z')
  const search = { provider_ref: 'line-1', attempt_ids: [attemptId, 'other'], since, until: since + 60_000 }
  const queryOf = ({ url }: SeenRequest) => Object.fromEntries(new URL(url, 'http://x').searchParams)

  it('lists the line once, over the window and both clocks\' error, and matches by attempt', async () => {
    const { gateway, requests } = await gatewayWith(always(200, [{ ...endedCall, id: 'c9', name: 'somebody else' }, endedCall]))
    const answers = await gateway.findCalls(search)
    expect(answers.get(attemptId)).toMatchObject({ kind: 'found', event: { provider_call_id: 'c1' } })
    expect(answers.get('other')).toEqual({ kind: 'absent' })
    expect(requests.map(queryOf)).toEqual([
      { phoneNumberId: 'line-1', limit: '1000', createdAtGe: '2025-10-09T08:50:00.000Z', createdAtLe: '2025-10-09T08:57:00.000Z' },
    ])
  })

  it('goes on page by page until the listing is complete', async () => {
    const page = Array.from({ length: 1000 }, (_, i) => ({ ...endedCall, id: `p${i}`, name: null, customer: {}, createdAt: '2025-10-09T08:54:00.000Z' }))
    const { gateway, requests } = await gatewayWith((request, response) =>
      always(200, queryOf(request).createdAtLe === '2025-10-09T08:54:00.000Z' ? [endedCall] : page)(request, response))
    expect((await gateway.findCalls(search)).get(attemptId)).toMatchObject({ kind: 'found' })
    expect(requests).toHaveLength(2)
  })

  it('does not call a call absent when the listing cannot be finished', async () => {
    const page = Array.from({ length: 1000 }, (_, i) => ({ id: `p${i}`, createdAt: '2025-10-09T08:57:00.000Z' }))
    const { gateway, requests } = await gatewayWith(always(200, page))
    expect((await gateway.findCalls(search)).get(attemptId)).toEqual({ kind: 'unsure', cause: 'too many calls to list' })
    expect(requests.length).toBeLessThan(3)
  })

  it.each([
    ['an error', always(503, {}), 'HTTP 503'],
    ['something that is no list', always(200, { results: [] }), 'an answer without a list'],
    ['entries without ids', always(200, [{}]), 'an answer without a list'],
  ])('is unsure after %s', async (_what, answer, cause) => {
    const { gateway } = await gatewayWith(answer)
    expect((await gateway.findCalls(search)).get(attemptId)).toEqual({ kind: 'unsure', cause })
  })
})

describe('cancel', () => {
  const withStatus = (status: string, control?: string) => always(200, { ...endedCall, status, monitor: control && { controlUrl: control } })

  it('hangs up a conversation through its control address, without the key', async () => {
    const control = await startServer(always(200, {}))
    const { gateway } = await gatewayWith(withStatus('in-progress', `${control.url}/control`))
    expect(await gateway.cancel('c1')).toBe('canceled')
    expect(control.requests).toMatchObject([{ method: 'POST', url: '/control', body: '{"type":"end-call"}' }])
    expect(control.requests[0]!.headers).not.toHaveProperty('authorization')
  })

  it.each([['ended', 'already_ended'], ['queued', 'unsupported'], ['ringing', 'unsupported'], ['in-progress', 'unsupported']])(
    'answers for a call that is %s and has no control address: %s', async (status, answer) => {
      const { gateway, requests } = await gatewayWith(withStatus(status))
      expect(await gateway.cancel('c1')).toBe(answer)
      expect(requests.map(({ method }) => method)).toEqual(['GET'])
    })

  it('says that it failed when the call cannot be read, its control address refuses, or nobody answers there', async () => {
    expect(await (await gatewayWith(always(503, {}))).gateway.cancel('c1')).toBe('failed')
    const control = await startServer(always(500, {}))
    expect(await (await gatewayWith(withStatus('in-progress', `${control.url}/control`))).gateway.cancel('c1')).toBe('failed')
    expect(await (await gatewayWith(withStatus('in-progress', 'http://127.0.0.1:1/control'))).gateway.cancel('c1')).toBe('failed')
  })
})
