/** Assistants, phone numbers, credentials and files that the provider keeps, and how calls use them. */
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { VapiClient } from '@vapi-ai/server-sdk'
import { describe, expect, test } from 'vitest'
import type { VapiSimulator } from '../../../../supabase/local/simulators/vapi/index.ts'
import { KEY, LINE, order, place, receiver, request, simulator, whole, type Answer, type Received } from './support.ts'

const NOBODY = '3f0e0c55-2a5b-4a58-9d0c-0a8f1f6b7a11'
const without = (body: Record<string, unknown>, field: string) => Object.fromEntries(Object.entries(body).filter(([name]) => name !== field))
const create = async (vapi: VapiSimulator, path: string, body: unknown) => (await request(vapi, `POST ${path}`, body)).body

describe.each<[string, Record<string, unknown>, Record<string, unknown>, Record<string, unknown>]>([
  ['/assistant', { name: 'Ava', firstMessage: 'Hello.' }, { firstMessage: 'Good day.' }, { maxDurationSeconds: 5 }],
  ['/phone-number', { provider: 'twilio', number: '+12025550155', twilioAccountSid: 'AC1' }, { name: 'Main' }, { provider: 'twilio' }],
  ['/credential', { provider: 'webhook', authenticationPlan: { type: 'bearer', token: 't' } }, { name: 'Ours' }, { authenticationPlan: { type: 'bearer' } }],
])('%s', (path, thing, change, wrong) => {
  test('is created, got, listed, changed and deleted in the provider\'s shapes', async () => {
    const vapi = await simulator({ phoneNumbers: [] })
    const { status, body: created } = await request(vapi, `POST ${path}`, thing)
    expect(status).toBe(201)
    expect(created).toMatchObject({ ...thing, id: expect.stringMatching(/^[0-9a-f-]{36}$/), orgId: expect.any(String), createdAt: expect.stringContaining('T'), updatedAt: expect.stringContaining('T') })
    expect((await request(vapi, `GET ${path}/${created.id}`)).body).toEqual(created)
    expect((await request(vapi, `GET ${path}`)).body).toEqual([created])
    expect((await request(vapi, `GET ${path}?limit=0`)).body).toEqual([])
    expect((await request(vapi, `GET ${path}?limit=x`)).status).toBe(400)
    expect((await request(vapi, `PATCH ${path}/${created.id}`, change)).body).toMatchObject({ ...created, ...change, updatedAt: expect.any(String) })
    expect((await request(vapi, `PATCH ${path}/${created.id}`, wrong)).status).toBe(400)
    expect(await request(vapi, `DELETE ${path}/${created.id}`)).toMatchObject({ status: 200, body: { id: created.id } })
    for (const method of ['GET', 'DELETE']) expect((await request(vapi, `${method} ${path}/${created.id}`)).status).toBe(404)
    expect((await request(vapi, `PATCH ${path}/${created.id}`, change)).status).toBe(404)
  })

  test('needs the key, and refuses what is wrong', async () => {
    const vapi = await simulator()
    expect((await request(vapi, `GET ${path}`, undefined, null)).status).toBe(401)
    expect((await request(vapi, `POST ${path}`, { ...thing, ...wrong, number: undefined })).status).toBe(400)
    expect((await request(vapi, `POST ${path}`, [])).status).toBe(400)
  })
})

describe('a saved assistant', () => {
  test('speaks in the calls that name it, with their overrides', async () => {
    const hook = await receiver()
    const vapi = await simulator()
    const { id } = await create(vapi, '/assistant', { name: 'Ava', firstMessage: 'Hello from the shelf.', server: { url: hook.url } })
    const call = await whole(vapi, { ...without(order('+12124567808'), 'assistant'), assistantId: id, assistantOverrides: { maxDurationSeconds: 60 } })
    expect((call.artifact as { transcript: string }).transcript).toContain('AI: Hello from the shelf.')
    expect(call).toMatchObject({ assistantId: id, assistantOverrides: { maxDurationSeconds: 60 } })
    expect(hook.statuses()).toEqual(['queued', 'ringing', 'in-progress', 'ended'])
    const overridden = await whole(vapi, { ...without(order('+12124567808'), 'assistant'), assistantId: id, assistantOverrides: { firstMessage: 'Hello from above.' } })
    expect((overridden.artifact as { transcript: string }).transcript).toContain('AI: Hello from above.')
  })

  test.each([['an assistant', { ...without(order('+12124567801'), 'assistant'), assistantId: NOBODY }], ['a phone number', order('+12124567801', { phoneNumberId: NOBODY })]])('%s that does not exist is refused, and nothing is placed', async (_, unknown) => {
    const vapi = await simulator()
    const { status, body } = await place(vapi, unknown)
    expect([status, body.message]).toEqual([400, expect.stringContaining(`${NOBODY} Does Not Exist.`)])
    expect(vapi.calls()).toEqual([])
  })
})

describe('a phone number', () => {
  test('of the platform\'s seed exists from the start', async () => {
    const [, number, phoneNumberId] = /values \(null, '(\+\d+)', '[^']+', 'vapi', '([^']+)'\)/.exec(readFileSync('supabase/seeds/50_platform_line.sql', 'utf8')) ?? []
    const vapi = await simulator({ phoneNumbers: undefined })
    expect((await place(vapi, order('+12124567802', { phoneNumberId }))).status).toBe(201)
    expect((await request(vapi, `GET /phone-number/${phoneNumberId}`)).body.number).toBe(number)
  })

  test('of the provider is free, in the area asked for, five times', async () => {
    const vapi = await simulator()
    expect(await create(vapi, '/phone-number', { provider: 'vapi', numberDesiredAreaCode: '212' })).toMatchObject({ number: expect.stringMatching(/^\+1212555\d{4}$/), status: 'active' })
    for (let count = 1; count < 5; count++) expect((await request(vapi, 'POST /phone-number', { provider: 'vapi' })).status).toBe(201)
    expect((await request(vapi, 'POST /phone-number', { provider: 'vapi' })).status).toBe(400)
  })

  test('of a trunk needs its credential', async () => {
    const vapi = await simulator()
    const trunk = { provider: 'byo-phone-number', number: '+12025550199', credentialId: NOBODY }
    expect((await request(vapi, 'POST /phone-number', trunk)).status).toBe(400)
    const { id } = await create(vapi, '/credential', { provider: 'custom-credential', authenticationPlan: { type: 'bearer', token: 't' } })
    expect((await request(vapi, 'POST /phone-number', { ...trunk, credentialId: id })).status).toBe(201)
  })

  test('has its server used when the assistant names none', async () => {
    const [near, far] = [await receiver(), await receiver()]
    const vapi = await simulator()
    const { id: phoneNumberId } = await create(vapi, '/phone-number', { provider: 'vapi', server: { url: far.url } })
    await whole(vapi, order('+12124567802', { phoneNumberId }))
    expect(far.statuses()).toEqual(['queued', 'ringing', 'ended'])
    await whole(vapi, order('+12124567802', { phoneNumberId, url: near.url }))
    expect([near.received.length, far.received.length]).toEqual([4, 4])
  })
})

describe('a credential', () => {
  async function delivered(authenticationPlan: Record<string, unknown>, { isInline = false } = {}): Promise<{ first: Received, url: string }> {
    const hook = await receiver()
    const vapi = await simulator({ now: () => new Date('2026-03-02T12:00:00Z') })
    const { id: credentialId } = await create(vapi, '/credential', { provider: 'webhook', authenticationPlan })
    const server = { url: hook.url, credentialId }
    const { id: assistantId } = await create(vapi, '/assistant', { server })
    const body = isInline ? order('+12124567802', { assistant: { server } }) : { ...without(order('+12124567802'), 'assistant'), assistantId }
    await whole(vapi, body)
    return { first: hook.received[0] as Received, url: hook.url }
  }
  const hmac = (key: string | Buffer, text: string, algorithm = 'sha256', encoding: 'hex' | 'base64' = 'hex') => createHmac(algorithm, key).update(text).digest(encoding)

  test('sends a bearer token, in the header and with the prefix it wants', async () => {
    expect((await delivered({ type: 'bearer', token: 'secret' })).first.headers.authorization).toBe('Bearer secret')
    expect((await delivered({ type: 'bearer', token: 'secret', headerName: 'X-Vapi-Secret', bearerPrefixEnabled: false })).first.headers['x-vapi-secret']).toBe('secret')
  })

  test('signs timestamp and body as they are sent', async () => {
    const { first } = await delivered({ type: 'hmac', secretKey: 'k', algorithm: 'sha256' })
    expect(first.headers['x-timestamp']).toBe('1772452800')
    expect(first.headers['x-signature']).toBe(hmac('k', `1772452800.${first.text}`))
  })

  test('signs in the format, encoding, algorithm and headers it wants', async () => {
    const { first, url } = await delivered({
      type: 'hmac', secretKey: Buffer.from('key').toString('base64'), secretIsBase64: true, algorithm: 'sha512', signatureHeader: 'X-Sign', timestampHeader: 'X-When', signaturePrefix: 'v1,',
      signatureEncoding: 'base64', messageIdHeader: 'X-Id', payloadFormat: '{method} {url} {svix-id} {timestamp} {body}',
    })
    const { 'x-id': id, 'x-when': when } = first.headers
    expect(first.headers['x-sign']).toBe(`v1,${hmac(Buffer.from('key'), `POST ${url} ${String(id)} ${String(when)} ${first.text}`, 'sha512', 'base64')}`)
  })

  test('signs the body alone without a timestamp', async () => {
    const { first } = await delivered({ type: 'hmac', secretKey: 'k', algorithm: 'sha1', includeTimestamp: false })
    expect(first.headers['x-signature']).toBe(hmac('k', first.text, 'sha1'))
    expect(first.headers).not.toHaveProperty('x-timestamp')
  })

  test('is not sent to a server that a call brings with it', async () => {
    expect((await delivered({ type: 'bearer', token: 'secret' }, { isInline: true })).first.headers).not.toHaveProperty('authorization')
  })
})

describe('a file', () => {
  async function upload(vapi: VapiSimulator, parts: Record<string, string | File>): Promise<Answer> {
    const form = new FormData()
    for (const [name, value] of Object.entries(parts)) form.append(name, value)
    const response = await fetch(`${vapi.url}/file`, { method: 'POST', headers: { authorization: `Bearer ${KEY}` }, body: form })
    return { status: response.status, body: await response.json() as Answer['body'] }
  }

  test('is processed for a while, then done', async () => {
    const vapi = await simulator({ speed: 0.001 })
    const { status, body } = await upload(vapi, { file: new File(['hours: 9 to 5'], 'hours.txt', { type: 'text/plain' }), purpose: 'knowledge-base-v2', metadata: '{"a":1}' })
    expect(status).toBe(201)
    expect(body).toMatchObject({ object: 'file', status: 'processing', name: 'hours.txt', bytes: 13, mimetype: 'text/plain', purpose: 'knowledge-base-v2', metadata: { a: 1 } })
    vapi.setSpeed(2000)
    await vapi.quiet()
    expect((await request(vapi, `GET /file/${body.id}`)).body).toMatchObject({ status: 'done', parsedTextUrl: expect.stringContaining('https://') })
    expect((await request(vapi, `PATCH /file/${body.id}`, { name: 'times.txt' })).body.name).toBe('times.txt')
    expect((await request(vapi, 'GET /file')).body).toHaveLength(1)
    expect((await request(vapi, `DELETE /file/${body.id}`)).status).toBe(200)
    expect((await request(vapi, `GET /file/${body.id}`)).status).toBe(404)
  })

  test('that is empty fails', async () => {
    const vapi = await simulator()
    const { body } = await upload(vapi, { file: new File([], 'empty.txt') })
    await vapi.quiet()
    expect((await request(vapi, `GET /file/${body.id}`)).body.status).toBe('failed')
  })

  test.each([[{ purpose: 'assistant' }], [{ file: 'text' }], [{ file: new File(['x'], 'x.txt'), purpose: 'fun' }]])('is refused as %j', async (parts) => {
    expect((await upload(await simulator(), parts as unknown as Record<string, string | File>)).status).toBe(400)
  })
})

test('the official SDK reads what is saved', async () => {
  const vapi = await simulator()
  const client = new VapiClient({ token: KEY, baseUrl: vapi.url, maxRetries: 0 })
  const assistant = await client.assistants.create({ name: 'Ava', firstMessage: 'Hello.' })
  expect((await client.assistants.list()).map(({ id }) => id)).toEqual([assistant.id])
  expect(await client.phoneNumbers.get({ id: LINE })).toMatchObject({ provider: 'twilio', number: '+12025550100' })
  await client.assistants.delete({ id: assistant.id })
  await expect(client.assistants.get({ id: assistant.id })).rejects.toMatchObject({ statusCode: 404 })
})
