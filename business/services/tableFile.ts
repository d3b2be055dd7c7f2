import { byteOrderMark, csvLines } from './csv.ts'
import { packSheets, rowXml } from './workbook.ts'

/**
 * A table that is written page by page and becomes a file at the end. Its head comes last, because only then every column is
 * known: a row has cells for the columns that were known when it was written, the later ones are empty for it.
 */
export interface TableFile {
  add(rows: string[][]): Promise<void>
  finish(head: string[]): Promise<Blob>
}

export type TableFormat = 'csv' | 'xlsx'

export function openTableFile(format: TableFormat): TableFile {
  return format === 'csv' ? openCsv() : openWorkbook()
}

/** Pages wait as blobs, which a browser keeps on disk when they are many. */
function openCsv(): TableFile {
  const pages: Blob[] = []
  return {
    async add(rows) {
      if (rows.length > 0) pages.push(new Blob([`\r\n${csvLines(rows)}`]))
    },
    async finish(head) {
      return new Blob([byteOrderMark, csvLines([head]), ...pages], { type: 'text/csv;charset=utf-8' })
    },
  }
}

/** What a sheet of Excel holds, its head included. */
const sheetRowsMax = 1_048_576
/**
 * Text cells only: a number that looks like one (a phone number, a post code) keeps its plus and its zeros. Rows are written here and
 * packed by a library: those that write whole workbooks hold every row until the end, or (hucre) want the head before the first row.
 */
export function openWorkbook(rowsMax = sheetRowsMax): TableFile {
  const sheets: { pages: Blob[], rows: number }[] = [{ pages: [], rows: 1 }]
  return {
    async add(rows) {
      for (let from = 0; from < rows.length;) {
        if (sheets.at(-1)!.rows >= rowsMax) sheets.push({ pages: [], rows: 1 })
        const sheet = sheets.at(-1)!
        const part = rows.slice(from, from + rowsMax - sheet.rows)
        sheet.pages.push(new Blob([part.map(rowXml).join('')]))
        sheet.rows += part.length
        from += part.length
      }
    },
    finish(head) {
      return packSheets(sheets.map(({ pages }, index) => ({ name: index > 0 ? `Rows ${index + 1}` : 'Rows', rows: [rowXml(head), ...pages] })))
    },
  }
}
