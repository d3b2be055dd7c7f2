import { refusedColumns, type ColumnUse } from '../../models/contactFile.ts'
import type { RefusedAnswer } from '../../models/import.ts'
import { toCsv } from '../csv.ts'

interface Mapping { columns: string[], uses: ColumnUse[] }

/**
 * The refused rows as a file to correct and import again: the person's own columns, then row number and reason. A phone
 * number stays as it is, so that the corrected file can be imported.
 */
export function refusedRowsCsv(refused: RefusedAnswer[], { columns, uses }: Mapping, reasonOf: (row: RefusedAnswer) => string): string {
  const lines = refused.map((row) => [...cellsOfRefused(row, columns, uses), String(row.row), reasonOf(row)])
  return toCsv([[...columns, ...refusedColumns], ...lines])
}

/** The cells of the file; of a row that only the database refused, what was sent of it. */
export function cellsOfRefused({ content }: RefusedAnswer, columns: string[], uses: ColumnUse[]): string[] {
  const cells = content?.cells
  if (Array.isArray(cells)) return columns.map((_, index) => String(cells[index] ?? ''))
  const attributes = (content?.attributes ?? {}) as Record<string, string>
  return columns.map((column, index) => (uses[index] === 'attribute' ? attributes[column] ?? '' : String(content?.[uses[index] ?? ''] ?? '')))
}
