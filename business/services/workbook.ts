import { defused } from './csv.ts'
import { writeZip } from './zip.ts'

/** A number is a number that can be added up; whatever else looks like one (a phone number) is text. */
export type SheetCell = string | number

/** Rows as rowXml writes them, head included; in as many pieces as one likes. */
export interface Sheet {
  name: string
  rows: (string | Blob)[]
}

/** What a cell of Excel holds; more would make the whole workbook unreadable. */
const cellMax = 32_767
/** What a name of a sheet holds, and what it must not. */
const sheetNameMax = 31
const partType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const openXml = 'http://schemas.openxmlformats.org'
const main = `${openXml}/spreadsheetml/2006/main`
const office = `${openXml}/officeDocument/2006/relationships`
const sheetStart = `${declaration}<worksheet xmlns="${main}"><sheetData>`
const sheetEnd = '</sheetData></worksheet>'
const sheetPath = (index: number) => `xl/worksheets/sheet${index + 1}.xml`

/** A workbook of these sheets, in their order. */
export function packSheets(sheets: Sheet[]): Promise<Blob> {
  const files = sheets.map(({ rows }, index) => [sheetPath(index), new Blob([sheetStart, ...rows, sheetEnd])] as const)
  const frame = Object.entries(frameOf(sheets.map(({ name }) => name))).map(([name, text]) => [name, new Blob([text])] as const)
  return writeZip(Object.fromEntries([...files, ...frame]), `${partType}.sheet`)
}

export function rowXml(cells: SheetCell[]): string {
  return `<row>${cells.map(cellXml).join('')}</row>`
}

function cellXml(cell: SheetCell): string {
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`
  // Most of a large sheet is what stands around its words: what says nothing is left out.
  if (cell === '') return '<c/>'
  const space = cell.trim() === cell ? '' : ' xml:space="preserve"'
  return `<c t="inlineStr"><is><t${space}>${escaped(defused(cell).slice(0, cellMax))}</t></is></c>`
}

/** Characters that XML has no way to write are left out: no spreadsheet could show them. */
function escaped(text: string): string {
  return text.toWellFormed()
    .replace(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu, '')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;')
}

/** Everything in a workbook that is no row. */
function frameOf(names: string[]): Record<string, string> {
  const numbers = names.map((_, index) => index + 1)
  const nameOf = (name: string) => escaped(name.replace(/[[\]:*?/\\]/g, ' ').slice(0, sheetNameMax)).replaceAll('"', '&quot;')
  const sheets = names.map((name, index) => `<sheet name="${nameOf(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')
  const links = numbers.map((no) => `<Relationship Id="rId${no}" Type="${office}/worksheet" Target="worksheets/sheet${no}.xml"/>`).join('')
  const types = numbers.map((no) => `<Override PartName="/${sheetPath(no - 1)}" ContentType="${partType}.worksheet+xml"/>`).join('')
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
