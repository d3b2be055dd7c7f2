export type AudioExtension = 'mp3' | 'wav' | 'ogg' | 'm4a'

/** As much as the longest signature below. */
const headBytes = 12

/**
 * What a recording is, judged by its first bytes: whatever a storage host calls it, a page of text or a program is none. The body
 * comes back whole; null, and the body given up, for what is no audio that a browser plays.
 */
export async function sniffAudio(body: ReadableStream<Uint8Array>): Promise<{ extension: AudioExtension, body: ReadableStream<Uint8Array> } | null> {
  const reader = body.getReader()
  const head = await readHead(reader)
  const extension = extensionOf(head)
  if (extension) return { extension, body: rejoin(head, reader) }
  await reader.cancel()
  return null
}

type Reader = ReadableStreamDefaultReader<Uint8Array>

async function readHead(reader: Reader): Promise<Uint8Array> {
  let head = new Uint8Array()
  while (head.length < headBytes) {
    const { value, done } = await reader.read()
    if (done) break
    const longer = new Uint8Array(head.length + value.length)
    longer.set(head)
    longer.set(value, head.length)
    head = longer
  }
  return head
}

function extensionOf(head: Uint8Array): AudioExtension | null {
  const text = (from: number, to: number) => String.fromCharCode(...head.subarray(from, to))
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WAVE') return 'wav'
  if (text(0, 4) === 'OggS') return 'ogg'
  if (text(4, 8) === 'ftyp') return 'm4a'
  // A tag before the music, or the eleven set bits with which each frame of MPEG audio begins, layer and bit rate as they may be.
  const isFrame = head[0] === 0xff && (head[1]! & 0xe0) === 0xe0 && (head[1]! & 0x06) !== 0 && (head[2]! & 0xf0) !== 0xf0
  return text(0, 3) === 'ID3' || isFrame ? 'mp3' : null
}

function rejoin(head: Uint8Array, reader: Reader): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => controller.enqueue(head),
    async pull(controller) {
      const { value, done } = await reader.read()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
}
