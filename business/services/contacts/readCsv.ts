import type { FileRow, Reading } from '../../models/contactFile.ts'
import { cleanCell } from './cleanCell.ts'
import { filePieces } from './filePieces.ts'
import { createRowSplitter, type SplitRow } from './splitRows.ts'

/** The rows of a text file, piece by piece as it is read; blank ones are counted and left out. */
export async function* readCsv(file: Blob, { encoding, delimiter, newline }: Reading): AsyncGenerator<FileRow[]> {
  const splitter = createRowSplitter(delimiter, newline)
  let row = 0
  const toRows = (split: SplitRow[]) => split.flatMap(({ cells, isBroken }): FileRow[] => {
    row += 1
    const cleaned = cells.map(cleanCell)
    if (cleaned.every((cell) => cell === '')) return []
    return [isBroken ? { row, cells: cleaned, has_broken_quotes: true } : { row, cells: cleaned }]
  })
  let isFirst = true
  for await (const text of decoded(file, encoding)) {
    // The line in which Excel names the delimiter is a line, but no row of the table.
    const told = isFirst ? /^sep=.\r?\n/i.exec(text)?.[0] : undefined
    if (told) row += 1
    yield toRows(splitter.push(told ? text.slice(told.length) : text))
    isFirst = false
  }
  yield toRows(splitter.end())
}

/** The text of a file in pieces; the byte order mark goes with the decoding. */
export async function* decoded(file: Blob, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const piece of filePieces(file)) yield decoder.decode(piece, { stream: true })
  yield decoder.decode()
}
