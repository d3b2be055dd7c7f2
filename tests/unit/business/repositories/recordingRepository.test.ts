import { describe, expect, it } from 'vitest'
import { createRecordingRepository } from '../../../../business/repositories/recordingRepository.ts'
import { always, startServer } from '../gateways/calls/vapi/localServer.ts'

const audio = (text: string) => new Blob([text]).stream() as ReadableStream<Uint8Array>

/** Kilobytes without end, made as they are read. */
const endless = () => new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(1024)) })

describe('the recording repository', () => {
  it('streams a file into the private bucket, replacing an older copy', async () => {
    const storage = await startServer(always(200, { Key: 'x' }))
    const bytes = await createRecordingRepository({ url: storage.url, secretKey: 'k' }).store('a/c.mp3', audio('12345'), 'audio/mpeg')
    expect(bytes).toBe(5)
    expect(storage.requests).toMatchObject([{
      method: 'POST', url: '/storage/v1/object/recordings/a/c.mp3', body: '12345',
      headers: { authorization: 'Bearer k', apikey: 'k', 'content-type': 'audio/mpeg', 'x-upsert': 'true' },
    }])
  })

  it('breaks off what is larger than any recording', async () => {
    const storage = await startServer(always(200, {}))
    const recordings = createRecordingRepository({ url: storage.url, secretKey: 'k', largestBytes: 100_000 })
    await expect(recordings.store('a/c.wav', endless(), 'audio/wav')).rejects.toMatchObject({ code: 'too_large' })
    expect(storage.requests).toEqual([])
  })

  it.each([[413, 'too_large'], [500, 'unavailable'], [403, 'unavailable']])('says that the storage answered %i', async (status, code) => {
    const storage = await startServer(always(status, {}))
    await expect(createRecordingRepository({ url: storage.url, secretKey: 'k' }).store('a/c.mp3', audio('1'), 'audio/mpeg')).rejects.toMatchObject({ code })
  })

  it('says that the copy broke off when the source does, without its address', async () => {
    const storage = await startServer(always(200, {}))
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('https://signed.example/secret')) })
    const copy = createRecordingRepository({ url: storage.url, secretKey: 'k' }).store('a/c.mp3', broken, 'audio/mpeg')
    await expect(copy).rejects.toMatchObject({ code: 'unavailable', message: expect.not.stringContaining('signed') })
  })

  it('removes a file by its path, and says what the storage answered', async () => {
    const storage = await startServer(always(200, []))
    await createRecordingRepository({ url: storage.url, secretKey: 'k' }).remove('a/c.mp3')
    expect(storage.requests).toMatchObject([{ method: 'DELETE', url: '/storage/v1/object/recordings', body: '{"prefixes":["a/c.mp3"]}', headers: { authorization: 'Bearer k', apikey: 'k' } }])
    const broken = await startServer(always(500, {}))
    await expect(createRecordingRepository({ url: broken.url, secretKey: 'k' }).remove('a/c.mp3')).rejects.toMatchObject({ code: 'unavailable', message: 'The storage answered HTTP 500' })
  })
})
