import { createHash } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { filePieces } from '../../../../../business/services/contacts/filePieces.ts'
import { summarise } from '../../../../../business/services/contacts/summariseFile.ts'

const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251)

async function read(file: Blob) {
  const pieces: Uint8Array[] = []
  for await (const piece of filePieces(file)) {
    pieces.push(piece.slice())
  }
  return { longest: Math.max(...pieces.map(({ length }) => length)), whole: Buffer.concat(pieces) }
}

it('gives every byte of a file in short pieces, also where a browser has no readers that reuse memory', async () => {
  const file = new Blob([bytes])
  const { longest, whole } = await read(file)
  expect(longest).toBe(65_536)
  expect(whole.equals(bytes)).toBe(true)
  const plain = new Blob([bytes])
  vi.spyOn(plain, 'stream').mockImplementation(() => new ReadableStream({
    start(controller) {
      controller.enqueue(bytes)
      controller.close()
    },
  }))
  const other = await read(plain)
  expect(other.longest).toBe(65_536)
  expect(other.whole.equals(bytes)).toBe(true)
})

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest()

it('tells files apart by all their bytes, in blocks of eight megabytes', async () => {
  const long = new Uint8Array(9 * 1024 * 1024).map((_, index) => 65 + index % 7)
  const blocks = [long.subarray(0, 8 * 1024 * 1024), long.subarray(8 * 1024 * 1024)].map(sha256)
  expect(await summarise(new Blob([long]))).toEqual({ hash: sha256(Buffer.concat(blocks)).toString('hex'), isUtf8: true })
})

it('knows UTF-8 to its last byte', async () => {
  const text = new TextEncoder().encode('Zoë Müller €')
  expect((await summarise(new Blob([text]))).isUtf8).toBe(true)
  expect((await summarise(new Blob([text.subarray(0, -1)]))).isUtf8).toBe(false)
})
