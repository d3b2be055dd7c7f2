import { byteOrderMark, csvLines, defused } from './csv.ts'
import { writeZip } from './zip.ts'

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
/** What a cell of Excel holds; more would make the whole workbook unreadable. */
const cellMax = 32_767
const partType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

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
      const files = sheets.map(({ pages }, index) => [sheetName(index), new Blob([sheetStart, rowXml(head), ...pages, sheetEnd])] as const)
      const frame = Object.entries(frameOf(sheets.length)).map(([name, text]) => [name, new Blob([text])] as const)
      return writeZip(Object.fromEntries([...files, ...frame]), `${partType}.sheet`)
    },
  }
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const openXml = 'http://schemas.openxmlformats.org'
const main = `${openXml}/spreadsheetml/2006/main`
const office = `${openXml}/officeDocument/2006/relationships`
const sheetStart = `${declaration}<worksheet xmlns="${main}"><sheetData>`
const sheetEnd = '</sheetData></worksheet>'
const sheetName = (index: number) => `xl/worksheets/sheet${index + 1}.xml`

function rowXml(cells: string[]): string {
  return `<row>${cells.map((cell) => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`).join('')}</row>`
}

/** Characters that XML has no way to write are left out: no spreadsheet could show them. */
function escaped(cell: string): string {
  return defused(cell).slice(0, cellMax).toWellFormed()
    .replace(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu, '')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;')
}

/** Everything in a workbook that is no row. */
function frameOf(sheetCount: number): Record<string, string> {
  const numbers = Array.from({ length: sheetCount }, (_, index) => index + 1)
  const sheets = numbers.map((no) => `<sheet name="Rows${no > 1 ? ` ${no}` : ''}" sheetId="${no}" r:id="rId${no}"/>`).join('')
  const links = numbers.map((no) => `<Relationship Id="rId${no}" Type="${office}/worksheet" Target="worksheets/sheet${no}.xml"/>`).join('')
  const types = numbers.map((no) => `<Override PartName="/${sheetName(no - 1)}" ContentType="${partType}.worksheet+xml"/>`).join('')
  return {
    '[Content_Types].xml': `${declaration}<Types xmlns="${openXml}/package/2006/content-types">`
      + '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
      + `<Override PartName="/xl/workbook.xml" ContentType="${partType}.sheet.main+xml"/>${types}</Types>`,
    '_rels/.rels': linksXml(`<Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/>`),
    'xl/workbook.xml': `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': linksXml(links),
  }
}

const linksXml = (links: string) => `${declaration}<Relationships xmlns="${openXml}/package/2006/relationships">${links}</Relationships>`
