/** What this machine's own page and scripts may ask of the carrier, and what pages of other sites may not. */
import { request as httpRequest } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { ControlState } from '../../../../supabase/local/simulators/vapi/control/state.ts'
import type { VapiSimulator } from '../../../../supabase/local/simulators/vapi/index.ts'
import { KEY, order, place, request, simulator, STILL } from './support.ts'

const post = (vapi: VapiSimulator, path: string, body: unknown) => request(vapi, `POST /__simulator/${path}`, body, null)
const stateOf = async (vapi: VapiSimulator) => (await request(vapi, 'GET /__simulator/state', undefined, null)).body as unknown as ControlState
const faultIn = (state: unknown, name: string) => (state as ControlState).faults.flatMap(({ faults }) => faults).find((fault) => fault.name === name)

/** As a browser would send it; fetch of Node sets some of these headers itself. */
function status(vapi: VapiSimulator, method: string, path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(`${vapi.url}${path}`, { method, headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    asked.once('error', reject).end(method === 'POST' ? '{"name":"null_cost"}' : undefined)
  })
}

describe('the control interface', () => {
  test('sets faults and speed, and shows state, without the provider\'s key', async () => {
    const vapi = await simulator()
    expect(faultIn((await post(vapi, 'faults', { name: 'null_cost', times: 2 })).body, 'null_cost')).toEqual({ name: 'null_cost', description: 'Reports cost null, and keeps it.', left: 2, happened: 0 })
    expect((await post(vapi, 'speed', { speed: STILL })).body).toMatchObject({ speed: STILL })
    const body = order('+12124567802')
    await place(vapi, body)
    const state = await stateOf(vapi)
    expect(state).toMatchObject({ speed: STILL, alive: 1, concurrency_limit: 10, violations: [] })
    expect(state.calls).toMatchObject([{ attempt: body.name, number: '+12124567802', person: 'Grace Hopper', script: 'Busy', faults: ['null_cost'], status: 'queued', ended_reason: null }])
    expect(faultIn(state, 'null_cost')).toMatchObject({ left: 1, happened: 1 })
    expect(faultIn((await request(vapi, 'DELETE /__simulator/faults', undefined, null)).body, 'null_cost')).toMatchObject({ left: 0, happened: 1 })
  })

  test('shows what a running conversation is at, and the last ten that are over', async () => {
    const vapi = await simulator({ concurrencyLimit: 20 })
    for (let count = 0; count < 12; count++) await place(vapi, order('+12124567802'))
    await vapi.quiet()
    const { body: running } = await place(vapi, order('+12124567807'))
    vapi.setSpeed(100)
    await expect.poll(() => vapi.calls().at(-1)?.heardSeconds ?? 0, { interval: 5 }).toBeGreaterThan(8)
    vapi.setSpeed(STILL)
    const { calls } = await stateOf(vapi)
    expect(calls).toHaveLength(11)
    expect(calls[0]).toMatchObject({ id: running.id, status: 'in-progress', script: 'Interested, books a follow-up', line: { text: expect.any(String) }, conversation_seconds: 73 })
    expect(calls[0]?.said.at(-1)).toEqual(calls[0]?.line)
    expect(calls[0]?.said[0]).toMatchObject({ role: 'assistant', text: expect.any(String) })
    expect(calls[1]).toMatchObject({ status: 'ended', ended_reason: 'customer-busy', line: null, said: [] })
  })

  test('lists every magic number', async () => {
    const { numbers } = await stateOf(await simulator())
    expect(numbers.slice(0, 3)).toEqual([{ ending: '00', script: 'Refused by the carrier as no valid number' }, { ending: '01', script: 'Polite no' }, { ending: '02', script: 'Busy' }])
    expect(numbers.at(-1)).toEqual({ ending: '023', script: 'Interested, books a follow-up, in French' })
  })

  test('shows no prompt, key or secret of a webhook', async () => {
    const vapi = await simulator()
    await place(vapi, order('+12124567807', { url: 'http://127.0.0.1:9/' }))
    const text = JSON.stringify(await stateOf(vapi))
    for (const secret of [KEY, 'hook-secret', 'Never reveal this', vapi.calls()[0]?.monitor.controlUrl ?? '']) expect(text).not.toContain(secret)
  })

  test('lets the person on the line hang up, and nobody else', async () => {
    const vapi = await simulator({ speed: STILL })
    const { body: call } = await place(vapi, order('+12124567807'))
    expect((await post(vapi, `calls/${call.id}/hang-up`, {})).status).toBe(409)
    expect((await post(vapi, 'calls/nobody/hang-up', {})).status).toBe(404)
    vapi.setSpeed(100)
    await expect.poll(() => vapi.calls()[0]?.heardSeconds ?? 0, { interval: 5 }).toBeGreaterThan(0)
    expect((await post(vapi, `calls/${call.id}/hang-up`, {})).status).toBe(200)
    vapi.setSpeed(2000)
    await vapi.quiet()
    expect((await stateOf(vapi)).calls).toMatchObject([{ status: 'ended', ended_reason: 'customer-ended-call' }])
  })

  test.each([['faults', { name: 'gremlins' }], ['faults', { name: 'null_cost', times: -1 }], ['faults', null], ['speed', { speed: 0 }], ['speed', {}]])('refuses %s with %j', async (path, body) => {
    const vapi = await simulator()
    expect((await post(vapi, path, body)).status).toBe(400)
  })
})

describe('a page of another site', () => {
  const JSON_TYPE = { 'content-type': 'application/json' }

  test.each<[string, number, Record<string, string>]>([
    ['sends a form', 415, { 'content-type': 'text/plain' }],
    ['comes from another origin', 403, { ...JSON_TYPE, origin: 'https://evil.example' }],
    ['comes from another port of this machine', 403, { ...JSON_TYPE, origin: 'http://127.0.0.1:1' }],
    ['has no origin to show', 403, { ...JSON_TYPE, origin: 'null' }],
    ['is marked by the browser', 403, { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' }],
    ['is marked as of the same site', 403, { ...JSON_TYPE, 'sec-fetch-site': 'same-site' }],
    ['lets its own name lead here', 403, { ...JSON_TYPE, host: 'evil.example:3000' }],
    ['lets a name lead here that only begins like ours', 403, { ...JSON_TYPE, host: 'localhost.evil.example' }],
  ])('that %s is answered %i, and changes and reads nothing', async (_, wanted, headers) => {
    const vapi = await simulator()
    expect(await status(vapi, 'POST', '/__simulator/faults', headers)).toBe(wanted)
    if (wanted === 403) {
      expect(await status(vapi, 'GET', '/__simulator/state', headers)).toBe(403)
      expect(await status(vapi, 'DELETE', '/__simulator/faults', headers)).toBe(403)
    }
    expect(faultIn(await stateOf(vapi), 'null_cost')?.left).toBe(0)
  })

  test('is refused, our own is not', async () => {
    const vapi = await simulator()
    const { host } = new URL(vapi.url)
    expect(await status(vapi, 'POST', '/__simulator/faults', { ...JSON_TYPE, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' })).toBe(200)
    expect(await status(vapi, 'GET', '/__simulator/state', { host: 'localhost:3000', 'sec-fetch-site': 'none' })).toBe(200)
  })
})

test('a voice can be heard by its id, dots and all, by our own page alone', async () => {
  const vapi = await simulator()
  const hear = (site: string) => vapi.page(new Request('http://127.0.0.1:3000/carrier/voices/de-DE-KatjaNeural.wav', { headers: { 'sec-fetch-site': site } }))
  const sample = await hear('same-origin')
  expect([sample.status, sample.headers.get('content-type')]).toEqual([200, 'audio/wav'])
  expect((await sample.arrayBuffer()).byteLength).toBeGreaterThan(20_000)
  expect((await hear('cross-site')).status).toBe(403)
})

describe('the control page', () => {
  const get = async (vapi: VapiSimulator, path: string, headers: Record<string, string> = {}) => vapi.page(new Request(`http://127.0.0.1:3000/carrier${path}`, { headers }))

  test.each([['', 'text/html'], ['/', 'text/html'], ['/page.css', 'text/css'], ['/page.js', 'text/javascript'], ['/tokens.css', 'text/css'], ['/inter.woff2', 'font/woff2']])('serves %j under a policy without inline scripts', async (path, type) => {
    const answer = await get(await simulator(), path)
    expect([answer.status, answer.headers.get('content-type')?.split(';')[0]]).toEqual([200, type])
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self'; style-src 'self'/)
    expect(answer.headers.get('x-frame-options')).toBe('DENY')
    if (type === 'text/html') expect(await answer.text()).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=/)
  })

  test('has the same interface under its own path, and nothing else', async () => {
    const vapi = await simulator()
    expect(await (await get(vapi, '/state')).json()).toMatchObject({ alive: 0 })
    expect((await get(vapi, '/state', { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await get(vapi, '/call')).status).toBe(404)
    expect((await get(vapi, '/..%2f..%2fpackage.json')).status).toBe(404)
  })
})
