import { describe, expect, test } from 'vitest'
import { KEY, LINE, order, OTHER_LINE, place, receiver, request, simulator, STILL } from './support.ts'

const without = (body: Record<string, unknown>, field: string) => Object.fromEntries(Object.entries(body).filter(([name]) => name !== field))

const silence = (hook: Record<string, unknown>) =>
  order('+12124567801', { assistant: { hooks: [{ on: 'customer.speech.timeout', do: [{ type: 'say', exact: 'Hello?' }], ...hook }] } })

describe('POST /call', () => {
  test('answers 201 with the queued call and the limits of the subscription', async () => {
    const vapi = await simulator({ speed: STILL })
    const body = order('+12124567801')
    const { status, body: call } = await place(vapi, body)
    expect(status).toBe(201)
    expect(call).toMatchObject({ status: 'queued', type: 'outboundPhoneCall', name: body.name, phoneNumberId: LINE, customer: body.customer, startedAt: null, endedAt: null, cost: 0 })
    expect(call.subscriptionLimits).toEqual({ concurrencyBlocked: false, concurrencyLimit: 10, remainingConcurrentCalls: 9 })
  })

  test.each([['without a key', null], ['with a wrong key', 'other'], ['with an empty key', '']])('answers 401 in the provider\'s shape %s', async (_, key) => {
    const vapi = await simulator()
    const { status, body } = await place(vapi, order('+12124567801'), key)
    expect(status).toBe(401)
    expect(body).toEqual({ statusCode: 401, error: 'Unauthorized', message: expect.stringContaining('Invalid Key') })
    expect(vapi.calls()).toEqual([])
  })

  test.each<[string, Record<string, unknown>, string]>([
    ['a number without country code', order('2124567801'), 'customer.number must be a valid phone number in the E.164 format'],
    ['letters in the number', order('+1212CALLME01'), 'customer.number must be a valid phone number in the E.164 format'],
    ['spaces in the number', order('+1 212 456 7801'), 'customer.number must be a valid phone number in the E.164 format'],
    ['a number that is not in service', order('+12124567800'), 'customer.number must be a valid phone number in the E.164 format'],
    ['a name over 40', order('+12124567801', { name: 'x'.repeat(41) }), 'name must be shorter than or equal to 40 characters'],
    ['a contact name over 40', order('+12124567801', { customer: { number: '+12124567801', name: 'x'.repeat(41) } }), 'customer.name must be shorter than or equal to 40 characters'],
    ['an external id over 40', order('+12124567801', { customer: { number: '+12124567801', externalId: 'x'.repeat(41) } }), 'customer.externalId must be shorter than or equal to 40 characters'],
    ['an e-mail over 40', order('+12124567801', { customer: { number: '+12124567801', email: 'x'.repeat(41) } }), 'customer.email must be shorter than or equal to 40 characters'],
    ['an extension over 10', order('+12124567801', { customer: { number: '+12124567801', extension: '12345678901' } }), 'customer.extension must be shorter than or equal to 10 characters'],
    ['a duration of nine seconds', order('+12124567801', { assistant: { maxDurationSeconds: 9 } }), 'assistant.maxDurationSeconds must not be less than 10'],
    ['a duration over twelve hours', order('+12124567801', { assistant: { maxDurationSeconds: 43_201 } }), 'assistant.maxDurationSeconds must not be greater than 43200'],
    ['no line', without(order('+12124567801'), 'phoneNumberId'), 'phoneNumberId must be a UUID'],
    ['a line that is no id', order('+12124567801', { phoneNumberId: 'line' }), 'phoneNumberId must be a UUID'],
    ['no assistant', without(order('+12124567801'), 'assistant'), 'Exactly one of assistant and assistantId must be provided.'],
    ['two assistants', order('+12124567801', { assistantId: LINE }), 'Exactly one of assistant and assistantId must be provided.'],
    ['no customer', without(order('+12124567801'), 'customer'), 'customer must be provided.'],
    ['metadata at the top', order('+12124567801', { metadata: {} }), 'property metadata should not exist'],
    ['a server that is no address', order('+12124567801', { assistant: { server: { url: 'here' } } }), 'assistant.server.url must be a URL address'],
    ['too many repeats', order('+12124567801', { assistant: { server: { url: 'http://x.invalid', backoffPlan: { type: 'fixed', maxRetries: 11, baseDelaySeconds: 1 } } } }), 'assistant.server.backoffPlan.maxRetries must not be greater than 10'],
    ['a model too hot', order('+12124567801', { assistant: { model: { provider: 'openai', model: 'gpt-4o', temperature: 2.1 } } }), 'assistant.model.temperature must not be greater than 2'],
    ['a model of nobody', order('+12124567801', { assistant: { model: { provider: 'acme', model: 'x' } } }), 'assistant.model.provider must be one of the following values'],
    ['a voice of nobody', order('+12124567801', { assistant: { voice: { provider: 'acme', voiceId: 'x' } } }), 'assistant.voice.provider must be one of the following values'],
    ['a goodbye over 1000', order('+12124567801', { assistant: { endCallMessage: 'x'.repeat(1001) } }), 'assistant.endCallMessage must be shorter than or equal to 1000 characters'],
    ['a silence of one second', silence({ options: { timeoutSeconds: 1 } }), 'assistant.hooks.0.options.timeoutSeconds must not be less than 2'],
    ['a silence that sets off nothing', silence({ do: [] }), 'assistant.hooks.0.do'],
    ['words of silence', silence({ do: [{ type: 'say' }] }), 'say needs exact or prompt'],
    ['an unknown server message', order('+12124567801', { assistant: { serverMessages: ['gossip'] } }), 'each value in assistant.serverMessages must be one of the following values'],
  ])('refuses %s with a list of sentences', async (_, body, sentence) => {
    const vapi = await simulator()
    const { status, body: answer } = await place(vapi, body)
    expect(status).toBe(400)
    expect(answer).toEqual({ statusCode: 400, error: 'Bad Request', message: [expect.stringContaining(sentence)] })
    expect(vapi.calls()).toEqual([])
  })

  test('takes a loose number when the check is off', async () => {
    const vapi = await simulator()
    expect((await place(vapi, order('x', { customer: { number: '2124567801', numberE164CheckEnabled: false } }))).status).toBe(201)
  })

  test.each(['{', '', '[]', 'null', '"x"'])('answers 400 to the body %s', async (body) => {
    const vapi = await simulator()
    const response = await fetch(`${vapi.url}/call`, { method: 'POST', headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }, body })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ statusCode: 400, error: 'Bad Request' })
  })

  test('refuses more calls than the subscription allows, until one has ended', async () => {
    const vapi = await simulator({ concurrencyLimit: 2, speed: STILL })
    await place(vapi, order('+12124567802'))
    expect((await place(vapi, order('+12124567802'))).body.subscriptionLimits).toMatchObject({ remainingConcurrentCalls: 0 })
    expect(await place(vapi, order('+12124567802'))).toEqual({ status: 400, body: { error: 'Over Concurrency Limit' } })
    vapi.setSpeed(2000)
    await vapi.quiet()
    expect((await place(vapi, order('+12124567802'))).status).toBe(201)
    expect(vapi.violations()).toEqual([])
  })
})

describe('an attempt', () => {
  test.each<[string, (id: string) => Record<string, unknown>]>([
    ['its name', (id) => order('+12124567801', { name: id, customer: { number: '+12124567801' }, assistant: { metadata: {} } })],
    ['its external id', (id) => without(order('+12124567801', { customer: { number: '+12124567801', externalId: id }, assistant: { metadata: {} } }), 'name')],
    ['the assistant\'s metadata', (id) => without(order('+12124567801', { customer: { number: '+12124567801' }, assistant: { metadata: { attempt_id: id } } }), 'name')],
    ['the overrides\' metadata', (id) => without(order('+12124567801', { customer: { number: '+12124567801' }, assistant: { metadata: {} }, assistantOverrides: { metadata: { attempt_id: id } } }), 'name')],
  ])('known by %s that comes twice is answered 409, dialled once and a violation', async (_, build) => {
    const vapi = await simulator()
    expect((await place(vapi, build('a1'))).status).toBe(201)
    const { status, body } = await place(vapi, build('a1'))
    expect([status, body.error]).toEqual([409, 'Conflict'])
    expect(vapi.calls()).toHaveLength(1)
    expect(vapi.violations()).toEqual(['The attempt a1 was originated more than once.'])
  })

  test('that was refused and comes again is a hidden retry, and a violation', async () => {
    const vapi = await simulator()
    vapi.fault('error_before_accept')
    const body = order('+12124567801')
    expect((await place(vapi, body)).status).toBe(500)
    expect((await place(vapi, body)).status).toBe(409)
    expect(vapi.calls()).toEqual([])
    expect(vapi.violations()).toHaveLength(1)
  })

  test('whose three ids disagree is a violation', async () => {
    const vapi = await simulator()
    await place(vapi, order('+12124567801', { name: 'other' }))
    expect(vapi.violations()).toEqual([expect.stringContaining('disagree')])
  })

  test('whose ids agree is none', async () => {
    const vapi = await simulator()
    await place(vapi, order('+12124567801'))
    await place(vapi, order('+12124567801'))
    expect(vapi.violations()).toEqual([])
  })
})

describe('reading and changing calls', () => {
  test('lists the newest first, within a window, on a line, up to a limit', async () => {
    let at = Date.parse('2026-03-01T10:00:00Z')
    const vapi = await simulator({ now: () => new Date(at), concurrencyLimit: 20, speed: STILL })
    const ids: string[] = []
    for (let minute = 0; minute < 4; minute++) {
      at = Date.parse('2026-03-01T10:00:00Z') + minute * 60_000
      ids.push((await place(vapi, order('+12124567802', minute === 3 ? { phoneNumberId: OTHER_LINE } : {}))).body.id)
    }
    const list = async (search: string) => ((await request(vapi, `GET /call?${search}`)).body as unknown as { id: string }[]).map((call) => ids.indexOf(call.id))
    expect(await list('')).toEqual([3, 2, 1, 0])
    expect(await list('limit=2')).toEqual([3, 2])
    expect(await list(`phoneNumberId=${LINE}`)).toEqual([2, 1, 0])
    expect(await list('createdAtGe=2026-03-01T10:01:00Z&createdAtLt=2026-03-01T10:03:00Z')).toEqual([2, 1])
    expect(await list('createdAtGt=2026-03-01T10:01:00Z&createdAtLe=2026-03-01T10:03:00Z')).toEqual([3, 2])
    expect((await request(vapi, 'GET /call?createdAtGe=yesterday')).status).toBe(400)
    expect((await request(vapi, 'GET /call?limit=1001')).status).toBe(400)
    expect((await request(vapi, 'GET /call', undefined, 'wrong')).status).toBe(401)
  })

  test('answers 404 for a call it does not know', async () => {
    const vapi = await simulator()
    for (const [method, path] of [['GET', '/call/nobody'], ['DELETE', '/call/nobody'], ['PATCH', '/call/nobody'], ['GET', '/call/nobody/mono-recording'], ['GET', '/elsewhere']] as const) {
      expect(await request(vapi, `${method} ${path}`)).toMatchObject({ status: 404, body: { statusCode: 404, error: 'Not Found' } })
    }
  })

  test('changes nothing but the name', async () => {
    const vapi = await simulator()
    const { body: call } = await place(vapi, order('+12124567802'))
    expect((await request(vapi, `PATCH /call/${call.id}`, { name: 'renamed' })).body.name).toBe('renamed')
    expect((await request(vapi, `PATCH /call/${call.id}`, { status: 'ended' })).status).toBe(400)
  })

  test('erasing a call hangs nothing up; ids in the body take the place of the one in the path', async () => {
    const hook = await receiver()
    const vapi = await simulator({ speed: STILL })
    const [one, other] = [await place(vapi, order('+12124567802', { url: hook.url })), await place(vapi, order('+12124567802'))]
    expect((await request(vapi, `DELETE /call/${other.body.id}`, { ids: [one.body.id] })).status).toBe(200)
    expect((await request(vapi, `GET /call/${one.body.id}`)).status).toBe(404)
    expect((await request(vapi, `GET /call/${other.body.id}`)).status).toBe(200)
    vapi.setSpeed(2000)
    await vapi.quiet()
    expect(hook.statuses()).toEqual(['queued', 'ringing', 'ended'])
  })
})
