import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configScript } from '../../supabase/local/configScript.ts'
import { startGateway } from '../../supabase/local/gateway.ts'
import { anyPort } from '../../supabase/local/ports.ts'
import type { Api } from '../../supabase/local/api.ts'
import type { RealtimeBridge } from '../../supabase/local/realtime/bridge.ts'
import { createSite, type Site } from '../../supabase/local/site.ts'
import { createStack, type TestStack } from '../support/stack.ts'

describe('the static host', () => {
  let folder: string
  let site: Site
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'outdial-site-'))
    mkdirSync(join(folder, 'public', '_nuxt'), { recursive: true })
    mkdirSync(join(folder, 'public-secret'))
    writeFileSync(join(folder, 'public-secret', 'keys.txt'), 'keys')
    writeFileSync(join(folder, 'public', '200.html'), '<!doctype html><script>run()</script>')
    writeFileSync(join(folder, 'public', '_nuxt', 'entry.abc.js'), 'export {}')
    site = createSite(join(folder, 'public'), true)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const get = (path: string, init?: RequestInit) => site.respond(new Request(`http://127.0.0.1${path}`, init))

  test('answers any page with the app\'s shell, fresh, under a policy that names its inline script', async () => {
    const answer = get('/campaigns/1')
    expect(await answer.text()).toContain('run()')
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'self' 'sha256-/)
    expect(Object.fromEntries(['x-content-type-options', 'x-frame-options', 'referrer-policy', 'cross-origin-opener-policy'].map((name) => [name, answer.headers.get(name)]))).toEqual({
      'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin', 'cross-origin-opener-policy': 'same-origin',
    })
    expect(answer.headers.get('content-security-policy')).not.toMatch(/unsafe|\*/)
  })

  test('keeps hashed assets for ever, and a missing one is missing, not the shell', () => {
    const asset = get('/_nuxt/entry.abc.js').headers
    expect([asset.get('cache-control'), asset.get('content-type')]).toEqual(['public, max-age=31536000, immutable', 'text/javascript; charset=utf-8'])
    const missing = get('/_nuxt/gone.js')
    expect([missing.status, missing.headers.get('cache-control')]).toEqual([404, 'no-store'])
  })

  test('sends nothing again that the browser has, and packs what it sends', async () => {
    const first = get('/', { headers: { 'accept-encoding': 'gzip' } })
    expect(gunzipSync(await first.arrayBuffer()).toString()).toContain('run()')
    expect(get('/', { headers: { 'if-none-match': first.headers.get('etag') ?? '' } }).status).toBe(304)
  })

  test.each(['/..%2fpublic-secret%2fkeys.txt', '/%2e%2e/public-secret/keys.txt', '/_nuxt/..%2f..%2fpublic-secret/keys.txt'])('gives away nothing outside its folder: %s', async (path) => {
    expect(await get(path).text()).not.toBe('keys')
  })

  test('refuses a path that is none, and methods that change things', () => {
    expect(get('/%E0%A4%A').status).toBe(400)
    expect(get('/', { method: 'POST' }).status).toBe(405)
  })
})

describe('the gateway', () => {
  let stack: TestStack
  beforeAll(async () => {
    stack = await createStack()
  })
  afterAll(() => stack.stop())

  /** Runs the script as a page would, and answers what it leaves there. */
  function run(script: string): unknown {
    const page: { __OUTDIAL__?: unknown } = {}
    new Function('window', script)(page)
    return page.__OUTDIAL__
  }

  test('tells the app where it is, by a script that no cache keeps, and nothing secret', async () => {
    const answer = await fetch(`${stack.url}/config.js`)
    const script = await answer.text()
    expect(run(script)).toEqual({ apiUrl: stack.url, publishableKey: stack.identity.publishableKey, embedded: true, mailUrl: 'http://mail.invalid',
      carrierUrl: `${stack.url}/carrier`, paymentsUrl: `${stack.url}/payments`, clockUrl: `${stack.url}/carrier/clock`, clockOffsetMs: stack.clock.offsetMs(), demoUrl: null, errorDsn: null, providers: [] })
    expect([answer.status, ...['cache-control', 'content-type', 'x-content-type-options'].map((name) => answer.headers.get(name))])
      .toEqual([200, 'no-store', 'text/javascript; charset=utf-8', 'nosniff'])
    const { publishableKey, ...secrets } = stack.identity
    expect(Object.entries(secrets).filter(([, secret]) => script.includes(secret))).toEqual([])
    expect(script).toContain(publishableKey)
  })

  test.each(['</script><script>alert(1)</script>', '"; alert(1); "', '<!--', '\u2028alert(1)\u2029', '\\', '`${alert(1)}`'])('takes %j as a value, never as script', (mailUrl) => {
    const given = { apiUrl: 'http://x', publishableKey: 'k', embedded: true, mailUrl, providers: [], carrierUrl: null, paymentsUrl: null, clockUrl: null, clockOffsetMs: 0, demoUrl: null, errorDsn: null }
    const script = configScript(given)
    expect(run(script)).toEqual(given)
    expect(script).not.toMatch(/[<\u2028\u2029]|\n./)
  })

  test.each([['/rest/v1/plans', 401], ['/auth/v1/settings', 401], ['/functions/v1/nowhere', 404], ['/functions/v1/', 404]])('keeps %s from being taken for a page', async (path, status) => {
    const answer = await fetch(`${stack.url}${path}`)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/json')
  })

  test('has the payment page at the address that a session names, and the provider\'s API elsewhere', async () => {
    const stripe = new Stripe(stack.identity.stripeSecretKey, { host: '127.0.0.1', port: new URL(stack.payments.url).port, protocol: 'http' })
    const session = await stripe.checkout.sessions.create({ mode: 'setup', currency: 'usd', success_url: `${stack.url}/billing` }, { idempotencyKey: 'cards:1' })
    expect(session.url).toBe(`${stack.url}/payments/pay/${session.id}`)
    const page = await fetch(session.url ?? '')
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Save a card')])
    expect((await fetch(`${stack.url}/payments/state`, { headers: { origin: 'https://evil.example' } })).status).toBe(403)
    expect((await fetch(`${stack.url}/v1/customers`)).headers.get('content-type')).toContain('text/html')
  })

  test('brings an event of the provider to the function that receives it, signed so that it believes it', async () => {
    const stripe = new Stripe(stack.identity.stripeSecretKey, { host: '127.0.0.1', port: new URL(stack.payments.url).port, protocol: 'http' })
    const { id } = await stripe.checkout.sessions.create({ mode: 'setup', currency: 'usd', success_url: `${stack.url}/billing` }, { idempotencyKey: 'cards:2' })
    stack.payments.expire(id)
    await stack.payments.quiet()
    const told = stack.payments.events().find(({ type }) => type === 'checkout.session.expired')
    expect(told).toMatchObject({ pending_webhooks: 0, hidden: { tries: 1, lastStatus: 200 } })
    expect(await stack.db.admin`select type from engine.payment_events where event_id = ${told?.id ?? ''}`).toEqual([{ type: 'checkout.session.expired' }])
  })

  test('leads from localhost to the one origin that mails name', async () => {
    const port = new URL(stack.url).port
    const answer = await fetch(`http://localhost:${port}/campaigns?x=1`, { redirect: 'manual' })
    expect([answer.status, answer.headers.get('location')]).toEqual([307, `${stack.url}/campaigns?x=1`])
  })

  test('shows the simulated carrier under its path, and the app under all others', async () => {
    const page = await fetch(`${stack.url}/carrier`)
    expect(await page.text()).toContain('<h1>Simulated carrier</h1>')
    expect(await (await fetch(`${stack.url}/carrier/state`)).json()).toMatchObject({ alive: 0, violations: [] })
    expect((await fetch(`${stack.url}/carrier/state`, { headers: { origin: 'https://evil.example' } })).status).toBe(403)
    expect(await (await fetch(`${stack.url}/carriers`)).text()).toContain('<title>Outdial</title>')
  })

  test('has no such page when the carrier is real', async () => {
    const gateway = await bareGateway({ respondWithSite: () => new Response('the app') })
    expect(await (await fetch(`${gateway.url}/carrier`)).text()).toBe('the app')
    await gateway.close()
  })

  test('hands a function\'s answer on as it is', async () => {
    const answer = await fetch(`${stack.url}/functions/v1/nowhere`, { method: 'POST', body: '{}' })
    expect([answer.status, await answer.json()]).toEqual([404, { success: false, error: { code: 'not_found', message: 'There is no function nowhere.', details: null } }])
  })

  /** A request with headers that fetch would not send. */
  function ask(method: string, headers: Record<string, string>): Promise<[number | undefined, string]> {
    return new Promise((resolve, reject) => {
      const call = request(`${stack.url}/functions/v1/nowhere`, { method, headers }, (answer) => {
        let text = ''
        answer.on('data', (chunk: Buffer) => void (text += chunk.toString())).on('end', () => resolve([answer.statusCode, text]))
      })
      call.on('error', reject).end(method === 'POST' ? '{}' : undefined)
    })
  }

  test.each<Record<string, string>>([{ expect: '100-continue' }, { te: 'trailers', 'keep-alive': 'timeout=5' }, { connection: 'x-mine, a b', 'x-mine': '1' },
    { connection: 'Upgrade', upgrade: 'h2c' }, { 'transfer-encoding': 'chunked' }])('takes a call to a function with %j for what it is', async (headers) => {
    expect(await ask('POST', headers)).toEqual([404, expect.stringContaining('There is no function nowhere.')])
  })

  test('refuses a method that nobody can answer', async () => {
    expect(await ask('TRACE', {})).toEqual([405, 'Method not allowed'])
  })

  test('says in JSON, and to its log, that a service is away', async () => {
    const failed: string[] = []
    const gateway = await bareGateway({ onFailure: (request) => void failed.push(new URL(request.url).pathname) })
    const paths = ['/functions/v1/receive-call-event/vapi', '/rest/v1/rpc/my_accounts', '/auth/v1/token', '/storage/v1/object/recordings/x']
    for (const path of paths) {
      const answer = await fetch(`${gateway.url}${path}`, { method: 'POST', body: '{}' })
      expect([answer.status, await answer.json()]).toEqual([503, { code: 'unavailable', message: expect.any(String) as string }])
    }
    expect(failed).toEqual(paths)
    await gateway.close()
  })

  test('says itself from where a request comes, whatever its sender wrote', async () => {
    let seen = new Headers()
    const gateway = await bareGateway({ respondWithSite: (request) => {
      seen = request.headers
      return new Response()
    } })
    await fetch(`${gateway.url}/`, { headers: { 'x-forwarded-for': '6.6.6.6', 'CF-Connecting-IP': '6.6.6.6', 'x-real-ip': '6.6.6.6', forwarded: 'for=6.6.6.6', 'x-request-id': 'abc-123-def-456' } })
    expect(seen.get('x-forwarded-for')).toBe('127.0.0.1')
    expect([...seen].filter(([, value]) => value.includes('6.6.6.6'))).toEqual([])
    expect(seen.get('x-request-id')).toBe('abc-123-def-456')
    await gateway.close()
  })

  /** A gateway before services that are all away. */
  async function bareGateway(parts: Partial<Parameters<typeof startGateway>[1]>): Promise<{ url: string, close: () => Promise<void> }> {
    const port = await anyPort()
    const url = `http://127.0.0.1:${port}`
    const api: Api = { fetch: () => Promise.reject(new Error('The database is away.')), close: () => Promise.resolve() }
    const gateway = await startGateway(port, { url, api, realtime: {} as RealtimeBridge, functionsUrl: () => 'http://127.0.0.1:1', jwtSecret: '', configScript: () => '',
      respondWithSite: () => new Response(), onFailure: () => undefined, ...parts })
    return { url, close: gateway.close }
  }
})
