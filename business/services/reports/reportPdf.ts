import { PdfWriter, type Column } from '../pdf/document.ts'
import type { ReportCell, ReportColumn, ReportDocument, ReportSection } from './reportDocument.ts'

const twoColumns: Column[] = [{ label: '', share: 0.22 }, { label: '', share: 0.78 }]
const textOf = (cell: ReportCell) => (typeof cell === 'string' ? cell : cell.text)

/** A report to print and to hand on. */
export function reportPdf({ title, author, made_at, facts, sections, pageText }: ReportDocument): Promise<Uint8Array> {
  const pdf = new PdfWriter({ title, author, made_at })
  pdf.line(title, { size: 20, weight: 'bold' })
  pdf.gap(8)
  for (const fact of facts) pdf.columns(fact, twoColumns, { size: 9 })
  for (const section of sections) writeSection(pdf, section)
  pdf.footer((page, pages) => `${author} · ${pageText.replace('{page}', String(page)).replace('{pages}', String(pages))}`)
  return pdf.save()
}

function writeSection(pdf: PdfWriter, { title, note, columns, rows, onPaper }: ReportSection): void {
  pdf.keep(onPaper ? 230 : 90)
  pdf.gap(16)
  pdf.line(title, { size: 13, weight: 'bold' })
  if (note) pdf.line(note, { size: 9, isPale: true })
  pdf.gap(4)
  if (onPaper) {
    pdf.grid(onPaper.grid)
    pdf.gap(6)
    pdf.grid(onPaper.legend)
    return
  }
  pdf.table(layOut(columns), rows.map((row) => columns.map((_, index) => textOf(row[index] ?? ''))))
}

/** A name needs more room than a number. */
function layOut(columns: ReportColumn[]): Column[] {
  const numberShare = Math.min(0.2, 0.72 / (columns.length - 1))
  return columns.map(({ label }, index) => (index === 0 ? { label, share: 1 - numberShare * (columns.length - 1) } : { label, share: numberShare, align: 'right' }))
}
