import { describe, expect, it } from 'vitest'
import { createChatCompletions } from '../../../../../business/gateways/analysis/chatCompletions.ts'
import { always, startServer } from '../calls/vapi/localServer.ts'

const question = { instructions: 'Say what it was.', material: 'PERSON: Hello' }
const says = (message: object, more: object = {}) => ({ choices: [{ message, finish_reason: 'stop', ...more }] })

async function complete(answer: Parameters<typeof startServer>[0], timeoutMs?: number) {
  const server = await startServer(answer)
  const result = await createChatCompletions({ apiKey: 'k', baseUrl: `${server.url}/v1/`, model: 'small-1', timeoutMs }).complete(question)
  return { result, requests: server.requests }
}

describe('a chat completion', () => {
  it('asks once, with the question apart from its material', async () => {
    const { result, requests } = await complete(always(200, says({ content: '{"a": 1}' })))
    expect(result).toEqual({ kind: 'answered', text: '{"a": 1}' })
    expect(requests).toMatchObject([{ method: 'POST', url: '/v1/chat/completions', headers: { authorization: 'Bearer k', 'content-type': 'application/json' } }])
    expect(JSON.parse(requests[0]!.body)).toMatchObject({ model: 'small-1', temperature: 0, response_format: { type: 'json_object' },
      messages: [{ role: 'system', content: 'Say what it was.' }, { role: 'user', content: 'PERSON: Hello' }] })
  })

  it.each([
    ['HTTP 401', always(401, { error: {} })], ['HTTP 429', always(429, {})], ['HTTP 500', always(500, '<html>')],
    ['no text', always(200, '<html>')], ['no text', always(200, {})], ['no text', always(200, { choices: 'x' })], ['no text', always(200, says({ content: ' ' }))],
    ['refused', always(200, says({ content: null, refusal: 'I cannot do that.' }))], ['cut off', always(200, says({ content: '{"summary": "Th' }, { finish_reason: 'length' }))],
  ])('fails with "%s"', async (cause, answer) => {
    expect((await complete(answer)).result).toEqual({ kind: 'failed', cause })
  })

  it('waits for a bounded time, follows no redirect and does not throw when nobody listens', async () => {
    expect((await complete(() => undefined, 50)).result).toEqual({ kind: 'failed', cause: 'TimeoutError' })
    expect((await complete(always(302, '', { location: 'http://127.0.0.1:9' }))).result).toMatchObject({ kind: 'failed' })
    expect(await createChatCompletions({ apiKey: 'k', baseUrl: 'http://127.0.0.1:9', model: 'm' }).complete(question)).toEqual({ kind: 'failed', cause: 'TypeError' })
  })
})
