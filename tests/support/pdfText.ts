/** What a reader finds in a PDF of ours. */
import type { PDFPage, PDFRawStream } from '@cantoo/pdf-lib'
import { decodePDFRawStream, PDFArray, PDFDict, PDFDocument, PDFName } from '@cantoo/pdf-lib'

const textOf = (stream: unknown) => new TextDecoder('latin1').decode(decodePDFRawStream(stream as PDFRawStream).decode())

/** Code → letters, as a reader that copies text finds them. */
function lettersOf(font: PDFDict): Map<string, string> {
  const map = textOf(font.lookup(PDFName.of('ToUnicode')))
  const letters = (hex: string) => String.fromCharCode(...hex.match(/.{4}/g)!.map((unit) => Number.parseInt(unit, 16)))
  return new Map([...map.matchAll(/<([0-9a-f]{4})>\s*<([0-9a-f]+)>/gi)].map(([, code, hex]) => [code!.toUpperCase(), letters(hex!)]))
}

/** What stands on a page, in the order in which it is drawn. */
function wordsOf(page: PDFPage): string {
  const fonts = page.node.Resources()!.lookup(PDFName.of('Font'), PDFDict)
  const contents = page.node.Contents()
  const streams = contents instanceof PDFArray ? contents.asArray().map((_, index) => contents.lookup(index)) : [contents]
  const drawn = streams.map(textOf).join('\n')
  let letters = new Map<string, string>()
  return [...drawn.matchAll(/\/(\S+) [\d.]+ Tf|<([0-9A-F]+)> Tj/gi)].map(([, font, hex]) => {
    if (font) letters = lettersOf(fonts.lookup(PDFName.of(font), PDFDict))
    return font ? '' : hex!.match(/.{4}/g)!.map((code) => letters.get(code.toUpperCase()) ?? '?').join('')
  }).join('')
}

/** The words of each page. */
export const pagesOf = async (bytes: Uint8Array) => (await PDFDocument.load(bytes, { updateMetadata: false })).getPages().map(wordsOf)
