import { fileLimits, type FileRow } from '../../models/contactFile.ts'
import { CellText, cellText } from './cellTexts.ts'
import { shownNumber, type NumberFormat } from './numberFormats.ts'
import type { ZipPart } from '../zip.ts'
import { visitXml, type XmlVisitor } from './visitXml.ts'

/** What the cells of a sheet refer to. */
export interface SheetContext {
  shared: string[]
  formats: NumberFormat[]
  is1904: boolean
}

/** The rows of a sheet as they are unpacked; blank ones are counted and left out. */
export async function* sheetRows(part: ZipPart, context: SheetContext): AsyncGenerator<FileRow[]> {
  const reader = new RowReader(context)
  for await (const _ of visitXml(part, reader, fileLimits.sheet_bytes)) yield reader.take()
}

class RowReader implements XmlVisitor {
  readonly #context: SheetContext
  readonly #text = new CellText()
  #rows: FileRow[] = []
  #row = 0
  #cells: string[] = []
  #cell: Record<string, string> = {}
  #column = 0
  #value = ''

  constructor(context: SheetContext) {
    this.#context = context
  }

  take(): FileRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'row') {
      this.#row = Number(attributes.r) || this.#row + 1
      this.#column = 0
    } else if (name === 'c') {
      this.#cell = attributes
      this.#column = columnOf(attributes.r) ?? this.#column
      this.#value = ''
    } else {
      this.#text.open(name)
    }
  }

  close(name: string, text: string): void {
    if (name === 'v') this.#value = text
    else if (name === 'c') this.#endCell()
    else if (name === 'row') this.#endRow()
    else this.#text.close(name, text)
  }

  /** Formatting may reach to the last column of the sheet; only values make it wider. */
  #endCell(): void {
    const shown = this.#shown()
    if (shown !== '' && this.#column <= fileLimits.columns) {
      while (this.#cells.length < this.#column) this.#cells.push('')
      this.#cells[this.#column] = shown
    }
    this.#column += 1
  }

  #endRow(): void {
    if (this.#cells.length > 0) this.#rows.push({ row: this.#row, cells: this.#cells })
    this.#cells = []
  }

  /** Of a formula its last value; an error (#N/A) is no value. */
  #shown(): string {
    const { shared, formats, is1904 } = this.#context
    const [type, value] = [this.#cell.t ?? 'n', this.#value]
    if (type === 'inlineStr') return this.#text.take()
    if (value === '' || type === 'e') return ''
    if (type === 's') return shared[Number(value)] ?? ''
    if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
    if (type === 'd') return value.slice(0, 16).replace('T', ' ').replace(' 00:00', '')
    return type === 'n' ? shownNumber(value, formats[Number(this.#cell.s ?? -1)] ?? 'plain', is1904) : cellText(value)
  }
}

/** A is 0, and so is A7. */
function columnOf(place: string | undefined): number | null {
  if (!place) return null
  let column = 0
  for (let at = 0; at < place.length; at++) {
    const letter = place.charCodeAt(at) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column > 0 ? column - 1 : null
}
