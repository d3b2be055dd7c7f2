import Papa from 'papaparse'
import { importLimits, type ContactFile, type FileFault, type FileRow } from '../../models/import.ts'
import { decodeContactFile } from './decodeContactFile.ts'
import { looksLikePhone } from './looksLikePhone.ts'

export type ParsedContactFile = { file: ContactFile } | { fault: FileFault }

/** Reads an uploaded file into a table of text. What the columns mean is decided later; here only what a cell is. */
export function parseContactFile(bytes: Uint8Array): ParsedContactFile {
  const decoded = decodeContactFile(bytes)
  if ('fault' in decoded) return decoded
  const { text, delimiter, skipped } = delimiterOf(decoded.text)
  if (columnCount(text, delimiter) > importLimits.columns) return { fault: 'too_many_columns' }
  const lines = readLines(withoutBlankEnd(text, delimiter), delimiter, skipped)
  if (lines.length > linesMax) return { fault: 'too_many_rows' }
  const rows = lines.filter(({ cells }) => cells.some((cell) => cell !== ''))
  const [first, ...others] = rows
  if (!first) return { fault: 'empty' }
  const hasHeader = !first.cells.some(looksLikePhone)
  const data = hasHeader ? others : rows
  if (data.length === 0) return { fault: 'only_header' }
  if (data.length > importLimits.rows) return { fault: 'too_many_rows' }
  return { file: { columns: columnNames(data, hasHeader ? first.cells : []), rows: data, delimiter } }
}

const delimiters = [',', ';', '\t', '|', '^', '~', '\u001f']

/**
 * Judged by the first line alone, which is nearly always the header: values hold commas of their own, names of columns
 * hardly ever. Excel may write its choice into a line of its own ("sep=;").
 */
function delimiterOf(whole: string) {
  const told = /^sep=(.)\r?\n/i.exec(whole)
  if (told?.[1]) return { text: whole.slice(told[0].length), delimiter: told[1], skipped: 1 }
  const line = (/^\s*([^\r\n]*)/.exec(whole)?.[1] ?? '').slice(0, 20_000).replace(/"[^"]*"/g, '')
  const counts = delimiters.map((delimiter) => line.split(delimiter).length)
  const delimiter = delimiters[counts.indexOf(Math.max(...counts))] ?? ','
  return { text: whole, delimiter, skipped: 0 }
}

function columnCount(text: string, delimiter: string): number {
  const { data } = Papa.parse<string[]>(text, { delimiter, preview: 1, skipEmptyLines: 'greedy' })
  return data[0]?.length ?? 0
}

/** A sheet that was formatted to its end exports a million lines of bare delimiters. */
function withoutBlankEnd(text: string, delimiter: string): string {
  let end = text.length
  while (end > 0 && (text[end - 1] === delimiter || /\s/.test(text[end - 1] ?? ''))) end -= 1
  return text.slice(0, end)
}

/** Blank lines count here, because some programs write one after each row. */
const linesMax = importLimits.rows * 4
/** How often an unpaired quotation mark may swallow the rest of the file before quotation marks are no longer believed. */
const recoveriesMax = 20

/**
 * Every line, also the blank ones. A quotation mark that is never closed swallows the rest of the file: its own line is
 * marked as broken, and reading goes on with the next one. No line is ever left out in silence.
 */
function readLines(text: string, delimiter: string, skipped: number): FileRow[] {
  const rows: FileRow[] = []
  let rest = text
  let rowsBefore = skipped
  for (let recovery = 0; recovery <= recoveriesMax && rest !== ''; recovery++) {
    const { data, errors } = Papa.parse<string[]>(rest, { delimiter, preview: Math.max(1, linesMax + 1 - rows.length) })
    const broken = new Set(errors.filter(({ type }) => type === 'Quotes').map(({ row }) => row))
    const unclosed = errors.find(({ code }) => code === 'MissingQuotes')
    const whole = unclosed ? data.slice(0, unclosed.row) : data
    whole.forEach((cells, index) => rows.push(toRow(cells, rowsBefore + index + 1, broken.has(index))))
    if (!unclosed) return rows
    rowsBefore += whole.length + 1
    const line = lineAt(rest, unclosed.index ?? 0)
    rows.push(toRow(line.text.split(delimiter), rowsBefore, true))
    rest = rest.slice(line.end)
  }
  return rest === '' ? rows : rows.concat(readLiterally(rest, delimiter, rowsBefore))
}

/** One row per line, as if quotation marks meant nothing; the lines that have some are broken. */
function readLiterally(text: string, delimiter: string, rowsBefore: number): FileRow[] {
  const lines = text.split(/\r?\n/, linesMax + 1)
  return lines.map((line, index) => toRow(line.split(delimiter), rowsBefore + index + 1, line.includes('"')))
}

/** The line around a place in the text. */
function lineAt(text: string, index: number) {
  const start = text.lastIndexOf('\n', Math.max(0, index - 1)) + 1
  const next = text.indexOf('\n', index)
  const end = next === -1 ? text.length : next + 1
  return { text: text.slice(start, end).trimEnd(), end }
}

function toRow(cells: string[], row: number, isBroken: boolean): FileRow {
  const kept = cells.slice(0, importLimits.columns).map(cleanCell)
  return isBroken ? { row, cells: kept, has_broken_quotes: true } : { row, cells: kept }
}

/** Control characters cannot be stored (NUL) or heard; a line break inside a cell becomes a space. */
function cleanCell(cell: string): string {
  return cell.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, '').trim()
}

/** Every column gets a name of its own that can stand in a placeholder, whatever the file says. */
function columnNames(rows: FileRow[], header: string[]): string[] {
  const width = rows.slice(0, 1000).reduce((most, { cells }) => Math.max(most, cells.length), header.length)
  const names: string[] = []
  for (let index = 0; index < width; index++) {
    const name = (header[index] ?? '').replace(/[{}|"]/g, ' ').replace(/\s+/g, ' ').trim().slice(0, 60) || `Column ${index + 1}`
    const taken = names.filter((other) => other === name || other.startsWith(`${name} (`)).length
    names.push(taken ? `${name} (${taken + 1})` : name)
  }
  return names
}
