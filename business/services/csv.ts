import Papa from 'papaparse'

/**
 * A file for a spreadsheet. Cells that it would run as a formula are defused, because values come from strangers; a plain
 * number with its sign (a phone number, a movement) is no formula and stays as it is. The byte order mark tells Excel that it
 * is UTF-8.
 */
export function toCsv(rows: string[][]): string {
  return '\uFEFF' + Papa.unparse(rows.map((cells) => cells.map(defused)), { newline: '\r\n' })
}

function defused(cell: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(cell) && !/^[+-]?[\d\s().-]+$/.test(cell)
  return isFormula ? `'${cell}` : cell
}
