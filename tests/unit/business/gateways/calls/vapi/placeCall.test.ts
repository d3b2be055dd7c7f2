import { describe, expect, it } from 'vitest'
import { createVapiCalls } from '../../../../../../business/gateways/calls/vapi/calls.ts'
import { always, startServer } from './localServer.ts'
import { attemptId, order } from './samples.ts'

const apiKey = 'private-key-of-ours'
const webhook = { url: 'https://outdial.test/functions/v1/receive-call-event/vapi', secret: 'webhook-secret-of-ours' }

async function dialAgainst(answer: Parameters<typeof startServer>[0], timeoutSeconds = 5) {
  const server = await startServer(answer)
  const gateway = createVapiCalls({ apiKey, baseUrl: server.url, webhook, timeoutSeconds })
  return { result: await gateway.placeCall(order()), requests: server.requests }
}

/** VAPI's own error format. */
const complaint = (statusCode: number, message: unknown, error = 'Bad Request') => ({ statusCode, error, message })

describe('placeCall', () => {
  it('sends one POST /call with the key and answers the id of the call', async () => {
    const { result, requests } = await dialAgainst(always(201, { id: 'c1', subscriptionLimits: { concurrencyBlocked: false } }))
    expect(result).toEqual({ kind: 'accepted', provider_call_id: 'c1' })
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({ method: 'POST', url: '/call', headers: { authorization: `Bearer ${apiKey}` } })
    expect(JSON.parse(requests[0]!.body)).toMatchObject({ name: attemptId, customer: { number: '+12025550123' } })
  })

  it('says when the call was taken without a free line', async () => {
    const { result } = await dialAgainst(always(201, { id: 'c1', subscriptionLimits: { concurrencyBlocked: true } }))
    expect(result).toEqual({ kind: 'accepted_blocked', provider_call_id: 'c1' })
  })

  it.each([500, 502, 503, 408])('sends exactly one request when VAPI answers %i, and calls the outcome unknown', async (status) => {
    const { result, requests } = await dialAgainst(always(status, complaint(status, 'later'), { 'retry-after': '0' }))
    expect(result).toEqual({ kind: 'unknown', cause: `HTTP ${status}` })
    expect(requests).toHaveLength(1)
  })

  it('sends exactly one request when VAPI does not answer in time', async () => {
    const { result, requests } = await dialAgainst(() => undefined, 0.2)
    expect(result).toEqual({ kind: 'unknown', cause: 'timeout' })
    expect(requests).toHaveLength(1)
  })

  it('waits no longer for a body than for an answer', async () => {
    const { result, requests } = await dialAgainst((_request, response) => void response.writeHead(201).write('{"id":'), 0.2)
    expect(result).toEqual({ kind: 'unknown', cause: 'timeout' })
    expect(requests).toHaveLength(1)
  })

  it('sends exactly one request when the connection breaks', async () => {
    const { result, requests } = await dialAgainst((_request, response) => void response.socket?.destroy())
    expect(result).toMatchObject({ kind: 'unknown', cause: expect.stringContaining('no answer') })
    expect(requests).toHaveLength(1)
  })

  it('calls it unknown when nobody listens', async () => {
    const gateway = createVapiCalls({ apiKey, baseUrl: 'http://127.0.0.1:9', webhook, timeoutSeconds: 2 })
    expect(await gateway.placeCall(order())).toMatchObject({ kind: 'unknown' })
  })

  it('sends a body that the runtime cannot send twice on its own', async () => {
    const { requests } = await dialAgainst(always(201, { id: 'c1' }))
    expect(requests[0]!.headers).toMatchObject({ 'transfer-encoding': 'chunked', 'content-type': 'application/json' })
  })

  it.each([301, 302, 303, 307, 308])('does not follow a redirect (%i), which might dial again', async (status) => {
    const { result, requests } = await dialAgainst(always(status, '', { location: '/call' }))
    expect(result).toMatchObject({ kind: 'unknown' })
    expect(requests).toHaveLength(1)
  })

  it.each([
    ['HTML', '<html>ok</html>'], ['nothing', ''], ['no call', '{}'], ['a batch', '{"results":[],"errors":[]}'], ['a list', '[]'], ['null', 'null'], ['an id that is no text', '{"id":7}'],
  ])('calls a success with %s unknown', async (_what, body) => {
    const { result, requests } = await dialAgainst(always(201, body))
    expect(result).toMatchObject({ kind: 'unknown' })
    expect(requests).toHaveLength(1)
  })
})

describe('a refusal', () => {
  const refusal = async (...answer: Parameters<typeof always>) => (await dialAgainst(always(...answer))).result

  it.each([
    ['the new form', 400, complaint(400, 'Over Concurrency Limit. You have 10 calls.')],
    ['the old form without a message', 400, { error: 'Over Concurrency Limit' }],
    ['the rate limit', 429, complaint(429, 'Too many requests', 'Too Many Requests')],
  ])('for capacity is seen in %s', async (_form, status, body) => {
    expect(await refusal(status, body)).toMatchObject({ kind: 'refused', class: 'capacity' })
  })

  it('tells how long to wait, in seconds or as a date', async () => {
    expect(await refusal(429, {}, { 'retry-after': '7' })).toMatchObject({ class: 'capacity', retry_after_ms: 7000 })
    const date = new Date(Date.now() + 60_000).toUTCString()
    const { retry_after_ms } = (await refusal(429, {}, { 'retry-after': date })) as { retry_after_ms: number }
    expect(retry_after_ms).toBeGreaterThan(50_000)
    expect(await refusal(429, {}, { 'retry-after': 'soon' })).not.toHaveProperty('retry_after_ms')
    expect(await refusal(429, {})).not.toHaveProperty('retry_after_ms')
  })

  it.each([
    ['a list', ['customer.number must be a valid phone number in the E.164 format. Hot tip, you may be missing the country code (Eg: US: +1).']],
    ['text', 'customer.number must be a valid phone number in the E.164 format.'],
    ['a batch form', ['customers.0.number must be a valid phone number']],
    ['several complaints', ['customer.name must be shorter than or equal to 40 characters', 'customer.number must be valid']],
  ])('of the number is seen in %s', async (_form, message) => {
    expect(await refusal(400, complaint(400, message))).toMatchObject({ kind: 'refused', class: 'number' })
  })

  it.each([
    ['our line', 400, 'phoneNumberId must be a UUID', 'assistant'],
    ['our line, missing', 400, 'Couldn\'t Get Phone Number. Invalid `phoneNumberId`.', 'assistant'],
    ['our assistant', 400, ['assistant.voice.voiceId must be one of the following values'], 'assistant'],
    ['the name alone', 400, ['customer.name must be shorter than or equal to 40 characters'], 'assistant'],
    ['something missing', 404, 'Not found', 'assistant'],
    ['a form nobody knows', 422, undefined, 'assistant'],
    ['our key', 401, 'Invalid Key. Hot tip, you may be using the public key.', 'auth'],
    ['our rights', 403, 'Forbidden', 'auth'],
    ['our money', 402, 'Payment Required', 'billing'],
    ['our money as 400', 400, 'Wallet balance is -0.5. Purchase more credits or upgrade your plan.', 'billing'],
    ['the line\'s day', 400, 'Numbers Bought On Vapi Have A Daily Outbound Call Limit.', 'daily_limit'],
    ['the line\'s daily limit', 400, 'vapi-number-outbound-daily-limit reached', 'daily_limit'],
    ['the line\'s daily limit as 429', 429, 'Daily call limit reached', 'daily_limit'],
  ])('because of %s (%i) is a fault of class %s', async (_what, status, message, expected) => {
    expect(await refusal(status, complaint(status, message))).toMatchObject({ kind: 'refused', class: expected })
  })

  it('quotes the provider briefly, as text', async () => {
    const list = await refusal(400, complaint(400, ['first', 'second']))
    expect(list).toMatchObject({ message: 'first; second' })
    expect(await refusal(400, { error: 'Only this' })).toMatchObject({ message: 'Only this' })
    const html = await refusal(403, '<html><head><title>x</title><style>p{}</style></head><body><h1>Blocked</h1> by\n the proxy</body></html>', { 'content-type': 'text/html' })
    expect(html).toMatchObject({ class: 'auth', message: 'Blocked by the proxy' })
    expect(await refusal(400, '{broken')).toMatchObject({ message: '{broken' })
    expect(await refusal(400, '')).toMatchObject({ class: 'assistant', message: 'HTTP 400' })
    expect(await refusal(400, 'null')).toMatchObject({ message: 'HTTP 400' })
    expect(((await refusal(400, { message: 'x'.repeat(5000) })) as { message: string }).message).toHaveLength(300)
  })

  it('repeats no secret that the provider quotes', async () => {
    const { message } = (await refusal(401, { message: `Key ${apiKey} and ${webhook.secret} and Bearer abcdefgh12345678 are wrong` })) as { message: string }
    expect(message).not.toMatch(/private-key-of-ours|webhook-secret-of-ours|abcdefgh/)
  })
})
