import { fileLimits, type FileRow } from '../../models/contactFile.ts'
import { cleanCell } from './cleanCell.ts'
import { readFormats, shownNumber, type NumberFormat } from './numberFormats.ts'
import { readZip, type ZipEntry } from './readZip.ts'
import { attributeOf, tagsOf, xmlElements, xmlPieces, xmlText } from './workbookXml.ts'

/** An open XLSX file: its sheets, and their rows as they are unpacked. */
export interface Workbook {
  sheets: string[]
  /** The first sheet that is not hidden. */
  first: number
  rows(sheet: number): AsyncGenerator<FileRow[]>
}

/** other_workbook: a ZIP, but not of Excel. broken_workbook: it was, before it was cut off. */
export async function openWorkbook(file: Blob): Promise<Workbook | { fault: 'other_workbook' | 'broken_workbook' }> {
  const entries = await readZip(file)
  if (!entries) return { fault: 'broken_workbook' }
  const main = await textOf(entries, 'xl/workbook.xml')
  if (main === null) return { fault: 'other_workbook' }
  const targets = new Map(tagsOf(await textOf(entries, 'xl/_rels/workbook.xml.rels') ?? '', 'Relationship')
    .map((tag) => [attributeOf(tag, 'Id'), pathOf(attributeOf(tag, 'Target') ?? '')]))
  const sheets = tagsOf(main, 'sheet').map((tag) => ({
    name: attributeOf(tag, 'name') ?? '', path: targets.get(attributeOf(tag, 'r:id') ?? attributeOf(tag, 'id')) ?? '', isHidden: attributeOf(tag, 'state') !== null && attributeOf(tag, 'state') !== 'visible',
  })).filter(({ path }) => entries.has(path))
  if (sheets.length === 0) return { fault: 'broken_workbook' }
  const is1904 = tagsOf(main, 'workbookPr').some((tag) => ['1', 'true'].includes(attributeOf(tag, 'date1904') ?? ''))
  const formats = readFormats(await textOf(entries, 'xl/styles.xml') ?? '')
  let shared: Promise<string[]> | undefined
  return {
    sheets: sheets.map(({ name }) => name),
    first: Math.max(0, sheets.findIndex(({ isHidden }) => !isHidden)),
    async* rows(sheet) {
      shared ??= sharedTexts(entries.get('xl/sharedStrings.xml'))
      const entry = entries.get(sheets[sheet]?.path ?? '')
      if (entry) yield* rowsOf(await entry.open(), { shared: await shared, formats, is1904 })
    },
  }
}

/** Relative to xl/, or from the top. */
const pathOf = (target: string) => (target.startsWith('/') ? target.slice(1) : `xl/${target}`).replace('xl/./', 'xl/')

/** A small part, whole. */
async function textOf(entries: Map<string, ZipEntry>, name: string): Promise<string | null> {
  const entry = entries.get(name)
  if (!entry) return null
  let text = ''
  for await (const piece of xmlPieces(await entry.open(), 16 * 1024 * 1024)) text += piece
  return text
}

/** Texts that cells name by number; each stands here once, however often it is used. */
async function sharedTexts(entry: ZipEntry | undefined): Promise<string[]> {
  const texts: string[] = []
  if (!entry) return texts
  for await (const items of xmlElements(xmlPieces(await entry.open(), fileLimits.sheet_bytes), 'si')) {
    for (const { inner } of items) texts.push(richText(inner))
  }
  return texts
}

/** Runs of differently formatted text put together; the readings above Japanese characters are no part of it. */
function richText(inner: string): string {
  const spoken = inner.includes('rPh') ? inner.replace(/<(?:\w+:)?rPh[\s\S]*?<\/(?:\w+:)?rPh>/g, '') : inner
  let text = ''
  for (const match of spoken.matchAll(/<(?:\w+:)?t(?:\s[^>]*)?>([\s\S]*?)<\/(?:\w+:)?t>/g)) text += match[1] ?? ''
  return cleanCell(xmlText(text))
}

interface Context { shared: string[], formats: NumberFormat[], is1904: boolean }

async function* rowsOf(stream: ReadableStream<Uint8Array>, context: Context): AsyncGenerator<FileRow[]> {
  let row = 0
  for await (const elements of xmlElements(xmlPieces(stream, fileLimits.sheet_bytes), 'row')) {
    const rows: FileRow[] = []
    for (const { tag, inner } of elements) {
      row = Number(attributeOf(tag, 'r')) || row + 1
      const cells = cellsOf(inner, context)
      if (cells.some((cell) => cell !== '')) rows.push({ row, cells })
    }
    yield rows
  }
}

function cellsOf(inner: string, context: Context): string[] {
  const cells: string[] = []
  for (const match of inner.matchAll(/<(?:\w+:)?c(\s[^>]*?)?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g)) {
    const tag = match[1] ?? ''
    const column = columnOf(/\br="([A-Z]+)/.exec(tag)?.[1]) ?? cells.length
    if (column > fileLimits.columns) break
    while (cells.length < column) cells.push('')
    cells.push(match[2] ? cellText(tag, match[2], context) : '')
  }
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1)
}

/** A is 0. */
function columnOf(letters: string | undefined): number | null {
  if (!letters) return null
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

/** Of a formula its last value; an error (#N/A) is no value. */
function cellText(tag: string, inner: string, { shared, formats, is1904 }: Context): string {
  const type = /\bt="(\w+)"/.exec(tag)?.[1] ?? 'n'
  if (type === 'inlineStr') return richText(inner)
  const value = /<(?:\w+:)?v(?:\s[^>]*)?>([\s\S]*?)<\/(?:\w+:)?v>/.exec(inner)?.[1]
  if (value === undefined || type === 'e') return ''
  if (type === 's') return shared[Number(value)] ?? ''
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  if (type === 'd') return value.slice(0, 16).replace('T', ' ').replace(' 00:00', '')
  return type === 'n' ? shownNumber(value, formatOf(tag, formats), is1904) : cleanCell(xmlText(value))
}

const formatOf = (tag: string, formats: NumberFormat[]) => formats[Number(/\bs="(\d+)"/.exec(tag)?.[1] ?? -1)] ?? 'plain'
