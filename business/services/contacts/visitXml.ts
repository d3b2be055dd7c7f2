import { SaxesParser } from 'saxes'
import { BrokenArchive, brokenBy, type ZipPart } from '../zip.ts'

/** Hears of the elements of a part in their order, by their names without a prefix: programs may write x:row for row. */
export interface XmlVisitor {
  open(name: string, attributes: Record<string, string>): void
  /** text: what stands directly in an element that holds no others. */
  close(name: string, text: string): void
}

/** Thrown when a part unpacks to more than any honest file holds. */
export class PartTooLarge extends Error {}

/** No text of an honest workbook is longer: Excel stops at 32,767 characters, other programs at a megabyte. */
export const textMax = 16 * 1024 * 1024

/**
 * Reads a part of a workbook, and yields after each piece, so that what the visitor found can be passed on. The parser is strict: a part
 * that ends too soon, or is no XML, breaks the reading off instead of losing rows.
 */
export async function* visitXml(part: ZipPart, visitor: XmlVisitor, bytesMax: number): AsyncGenerator<void> {
  const state = { sinceTag: 0 }
  const parser = parserFor(visitor, state)
  let bytes = 0
  for await (const text of texts(part(), (count) => (bytes += count))) {
    state.sinceTag += text.length
    parser.write(text)
    if (bytes > bytesMax || state.sinceTag > textMax) throw new PartTooLarge()
    yield
  }
  parser.close()
}

/** Prefixes are cut off, not looked up: programs leave their declarations out. */
type Plain = { xmlns: false, position: false }

function parserFor(visitor: XmlVisitor, state: { sinceTag: number }): SaxesParser<Plain> {
  const parser = new SaxesParser<Plain>({ xmlns: false, position: false })
  let text = ''
  parser.on('opentag', ({ name, attributes }) => {
    text = ''
    state.sinceTag = 0
    visitor.open(bareName(name), attributes)
  })
  parser.on('closetag', ({ name }) => {
    visitor.close(bareName(name), text)
    text = ''
    state.sinceTag = 0
  })
  for (const kind of ['text', 'cdata'] as const) parser.on(kind, (more) => (text += more))
  parser.on('error', (error) => {
    // Some programs write characters that XML forbids; a cell is cleaned of them later.
    if (!error.message.includes('disallowed character')) throw new BrokenArchive(error.message)
  })
  return parser
}

const bareName = (name: string) => name.slice(name.indexOf(':') + 1)

async function* texts(stream: ReadableStream<Uint8Array>, onBytes: (count: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  const reader = stream.getReader()
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      onBytes(piece.value.length)
      yield decoder.decode(piece.value, { stream: true })
    }
  } catch (error) {
    throw brokenBy(error)
  } finally {
    // Whoever stops early wants no more of it.
    await reader.cancel().catch(() => undefined)
  }
}
