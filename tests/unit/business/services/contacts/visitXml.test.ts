import { expect, it } from 'vitest'
import { BrokenArchive } from '../../../../../business/services/zip.ts'
import { PartTooLarge, visitXml } from '../../../../../business/services/contacts/visitXml.ts'

async function visit(pieces: Iterable<Uint8Array | Error>, bytesMax = 1_000_000_000): Promise<string[]> {
  const heard: string[] = []
  const left = pieces[Symbol.iterator]()
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { value, done } = left.next()
      if (done) controller.close()
      else if (value instanceof Error) controller.error(value)
      else controller.enqueue(value)
    },
  })
  const visitor = { open: (name: string) => heard.push(`<${name}`), close: (name: string, text: string) => heard.push(`${text}>${name}`) }
  for await (const _ of visitXml(() => stream, visitor, bytesMax)) continue
  return heard
}
const bytes = (text: string) => new TextEncoder().encode(text)

it('hears of every element whichever way the bytes arrive', async () => {
  const text = '<a><x:b>Zoë</x:b><c/></a>'
  const heard = ['<a', '<b', 'Zoë>b', '<c', '>c', '>a']
  expect(await visit([bytes(text)])).toEqual(heard)
  expect(await visit(Array.from(bytes(text), (byte) => Uint8Array.of(byte)))).toEqual(heard)
})

it('stops at what is larger than any honest part, and at a text without an end', async () => {
  const endless = (text: string, times: number) => [bytes('<a>'), ...Array.from({ length: times }, () => bytes(text))]
  await expect(visit(endless('<b/>'.repeat(100), 100), 10_000)).rejects.toBeInstanceOf(PartTooLarge)
  await expect(visit(endless('b'.repeat(1024 * 1024), 17))).rejects.toBeInstanceOf(PartTooLarge)
})

it('tells a part that ends too soon from a file that cannot be read any more', async () => {
  await expect(visit([bytes('<a><b>')])).rejects.toBeInstanceOf(BrokenArchive)
  await expect(visit([bytes('<a>'), new DOMException('moved', 'NotReadableError')])).rejects.toMatchObject({ name: 'NotReadableError' })
})
