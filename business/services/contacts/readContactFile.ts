import { fileLimits, type FileFacts, type FileFault, type FileRow, type Reading } from '../../models/contactFile.ts'
import { columnNames } from './columnNames.ts'
import { looksLikePhone } from './looksLikePhone.ts'
import { mapColumns } from './mapColumns.ts'
import { decoded, readCsv } from './readCsv.ts'
import { openWorkbook, type Workbook } from './readWorkbook.ts'
import { BrokenArchive } from '../zip.ts'
import { sniffFile, sniffText } from './sniffFile.ts'
import { summarise } from './summariseFile.ts'
import { PartTooLarge } from './visitXml.ts'

/** A file that can be read again and again: nothing of it is kept but what is known about it. */
export interface OpenFile {
  facts: FileFacts
  /** Its rows below the header, in pieces as they come. */
  rows(): AsyncGenerator<FileRow[]>
}

/** How many rows are looked at to guess what a file means. */
const sampleRows = 1_000

/**
 * Reads a file to its end once, to know what it is and how much there is of it. wish: what a person said about reading it, which beats
 * what the file seems to be.
 */
export async function readContactFile(file: Blob & { name?: string }, wish: Partial<Reading> = {}): Promise<OpenFile | { fault: FileFault }> {
  if (file.size > fileLimits.bytes) return { fault: 'too_large' }
  try {
    const source = await sourceOf(file, wish)
    return 'fault' in source ? source : await open(file, source, wish)
  } catch (error) {
    if (error instanceof PartTooLarge) return { fault: 'too_large' }
    if (error instanceof BrokenArchive) return { fault: 'broken_workbook' }
    throw error
  }
}

interface Source {
  reading: Reading
  sheets: string[]
  hash: string
  rows(): AsyncGenerator<FileRow[]>
}

async function sourceOf(file: Blob, wish: Partial<Reading>): Promise<Source | { fault: FileFault }> {
  const head = new Uint8Array(await file.slice(0, 65_536).arrayBuffer())
  const sniffed = sniffFile(head)
  if ('fault' in sniffed) return sniffed
  const { hash, isUtf8 } = await summarise(file)
  if (sniffed.kind === 'xlsx') return workbookSource(file, hash, wish)
  const encoding = wish.encoding ?? (sniffed.encoding === 'utf-8' && !isUtf8 ? 'windows-1252' : sniffed.encoding)
  const reading: Reading = { kind: 'csv', encoding, sheet: 0, has_header: true, ...sniffText(await firstText(file, encoding)), ...definedOf(wish) }
  return { reading, sheets: [], hash, rows: () => readCsv(file, reading) }
}

async function workbookSource(file: Blob, hash: string, wish: Partial<Reading>): Promise<Source | { fault: FileFault }> {
  const workbook: Workbook | { fault: FileFault } = await openWorkbook(file)
  if ('fault' in workbook) return workbook
  const reading: Reading = { kind: 'xlsx', encoding: 'utf-8', delimiter: ',', newline: '\n', has_header: true, sheet: wish.sheet ?? workbook.first }
  return { reading, sheets: workbook.sheets, hash, rows: () => workbook.rows(reading.sheet) }
}

async function firstText(file: Blob, encoding: string): Promise<string> {
  for await (const text of decoded(file.slice(0, 65_536), encoding)) if (text) return text
  return ''
}

const definedOf = ({ delimiter, has_header }: Partial<Reading>) => ({ ...(delimiter && { delimiter }), ...(has_header !== undefined && { has_header }) })

async function open(file: Blob & { name?: string }, source: Source, wish: Partial<Reading>): Promise<OpenFile | { fault: FileFault }> {
  const sample: FileRow[] = []
  let [count, width] = [0, 0]
  for await (const rows of source.rows()) {
    if (sample.length < sampleRows) sample.push(...rows.slice(0, sampleRows - sample.length))
    count += rows.length
    if (count > fileLimits.rows + 1) return { fault: 'too_many_rows' }
    for (const { cells } of rows) if (cells.length > width) width = Math.max(width, cells.findLastIndex((cell) => cell !== '') + 1)
    if (width > fileLimits.columns) return { fault: 'too_many_columns' }
  }
  const [first] = sample
  if (!first) return { fault: 'empty' }
  const has_header = wish.has_header ?? !first.cells.some(looksLikePhone)
  const data = has_header ? sample.slice(1) : sample
  if (data.length === 0) return { fault: 'only_header' }
  const columns = columnNames(width, has_header ? first.cells : [])
  const facts: FileFacts = {
    name: file.name ?? '', bytes: file.size, hash: source.hash, reading: { ...source.reading, has_header }, sheets: source.sheets, columns,
    rows_count: count - (has_header ? 1 : 0), samples: columns.map((_, index) => samplesOf(data, index)), uses: mapColumns({ columns, rows: data }),
  }
  return { facts, rows: () => below(source.rows(), has_header ? first.row : 0) }
}

/** The first three values tell more of a column than its name. */
function samplesOf(rows: FileRow[], column: number): string[] {
  const values = rows.slice(0, 200).map(({ cells }) => (cells[column] ?? '').slice(0, 80))
  return [...new Set(values.filter(Boolean))].slice(0, 3)
}

async function* below(pieces: AsyncGenerator<FileRow[]>, header: number): AsyncGenerator<FileRow[]> {
  for await (const rows of pieces) yield rows[0] && rows[0].row <= header ? rows.filter(({ row }) => row > header) : rows
}
