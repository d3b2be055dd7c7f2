import { fileLimits, type FileRow } from '../../models/contactFile.ts'
import { CellText } from './cellTexts.ts'
import { numberFormat, type NumberFormat } from './numberFormats.ts'
import { readZip, type ZipPart } from '../zip.ts'
import { sheetRows } from './sheetRows.ts'
import { visitXml } from './visitXml.ts'

/** An open XLSX file: its sheets, and their rows as they are unpacked. */
export interface Workbook {
  sheets: string[]
  /** The first sheet that is not hidden. */
  first: number
  rows(sheet: number): AsyncGenerator<FileRow[]>
}

/**
 * other_workbook: a ZIP, but not of Excel. broken_workbook: it was, before it was cut off. Archive and XML are read by libraries; of the
 * libraries that read whole workbooks none passes readWorkbook.test.ts: hucre answers dates and padded numbers as bare numbers,
 * read-excel-file holds every row at once and knows no padded numbers.
 */
export async function openWorkbook(file: Blob): Promise<Workbook | { fault: 'other_workbook' | 'broken_workbook' }> {
  const parts = await readZip(file)
  const main = parts.get('xl/workbook.xml')
  if (!main) return { fault: 'other_workbook' }
  const { sheets, is1904 } = await readFrame(main, parts)
  if (sheets.length === 0) return { fault: 'broken_workbook' }
  const formats = await readFormats(parts.get('xl/styles.xml'))
  let shared: Promise<string[]> | undefined
  return {
    sheets: sheets.map(({ name }) => name),
    first: Math.max(0, sheets.findIndex(({ isHidden }) => !isHidden)),
    async* rows(sheet) {
      shared ??= sharedTexts(parts.get('xl/sharedStrings.xml'))
      const part = sheets[sheet]?.part
      if (part) yield* sheetRows(part, { shared: await shared, formats, is1904 })
    },
  }
}

interface Sheet { name: string, part: ZipPart, isHidden: boolean }

async function readFrame(main: ZipPart, parts: Map<string, ZipPart>): Promise<{ sheets: Sheet[], is1904: boolean }> {
  const targets = new Map<string, string>()
  await eachElement(parts.get('xl/_rels/workbook.xml.rels'), (name, { Id = '', Target = '' }) => {
    if (name === 'Relationship') targets.set(Id, pathOf(Target))
  })
  const sheets: Sheet[] = []
  let is1904 = false
  await eachElement(main, (name, attributes) => {
    if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
    const part = name === 'sheet' ? parts.get(targets.get(linkOf(attributes)) ?? '') : undefined
    if (part) sheets.push({ name: attributes.name ?? '', part, isHidden: (attributes.state ?? 'visible') !== 'visible' })
  })
  return { sheets, is1904 }
}

/** Relative to xl/, or from the top. */
const pathOf = (target: string) => (target.startsWith('/') ? target.slice(1) : `xl/${target}`).replace('xl/./', 'xl/')

/** r:id, whatever a program calls that prefix. */
const linkOf = (attributes: Record<string, string>) => Object.entries(attributes).find(([name]) => /(^|:)id$/.test(name))?.[1] ?? ''

/** The format of each cell style, in the order by which cells name them. */
async function readFormats(styles: ZipPart | undefined): Promise<NumberFormat[]> {
  const codes = new Map<number, string>()
  const formats: NumberFormat[] = []
  let isOfCells = false
  await eachElement(styles, (name, attributes) => {
    if (name === 'cellXfs' || name === 'cellStyleXfs') isOfCells = name === 'cellXfs'
    const id = Number(attributes.numFmtId ?? 0)
    if (name === 'numFmt') codes.set(id, attributes.formatCode ?? '')
    if (name === 'xf' && isOfCells) formats.push(numberFormat(id, codes.get(id)))
  })
  return formats
}

/** Texts that cells name by number; each stands here once, however often it is used. */
async function sharedTexts(part: ZipPart | undefined): Promise<string[]> {
  const texts: string[] = []
  const text = new CellText()
  const visitor = {
    open: (name: string) => text.open(name),
    close(name: string, content: string) {
      text.close(name, content)
      if (name === 'si') texts.push(text.take())
    },
  }
  if (part) for await (const _ of visitXml(part, visitor, fileLimits.sheet_bytes)) continue
  return texts
}

/** What a part that names others unpacks to at most. */
const framePartMax = 16 * 1024 * 1024

async function eachElement(part: ZipPart | undefined, open: (name: string, attributes: Record<string, string>) => void): Promise<void> {
  if (part) for await (const _ of visitXml(part, { open, close: () => undefined }, framePartMax)) continue
}
