import { describe, expect, test } from 'vitest'
import { KEY, order, place, request, simulator, STILL, whole } from './support.ts'
import type { VapiSimulator } from '../../../../supabase/local/simulators/vapi/index.ts'

const ask = (vapi: VapiSimulator, id: string, kind: string, key: string | null = KEY) =>
  fetch(`${vapi.url}/call/${id}/${kind}-recording`, { redirect: 'manual', headers: key === null ? {} : { authorization: `Bearer ${key}` } })

describe('a recording', () => {
  test.each([['mono', 1], ['stereo', 2], ['assistant', 1], ['customer', 1]])('is had as %s by a redirect to a signed address that needs no key', async (kind, channels) => {
    const vapi = await simulator()
    const call = await whole(vapi, order('+12124567808'))
    const redirect = await ask(vapi, call.id, kind)
    expect(redirect.status).toBe(302)
    const location = redirect.headers.get('location') ?? ''
    expect(location.startsWith(vapi.url)).toBe(true)
    const file = await fetch(location)
    expect(file.headers.get('content-type')).toBe('audio/wav')
    const view = new DataView(await file.arrayBuffer())
    expect([view.getUint16(22, true), view.getUint32(24, true), view.getUint16(34, true)]).toEqual([channels, 8000, 16])
    const { durationSeconds } = { durationSeconds: (Date.parse(String(call.endedAt)) - Date.parse(String(call.startedAt))) / 1000 }
    expect((view.byteLength - 44) / 2 / channels / 8000).toBeCloseTo(durationSeconds, 1)
  })

  test('is not had without the key, nor with a wrong one', async () => {
    const vapi = await simulator()
    const { id } = await whole(vapi, order('+12124567808'))
    expect((await ask(vapi, id, 'mono', null)).status).toBe(401)
    expect((await ask(vapi, id, 'mono', 'wrong')).status).toBe(401)
  })

  test('is not had with a token that is wrong or five minutes old', async () => {
    let at = Date.now()
    const vapi = await simulator({ now: () => new Date(at) })
    const { id } = await whole(vapi, order('+12124567808'))
    const location = (await ask(vapi, id, 'mono')).headers.get('location') ?? ''
    expect((await fetch(location.replace(/[0-9a-f]{8}/, '00000000'))).status).toBe(403)
    expect((await fetch(location)).status).toBe(200)
    at += 5 * 60_000 + 1
    expect((await fetch(location)).status).toBe(403)
  })

  test('is not there before the report, when nothing was recorded, or when the call was erased', async () => {
    const vapi = await simulator({ speed: STILL })
    const { body: running } = await place(vapi, order('+12124567808'))
    expect((await ask(vapi, running.id, 'mono')).status).toBe(404)
    vapi.setSpeed(2000)
    const unrecorded = await whole(vapi, order('+12124567808', { assistant: { artifactPlan: { recordingEnabled: false } } }))
    expect((unrecorded.artifact as { recordingUrl: string }).recordingUrl).toBe('')
    expect((await ask(vapi, unrecorded.id, 'mono')).status).toBe(404)
    expect((await ask(vapi, running.id, 'mono')).status).toBe(302)
    await request(vapi, `DELETE /call/${running.id}`)
    expect((await ask(vapi, running.id, 'mono')).status).toBe(404)
  })
})
