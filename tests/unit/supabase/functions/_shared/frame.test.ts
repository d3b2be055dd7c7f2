import type { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest'
import { createVapiWebhook } from '../../../../../business/gateways/calls/vapi/webhook.ts'
import { AppError } from '../../../../../business/models/appError.ts'
import { requireCron, requireProvider } from '../../../../../supabase/functions/_shared/auth.ts'
import { runInBackground } from '../../../../../supabase/functions/_shared/background.ts'
import { createApp, webhookBodyBytes } from '../../../../../supabase/functions/_shared/http.ts'
import { limitAddress, type Limits } from '../../../../../supabase/functions/_shared/limits.ts'
import { fetchWithinRequest } from '../../../../../supabase/functions/_shared/requestScope.ts'

let printed: MockInstance[]
beforeEach(() => { printed = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error')].map((spy) => spy.mockImplementation(() => undefined)) })
afterEach(() => { vi.restoreAllMocks() })
const lines = () => printed.flatMap((spy) => spy.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>))

const post = (app: { request: Hono['request'] }, path: string, headers: Record<string, string> = {}, body: BodyInit = '{}') =>
  app.request(`http://x${path}`, { method: 'POST', headers, body })

/** Lets everybody through, however often. */
const unlimited = { spend: () => Promise.resolve(null) }

function guarded(secrets: string[], limits: Limits = unlimited) {
  const app = createApp('f', 'info')
  app.post('/', requireCron(secrets, limits), (c) => c.json({ success: true }))
  return app
}

describe('the frame of a function', () => {
  it('puts a request id on every answer, also on failures', async () => {
    const app = guarded(['s'])
    for (const answer of [await post(app, '/f', { 'x-cron-secret': 's' }), await post(app, '/f'), await post(app, '/f/nowhere')]) {
      expect(answer.headers.get('x-request-id')).toMatch(/[\w-]{20,}/)
    }
  })

  it('answers an AppError with its status and code', async () => {
    const app = createApp('f', 'info')
    app.post('/', () => { throw new AppError('conflict', 'It is taken.', { state: 'active' }) })
    const answer = await post(app, '/f')
    expect(answer.status).toBe(409)
    expect(await answer.json()).toEqual({ success: false, error: { code: 'conflict', message: 'It is taken.', details: { state: 'active' } } })
  })

  it('tells nobody but the log about a failure of ours', async () => {
    const app = createApp('f', 'info')
    app.post('/', () => { throw new TypeError('password is hunter2') })
    const answer = await post(app, '/f')
    expect(answer.status).toBe(500)
    const text = await answer.text()
    expect(text).toContain('"internal"')
    expect(text).not.toContain('hunter2')
    expect(lines()).toMatchObject([{ level: 'error', event: 'request.failed', function: 'f', request_id: answer.headers.get('x-request-id') }])
  })

  it('writes no address, number or quoted value that a failure brings along', async () => {
    const app = createApp('f', 'info')
    app.post('/', () => { throw new Error('Key (phone)=(+12025550142) of "Ada Lovelace" <ada@example.com>, 0049 30 901820') })
    await post(app, '/f')
    expect(JSON.stringify(lines())).not.toMatch(/2025550142|Ada|ada@|901820/)
    expect(lines()[0]?.error).toContain('Key (phone)=([value])')
  })

  it('takes the id that the browser gave, and no other text in its place', async () => {
    const app = guarded(['s'])
    expect((await post(app, '/f', { 'x-request-id': 'abc-123-def-456' })).headers.get('x-request-id')).toBe('abc-123-def-456')
    expect((await post(app, '/f', { 'x-request-id': '<b>"hi"</b>' })).headers.get('x-request-id')).toMatch(/^[\w-]{20,}$/)
  })

  it('takes it along to the database', async () => {
    const asked = vi.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(new Response()))
    const app = createApp('f', 'info')
    app.post('/', async (c) => {
      await fetchWithinRequest('http://db/rpc/x', { headers: { apikey: 'k' } })
      return c.json({ success: true })
    })
    await post(app, '/f', { 'x-request-id': 'abc-123-def-456' })
    expect(Object.fromEntries(new Headers(asked.mock.calls[0]![1]!.headers))).toEqual({ apikey: 'k', 'x-request-id': 'abc-123-def-456' })
  })

  it('says 503 when the database is away, so that the sender comes again', async () => {
    const app = createApp('f', 'info')
    app.post('/', () => { throw new AppError('unavailable', 'away', { cause: 'secret host' }) })
    const answer = await post(app, '/f')
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ error: { code: 'unavailable', details: null } })
  })

  it('refuses a body beyond 64 kB, said or sent, before anybody is asked who they are', async () => {
    const app = guarded(['s'])
    const [within, beyond] = ['x'.repeat(64 * 1024), 'x'.repeat(64 * 1024 + 1)]
    expect((await post(app, '/f', { 'x-cron-secret': 's' }, within)).status).toBe(200)
    expect((await post(app, '/f', { 'x-cron-secret': 'wrong' }, beyond)).status).toBe(413)
    expect((await post(app, '/f', { 'x-cron-secret': 's', 'content-length': '99999999999' }, 'x')).status).toBe(413)
  })

  it('takes reports of ten megabytes where it is told to', async () => {
    const app = createApp('f', 'info', '', webhookBodyBytes)
    app.post('/', (c) => c.text('ok'))
    expect((await post(app, '/f', {}, 'x'.repeat(webhookBodyBytes))).status).toBe(200)
    expect((await post(app, '/f', {}, 'x'.repeat(webhookBodyBytes + 1))).status).toBe(413)
  })

  it('lets nothing in an answer be run, framed, guessed at or kept, on failures and preflights as well', async () => {
    const app = createApp('f', 'info', 'https://app.example')
    app.post('/', () => { throw new TypeError('x') })
    const answers = [await post(app, '/f'), await post(app, '/f/nowhere'), await post(app, '/f', {}, 'x'.repeat(70_000)),
      await app.request('http://x/f', { method: 'OPTIONS', headers: { origin: 'https://app.example' } })]
    for (const { headers } of answers) {
      expect(Object.fromEntries(['cache-control', 'content-security-policy', 'x-content-type-options', 'referrer-policy'].map((name) => [name, headers.get(name)]))).toEqual({
        'cache-control': 'no-store', 'content-security-policy': 'default-src \'none\'; frame-ancestors \'none\'', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
    }
  })

  it('answers 404 in the same form', async () => {
    const answer = await post(guarded(['s']), '/elsewhere')
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ success: false, error: { code: 'not_found' } })
  })
})

describe('pages of other origins', () => {
  const app = createApp('f', 'info', 'https://app.example/somewhere')
  app.post('/', requireCron(['s'], unlimited), (c) => c.text('ok'))
  const allowed = async (origin: string, method: string) => (await app.request('http://x/f', { method, headers: { origin } })).headers.get('access-control-allow-origin')

  it('may ask when they are the app, and read refusals, too', async () => {
    for (const method of ['OPTIONS', 'POST']) expect(await allowed('https://app.example', method)).toBe('https://app.example')
  })

  it.each(['https://elsewhere.example', 'https://app.example.evil.example', 'http://app.example', 'null'])('may not when they are %s', async (origin) => {
    for (const method of ['OPTIONS', 'POST']) expect(await allowed(origin, method)).toBeNull()
  })
})

describe('the cron guard', () => {
  it('lets in every active secret', async () => {
    expect((await post(guarded(['new', 'old']), '/f', { 'x-cron-secret': 'old' })).status).toBe(200)
    expect((await post(guarded(['new', 'old']), '/f', { 'X-Cron-Secret': 'new' })).status).toBe(200)
  })

  it.each([[{}], [{ 'x-cron-secret': '' }], [{ 'x-cron-secret': 'wrong' }], [{ authorization: 'Bearer s' }]])('keeps out %j', async (headers) => {
    expect((await post(guarded(['s']), '/f', headers as Record<string, string>)).status).toBe(401)
  })

  it('keeps everybody out when no secret is configured', async () => {
    expect((await post(guarded([]), '/f', { 'x-cron-secret': '' })).status).toBe(401)
    expect((await post(guarded(['']), '/f', { 'x-cron-secret': 'undefined' })).status).toBe(401)
  })
})

describe('the provider guard', () => {
  const app = createApp('f', 'info')
  app.post('/', requireProvider(createVapiWebhook(['s']), unlimited), async (c) => c.text(await c.req.text()))

  it('leaves the raw body to the handler', async () => {
    const answer = await post(app, '/f', { 'x-vapi-secret': 's' }, '{ "a" : 1 }')
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('{ "a" : 1 }')
  })

  it('judges the sender before the body', async () => {
    const answer = await post(app, '/f', { 'x-vapi-secret': 'wrong' }, '{broken')
    expect(answer.status).toBe(401)
    expect(JSON.stringify(await answer.json())).not.toContain('"s"')
  })
})

describe('the limits', () => {
  /** As the database counts, so many from each. */
  function counting(most: number) {
    const spent: string[] = []
    const spend = (wishes: Record<string, string>) => {
      const key = JSON.stringify(wishes)
      spent.push(key)
      return Promise.resolve(spent.filter((other) => other === key).length > most ? 40 : null)
    }
    return { spent, spend }
  }
  function open(limits: Limits) {
    const app = createApp('f', 'info', 'https://app.example')
    app.post('/', limitAddress(limits, 'unsubscribe_address'), (c) => c.json({ success: true }))
    return app
  }
  const statuses = async (app: ReturnType<typeof open>, headers: Record<string, string>[]) => {
    const answers: number[] = []
    for (const each of headers) answers.push((await post(app, '/f', each)).status)
    return answers
  }

  it('refuse what is asked too often from one address, and say when to come again', async () => {
    const limits = counting(1)
    expect(await statuses(open(limits), [{ 'x-forwarded-for': '203.0.113.7' }, { 'x-forwarded-for': '203.0.113.8' }])).toEqual([200, 200])
    const answer = await post(open(limits), '/f', { 'x-forwarded-for': '203.0.113.7', origin: 'https://app.example' })
    expect([answer.status, answer.headers.get('retry-after'), answer.headers.get('access-control-expose-headers')]).toEqual([429, '40', 'x-request-id,retry-after'])
    expect(await answer.json()).toMatchObject({ error: { code: 'rate_limited', details: { retry_after_seconds: 40 } } })
  })

  it('believe the header that the gateway writes over, and no words in place of an address', async () => {
    const limits = counting(9)
    await statuses(open(limits), [{ 'cf-connecting-ip': '203.0.113.7', 'x-forwarded-for': '198.51.100.1, 203.0.113.7' }, { 'x-forwarded-for': '2001:db8::1' }, { 'x-forwarded-for': 'x\'; drop' }, {}])
    expect(limits.spent.map((key) => (JSON.parse(key) as Record<string, string>).unsubscribe_address)).toEqual(['203.0.113.7', '2001:db8::1', 'unknown', 'unknown'])
  })

  it('never count a right secret, and refuse many wrong ones another way', async () => {
    const limits = counting(2)
    const app = guarded(['s'], limits)
    expect(await statuses(app, [{}, {}, {}, { 'x-cron-secret': 's' }])).toEqual([401, 401, 429, 200])
    expect(limits.spent).toHaveLength(3)
  })

  it('leave a refusal what it is when nobody can count', async () => {
    expect((await post(guarded(['s'], { spend: () => Promise.reject(new AppError('unavailable', 'away')) }), '/f')).status).toBe(401)
  })
})

describe('background work', () => {
  it('is handed to the edge runtime, and its failure to the log', async () => {
    const kept: Promise<unknown>[] = []
    vi.stubGlobal('EdgeRuntime', { waitUntil: (work: Promise<unknown>) => kept.push(work) })
    const logged: string[] = []
    runInBackground((level, event) => logged.push(`${level} ${event}`), async () => { throw new Error('x') })
    await Promise.all(kept)
    expect(kept).toHaveLength(1)
    expect(logged).toEqual(['error background.failed'])
    vi.unstubAllGlobals()
  })
})

describe('the log', () => {
  it('leaves out what is below the level', async () => {
    const app = createApp('f', 'warn')
    app.post('/', (c) => {
      c.get('log')('info', 'quiet')
      c.get('log')('warn', 'loud', { n: 1 })
      return c.text('ok')
    })
    await post(app, '/f')
    expect(lines()).toMatchObject([{ level: 'warn', event: 'loud', n: 1 }])
  })
})
