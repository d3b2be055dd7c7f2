/** One row of a text file. isBroken: its quotation marks do not pair, so where its cells end is a guess. */
export interface SplitRow {
  cells: string[]
  isBroken: boolean
}

/** How long a quoted cell may run before its opening mark is taken for a slip; cells of a megabyte do exist. */
const quotedMax = 4 * 1024 * 1024
/** How often a mark may swallow all that follows before quotation marks are no longer believed: each time costs a search to the end. */
const recoveriesMax = 20

/**
 * Cuts text into rows as it arrives. Written here because the libraries lose rows in silence: after a mark that is never closed papaparse
 * answers one cell with the rest of the file and csv-parse none of it, and papaparse splits a quoted cell that a space stands before.
 * A quotation mark that is never closed would swallow the rest of the file: its own line is marked
 * as broken instead, and reading goes on with the next one. No line is ever left out in silence.
 */
export function createRowSplitter(delimiter: string, newline: '\n' | '\r') {
  let text = ''
  let recoveries = 0

  function take(isLast: boolean): SplitRow[] {
    const rows: SplitRow[] = []
    let from = 0
    while (from < text.length) {
      const found = rowAt(from, isLast)
      if (!found) break
      rows.push(found.row)
      from = found.end
    }
    text = text.slice(from)
    return rows
  }

  function rowAt(from: number, isLast: boolean): { row: SplitRow, end: number } | null {
    const lineEnd = text.indexOf(newline, from)
    if (lineEnd < 0 && !isLast) return null
    const end = lineEnd < 0 ? text.length : lineEnd
    const line = text.slice(from, text[end - 1] === '\r' && end > from ? end - 1 : end)
    if (!line.includes('"')) return { row: { cells: line.split(delimiter), isBroken: false }, end: end + 1 }
    const quoted = recoveries > recoveriesMax ? 'broken' : readQuoted(text, from, { delimiter, newline })
    // A mark at the very end may be the first of a pair.
    if (typeof quoted === 'object') return quoted.end > text.length && !isLast ? null : quoted
    if (quoted === 'open' && !isLast && text.length - from < quotedMax) return null
    if (quoted === 'open') recoveries += 1
    return { row: { cells: line.split(delimiter), isBroken: true }, end: end + 1 }
  }

  return {
    push(more: string): SplitRow[] {
      text += more
      return take(false)
    },
    end: () => take(true),
  }
}

/**
 * The row at a place whose first line has quotation marks. 'open': the text ends inside a quoted cell. 'broken': something stands
 * between a closing mark and the next delimiter; when that happens lines further down, the first line is where the slip is.
 */
function readQuoted(text: string, start: number, { delimiter, newline }: { delimiter: string, newline: string }): { row: SplitRow, end: number } | 'open' | 'broken' {
  const cells: string[] = []
  for (let from = start; ;) {
    const cell = cellAt(text, from, delimiter, newline)
    if (typeof cell === 'string') return cell
    cells.push(cell.value)
    if (text[cell.end] !== delimiter) return { row: { cells, isBroken: false }, end: cell.end + 1 }
    from = cell.end + 1
  }
}

/** One cell, up to its delimiter, the line's end or the text's. */
function cellAt(text: string, from: number, delimiter: string, newline: string): { value: string, end: number } | 'open' | 'broken' {
  let opening = from
  while (text[opening] === ' ') opening += 1
  if (text[opening] !== '"') return plainCell(text, from, delimiter, newline)
  const closing = closingMark(text, opening)
  if (closing < 0) return 'open'
  let end = closing + 1
  while (text[end] === ' ' || (text[end] === '\r' && newline === '\n')) end += 1
  if (end < text.length && text[end] !== delimiter && text[end] !== newline) return 'broken'
  return { value: text.slice(opening + 1, closing).replaceAll('""', '"'), end }
}

function closingMark(text: string, opening: number): number {
  for (let mark = text.indexOf('"', opening + 1); ; mark = text.indexOf('"', mark + 2)) {
    if (mark < 0 || text[mark + 1] !== '"') return mark
  }
}

function plainCell(text: string, from: number, delimiter: string, newline: string): { value: string, end: number } {
  const [stop, line] = [text.indexOf(delimiter, from), text.indexOf(newline, from)]
  const end = Math.min(stop < 0 ? text.length : stop, line < 0 ? text.length : line)
  return { value: text.slice(from, text[end - 1] === '\r' && end > from ? end - 1 : end), end }
}
