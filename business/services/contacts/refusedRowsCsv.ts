import Papa from 'papaparse'
import { refusedColumns, type ContactFile, type RefusedRow } from '../../models/import.ts'

/**
 * The refused rows as a file to correct and upload again: the person's own columns, then row number and reason. Cells
 * that a spreadsheet would run as a formula are defused, because the values come from strangers; a plain phone number
 * with its plus sign is no formula and stays as it is, so that the corrected file can be uploaded. The byte order mark
 * tells Excel that it is UTF-8.
 */
export function refusedRowsCsv(file: ContactFile, refused: RefusedRow[], reasonOf: (row: RefusedRow) => string): string {
  const cellsOf = new Map(file.rows.map(({ row, cells }) => [row, cells]))
  const fields = [...file.columns, ...refusedColumns]
  const data = refused.map((line) => [
    ...file.columns.map((_, index) => cellsOf.get(line.row)?.[index] ?? ''),
    String(line.row),
    reasonOf(line),
  ])
  return '\uFEFF' + Papa.unparse([fields, ...data].map((cells) => cells.map(defused)), { newline: '\r\n' })
}

function defused(cell: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(cell) && !/^\+?[\d\s().-]+$/.test(cell)
  return isFormula ? `'${cell}` : cell
}
