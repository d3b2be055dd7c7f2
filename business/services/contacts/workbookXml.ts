/** What the XML inside a workbook needs; no more of XML than that. */

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'' }

/** Text as it was typed: entities, and the _x000D_ by which Excel writes what XML cannot hold. */
export function xmlText(raw: string): string {
  const text = raw.includes('&') ? raw.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, decodeEntity) : raw
  return text.includes('_x') ? text.replace(/_x([0-9A-F]{4})_/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : text
}

function decodeEntity(whole: string, hex?: string, decimal?: string, name?: string): string {
  if (name) return entities[name] ?? whole
  const code = hex ? parseInt(hex, 16) : Number(decimal)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

export function attributeOf(tag: string, name: string): string | null {
  const found = new RegExp(`(?:^|\\s|:)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag)
  return found ? xmlText(found[1] ?? found[2] ?? '') : null
}

/** The attributes of every element of a name. Programs may write every name with a prefix, as in x:sheet. */
export function tagsOf(xml: string, name: string): string[] {
  return Array.from(xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(\\s[^>]*?)?/?>`, 'g')), (match) => match[1] ?? '')
}

/** Thrown when a part unpacks to more than any honest file holds. */
export class PartTooLarge extends Error {}

/** A part of the workbook as text, in pieces. */
export async function* xmlPieces(stream: ReadableStream<Uint8Array>, bytesMax: number): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  const reader = stream.getReader()
  let bytes = 0
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    bytes += piece.value.length
    if (bytes > bytesMax) {
      await reader.cancel()
      throw new PartTooLarge()
    }
    yield decoder.decode(piece.value, { stream: true })
  }
}

/** No row or text of an honest workbook is longer. */
const elementMax = 64 * 1024 * 1024

/** Every element of a name as it closes, with its attributes and what it holds; the text between pieces is kept until it is whole. */
export async function* xmlElements(pieces: AsyncIterable<string>, name: string): AsyncGenerator<{ tag: string, inner: string }[]> {
  const element = new RegExp(`<(?:\\w+:)?${name}(\\s[^>]*?)?(?:/>|>([\\s\\S]*?)</(?:\\w+:)?${name}>)`, 'g')
  let rest = ''
  for await (const piece of pieces) {
    rest += piece
    const found: { tag: string, inner: string }[] = []
    let end = 0
    element.lastIndex = 0
    for (let match = element.exec(rest); match; match = element.exec(rest)) {
      found.push({ tag: match[1] ?? '', inner: match[2] ?? '' })
      end = element.lastIndex
    }
    rest = rest.slice(end)
    if (rest.length > elementMax) throw new PartTooLarge()
    yield found
  }
}
