import Papa from 'papaparse'

/**
 * A file for a spreadsheet. Cells that it would run as a formula are defused. The byte order mark tells Excel that it is UTF-8.
 */
export function toCsv(rows: string[][]): string {
  return byteOrderMark + csvLines(rows)
}

export const byteOrderMark = '\uFEFF'

/** Part of a file that is written in pieces; a line end stands only between its lines. */
export function csvLines(rows: string[][]): string {
  return Papa.unparse(rows.map((cells) => cells.map(defused)), { newline: '\r\n' })
}

/**
 * What a spreadsheet would run as a formula, made text by an apostrophe, because values come from strangers; a plain number with
 * its sign (a phone number, a movement) is no formula and stays as it is. For every format: whoever saves a workbook as CSV
 * would bring the formula back to life.
 */
export function defused(cell: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(cell) && !/^[+-]?[\d\s().-]+$/.test(cell)
  return isFormula ? `'${cell}` : cell
}
