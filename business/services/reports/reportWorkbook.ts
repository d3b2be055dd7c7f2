import { packSheets, rowXml, type SheetCell } from '../workbook.ts'
import type { ReportCell, ReportDocument } from './reportDocument.ts'

const sheetCell = (cell: ReportCell): SheetCell => (typeof cell === 'string' ? cell : cell.value)

/** A report to go on with: a sheet for each table, its numbers as numbers; the first one says what it is about. */
export function reportWorkbook({ title, facts, sections }: ReportDocument): Promise<Blob> {
  const about = { name: title, rows: facts.map((fact) => rowXml(fact)) }
  return packSheets([about, ...sections.map(({ title: name, columns, rows }) => ({
    name,
    rows: [rowXml(columns.map(({ label, sheetLabel }) => sheetLabel ?? label)), ...rows.map((row) => rowXml(row.map(sheetCell)))],
  }))])
}
