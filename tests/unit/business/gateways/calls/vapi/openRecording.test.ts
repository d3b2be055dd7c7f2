import { describe, expect, it } from 'vitest'
import { createVapiRecordings } from '../../../../../../business/gateways/calls/vapi/openRecording.ts'
import { always, startServer } from './localServer.ts'

const audio = 'ID3 not really music'
const wave = 'RIFF\x24\x00\x00\x00WAVEfmt '

const signal = AbortSignal.timeout(60_000)

async function open(answer: Parameters<typeof startServer>[0], channels: 1 | 2 = 1) {
  const server = await startServer(answer)
  const recording = await createVapiRecordings({ apiKey: 'secret-key', baseUrl: server.url }).openRecording('c1', { channels, signal })
  return { recording, requests: server.requests }
}

describe('openRecording', () => {
  it('follows the redirect to the storage without taking the key along', async () => {
    const storage = await startServer(always(200, audio, { 'content-type': 'audio/mpeg' }))
    const { recording, requests } = await open(always(302, '', { location: `${storage.url}/file.mp3?signature=1` }))
    expect(recording).toMatchObject({ kind: 'ready', content_type: 'audio/mpeg', extension: 'mp3' })
    expect(await new Response((recording as { body: ReadableStream }).body).text()).toBe(audio)
    expect(requests).toMatchObject([{ url: '/call/c1/mono-recording', headers: { authorization: 'Bearer secret-key' } }])
    expect(storage.requests[0]!.headers).not.toHaveProperty('authorization')
  })

  it('takes a recording that is answered at once, and a relative redirect', async () => {
    expect((await open(always(200, wave, { 'content-type': 'audio/wav' }))).recording).toMatchObject({ kind: 'ready', extension: 'wav' })
    const { recording } = await open((request, response) =>
      request.url.startsWith('/files') ? always(200, 'OggS and more', { 'content-type': 'audio/ogg' })(request, response) : always(302, '', { location: '/files/1' })(request, response))
    expect(recording).toMatchObject({ kind: 'ready', extension: 'ogg', content_type: 'audio/ogg' })
  })

  it('believes the first bytes and not what they are called', async () => {
    expect((await open(always(200, wave, { 'content-type': 'application/octet-stream' }))).recording).toMatchObject({ kind: 'ready', content_type: 'audio/wav', extension: 'wav' })
    expect((await open(always(200, '<html><script>', { 'content-type': 'audio/mpeg' }))).recording).toEqual({ kind: 'not_ready', cause: 'no audio but audio/mpeg' })
  })

  it.each([
    ['not there yet', always(404, {}), 'HTTP 404'],
    ['not for us right now', always(401, {}), 'HTTP 401'],
    ['at a broken provider', always(503, {}), 'HTTP 503'],
    ['a page instead of audio', always(200, '<html>', { 'content-type': 'text/html; charset=utf-8' }), 'no audio but text/html'],
    ['a redirect to nowhere', always(302, ''), 'HTTP 302'],
    ['a redirect to a file', always(302, '', { location: 'file:///etc/passwd' }), 'ForbiddenAddress'],
    ['a redirect into a private network', always(302, '', { location: 'https://169.254.169.254/latest/meta-data' }), 'ForbiddenAddress'],
  ])('is worth another try when it is %s', async (_what, answer, cause) => {
    expect((await open(answer)).recording).toEqual({ kind: 'not_ready', cause })
  })

  it('is worth another try when the signed address has expired', async () => {
    const { recording } = await open((request, response) =>
      (request.url === '/signed' ? always(403, 'expired', { 'content-type': 'application/xml' }) : always(302, '', { location: '/signed' }))(request, response))
    expect(recording).toEqual({ kind: 'not_ready', cause: 'HTTP 403' })
  })

  it('is given up when the provider says that it is gone', async () => {
    expect((await open(always(410, {}))).recording).toEqual({ kind: 'gone', cause: 'HTTP 410' })
  })

  it('does not throw when nobody listens', async () => {
    const recording = await createVapiRecordings({ apiKey: 'k', baseUrl: 'http://127.0.0.1:9/' }).openRecording('c1', { channels: 1, signal })
    expect(recording).toEqual({ kind: 'not_ready', cause: 'TypeError' })
  })

  it('asks for the voices apart where two channels are wanted', async () => {
    const { recording, requests } = await open(always(200, audio, { 'content-type': 'audio/mpeg' }), 2)
    expect(recording).toMatchObject({ kind: 'ready', extension: 'mp3' })
    expect(requests).toMatchObject([{ url: '/call/c1/stereo-recording' }])
  })

  it.each([404, 410])('says of voices apart that are answered with HTTP %i that there is no such file, not that there is none at all', async (status) => {
    expect((await open(always(status, {}), 2)).recording).toEqual({ kind: 'absent', cause: `HTTP ${status}` })
  })

  it('is worth another try when the voices apart are not readable right now', async () => {
    expect((await open(always(503, {}), 2)).recording).toEqual({ kind: 'not_ready', cause: 'HTTP 503' })
  })

  it('ends with its time', async () => {
    const gateway = createVapiRecordings({ apiKey: 'k', baseUrl: (await startServer(always(200, audio))).url })
    expect(await gateway.openRecording('c1', { channels: 2, signal: AbortSignal.abort(new DOMException('over', 'TimeoutError')) })).toEqual({ kind: 'not_ready', cause: 'TimeoutError' })
  })
})

describe('eraseCall', () => {
  const erase = async (answer: Parameters<typeof startServer>[0]) => {
    const server = await startServer(answer)
    return { answer: await createVapiRecordings({ apiKey: 'secret-key', baseUrl: server.url }).eraseCall!('c/1'), requests: server.requests }
  }

  it('asks once for the data of one call to be erased', async () => {
    const { answer, requests } = await erase(always(200, { id: 'c1' }))
    expect(answer).toEqual({ kind: 'erased' })
    expect(requests).toMatchObject([{ method: 'DELETE', url: '/call/c%2F1', headers: { authorization: 'Bearer secret-key' }, body: '' }])
  })

  it('is done when the provider knows nothing of the call', async () => {
    expect((await erase(always(404, {}))).answer).toEqual({ kind: 'erased' })
  })

  it.each([[503], [401], [302]])('is worth another try after HTTP %i', async (status) => {
    expect((await erase(always(status, ''))).answer).toEqual({ kind: 'not_erased', cause: `HTTP ${status}` })
  })

  it('does not throw when nobody listens', async () => {
    expect(await createVapiRecordings({ apiKey: 'k', baseUrl: 'http://127.0.0.1:9' }).eraseCall!('c1')).toEqual({ kind: 'not_erased', cause: 'TypeError' })
  })
})
