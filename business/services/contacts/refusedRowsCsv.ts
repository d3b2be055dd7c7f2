import { refusedColumns, type ContactFile, type RefusedRow } from '../../models/import.ts'
import { toCsv } from '../csv.ts'

/**
 * The refused rows as a file to correct and upload again: the person's own columns, then row number and reason. A phone
 * number stays as it is, so that the corrected file can be uploaded.
 */
export function refusedRowsCsv(file: ContactFile, refused: RefusedRow[], reasonOf: (row: RefusedRow) => string): string {
  const cellsOf = new Map(file.rows.map(({ row, cells }) => [row, cells]))
  const fields = [...file.columns, ...refusedColumns]
  const data = refused.map((line) => [
    ...file.columns.map((_, index) => cellsOf.get(line.row)?.[index] ?? ''),
    String(line.row),
    reasonOf(line),
  ])
  return toCsv([fields, ...data])
}
