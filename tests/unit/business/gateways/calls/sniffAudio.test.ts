import { describe, expect, it, vi } from 'vitest'
import { sniffAudio } from '../../../../../business/gateways/calls/sniffAudio.ts'

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
/** The content in pieces of so many bytes. */
function streamOf(content: string, size = content.length || 1, canceled: (reason?: unknown) => void = () => undefined): ReadableStream<Uint8Array> {
  const pieces = Array.from({ length: Math.ceil(content.length / size) }, (_, at) => bytes(content.slice(at * size, (at + 1) * size)))
  return new ReadableStream({
    pull(controller) {
      const next = pieces.shift()
      if (next) controller.enqueue(next)
      else controller.close()
    },
    cancel: canceled,
  })
}
const kindOf = async (content: string) => (await sniffAudio(streamOf(content)))?.extension ?? null

describe('a recording', () => {
  it.each([['RIFF\x00\x00\x00\x00WAVEfmt ', 'wav'], ['OggS\x00\x02', 'ogg'], ['\x00\x00\x00\x20ftypM4A ', 'm4a'], ['ID3\x04\x00', 'mp3'], ['\xff\xfb\x90\x64', 'mp3'], ['\xff\xf3\x40\xc0', 'mp3']])(
    'that begins with %j is %s', async (content, extension) => expect(await kindOf(content)).toBe(extension))

  it.each(['', 'R', '<!doctype html>', '<svg onload="alert(1)">', 'RIFF\x00\x00\x00\x00AVI LIST', 'MZ\x90\x00', '%PDF-1.7', 'PK\x03\x04', '\x7fELF', '\xff\xd8\xff\xe0', '\xff\xff\xff\xff', '{"error": "gone"}'])(
    'is not what begins with %j', async (content) => expect(await kindOf(content)).toBeNull())

  it('comes back whole, however it was cut', async () => {
    const content = `RIFF\x24\x00\x00\x00WAVE${'x'.repeat(100)}`
    for (const size of [1, 5, 12, 13, 200]) {
      const audio = await sniffAudio(streamOf(content, size))
      expect(await new Response(audio!.body).text()).toBe(new TextDecoder().decode(bytes(content)))
    }
  })

  it('is given up at its source when it is none, or when nobody reads on', async () => {
    const canceled = vi.fn()
    await sniffAudio(streamOf('<html>'.repeat(9), 20, canceled))
    await (await sniffAudio(streamOf('ID3'.repeat(99), 20, canceled)))!.body.cancel('enough')
    expect(canceled).toHaveBeenCalledTimes(2)
  })
})
