import { draw, paper, type Box, type Mark, type PdfAbout, type Tone } from './draw.ts'
import { gridColumns, type Grid, type GridCell } from './grid.ts'
import { createTypeface } from './typeface.ts'
import { wrapped } from './wrap.ts'

export interface TextStyle {
  size?: number
  weight?: 'regular' | 'bold'
  isPale?: boolean
  /** On a dark box. */
  isLight?: boolean
}

export interface Column {
  label: string
  /** Of the width of the page; together 1. */
  share: number
  align?: 'left' | 'right' | 'center'
}

const usualSize = 10
const lineHeight = 1.45
const inside = paper.width - 2 * paper.margin
const top = paper.height - paper.margin
const gapBetweenCells = 8
const gridCellHeight = 17
const gridTextSize = 8
const gridGap = 1.5
const halves: Column[] = [{ label: '', share: 0.5 }, { label: '', share: 0.5 }]

/**
 * A document of lines and tables from top to bottom, on as many pages as it takes. Runs in the browser and on the edge: import it
 * when a document is wanted, it brings half a megabyte of library and letters.
 */
export class PdfWriter {
  readonly #about: PdfAbout
  readonly #typeface = createTypeface()
  readonly #marks: Mark[] = []
  readonly #boxes: Box[] = []
  readonly #rules: { page: number, y: number }[] = []
  #page = 0
  #y = top

  constructor(about: PdfAbout) {
    this.#about = about
  }

  /** A paragraph. */
  line(text: string, style: TextStyle = {}): void {
    this.#row([text], [{ label: '', share: 1 }], style)
  }

  gap(points: number): void {
    this.#down(points)
  }

  /** Two blocks of lines beside each other. */
  sideBySide(left: string[], right: string[], style: TextStyle = {}): void {
    for (let index = 0; index < Math.max(left.length, right.length); index++) this.#row([left[index] ?? '', right[index] ?? ''], halves, style)
  }

  /** One row of cells beside each other, without a head. */
  columns(cells: string[], columns: Column[], style: TextStyle = {}): void {
    this.#row(cells, columns, style)
  }

  /** The head stands on top of each page again. */
  table(columns: Column[], rows: string[][]): void {
    this.#head(columns)
    for (const cells of rows) {
      if (!this.#fits(this.#heightOf(cells, columns))) {
        this.#turn()
        this.#head(columns)
      }
      this.#row(cells, columns, {})
    }
  }

  /** Boxes with their texts, as dark as they say, all on one page. */
  grid({ heads, rows }: Grid): void {
    const columns = gridColumns(Math.max(...rows.map(({ cells }) => cells.length)))
    this.keep((rows.length + 1) * gridCellHeight)
    if (heads) this.#cells(['', ...heads], columns, { size: gridTextSize, isPale: true })
    for (const { name, cells } of rows) this.#cells([name, ...cells], columns, { size: gridTextSize })
  }

  /** Below every page there is by then, so it is called last: what a page of many says about itself. */
  footer(textOf: (page: number, pageCount: number) => string): void {
    const [page, y] = [this.#page, this.#y]
    for (this.#page = 0; this.#page <= page; this.#page++) {
      this.#y = paper.margin / 2
      this.#put(textOf(this.#page + 1, page + 1), { x: paper.margin, column: { label: '', share: 1 }, style: { size: 8, isPale: true } })
    }
    this.#page = page
    this.#y = y
  }

  /** Turns the page where less than this is left, so that a heading does not stand alone at its foot. */
  keep(points: number): void {
    if (!this.#fits(points)) this.#turn()
  }

  save(): Promise<Uint8Array> {
    return draw(this.#about, { marks: this.#marks, boxes: this.#boxes, rules: this.#rules, pageCount: this.#page + 1 })
  }

  #head(columns: Column[]): void {
    this.#row(columns.map(({ label }) => label), columns, { weight: 'bold', size: 9 })
    this.#down(4)
    this.#rules.push({ page: this.#page, y: this.#y })
  }

  /** As many lines as the longest cell takes. */
  #row(cells: string[], columns: Column[], style: TextStyle): void {
    const lines = cells.map((cell, index) => this.#wrap(cell, columns[index]!, style))
    for (let line = 0; line < Math.max(...lines.map(({ length }) => length)); line++) {
      this.#down((style.size ?? usualSize) * lineHeight)
      let x = paper.margin
      columns.forEach((column, index) => {
        this.#put(lines[index]![line] ?? '', { x, column, style })
        x += column.share * inside
      })
    }
  }

  /** A row of a grid; a text without a box is written alone. */
  #cells(cells: (string | GridCell)[], columns: Column[], style: TextStyle): void {
    this.#down(gridCellHeight)
    let x = paper.margin
    columns.forEach((column, index) => {
      const cell = cells[index] ?? ''
      const width = column.share * inside
      if (typeof cell !== 'string') {
        const height = gridCellHeight - gridGap
        // A digit is as high as 0.72 of its letters' size: its middle is the box's.
        this.#boxes.push({ page: this.#page, x, y: this.#y + 0.36 * gridTextSize - height / 2, width: width - gridGap, height, darkness: cell.darkness })
      }
      const text = typeof cell === 'string' ? cell : cell.text
      this.#put(text, { x, column, style: { ...style, isLight: typeof cell !== 'string' && cell.darkness > 0.5 } })
      x += width
    })
  }

  #put(text: string, { x, column, style: { size = usualSize, weight = 'regular', isPale = false, isLight = false } }: { x: number, column: Column, style: TextStyle }): void {
    const runs = this.#typeface.runsOf(text, weight, size)
    const width = runs.reduce((sum, run) => sum + run.width, 0)
    const tone: Tone = isLight ? 'light' : isPale ? 'pale' : 'ink'
    let at = x + (column.align === 'right' ? widthOf(column) - width : column.align === 'center' ? (column.share * inside - width) / 2 : 0)
    for (const run of runs) {
      this.#marks.push({ page: this.#page, x: at, y: this.#y, size, text: run.text, font: run.font, tone })
      at += run.width
    }
  }

  #wrap(text: string, column: Column, { size = usualSize, weight = 'regular' }: TextStyle): string[] {
    return wrapped(text, widthOf(column), (part) => this.#typeface.runsOf(part, weight, size).reduce((sum, run) => sum + run.width, 0))
  }

  #heightOf(cells: string[], columns: Column[]): number {
    return Math.max(...cells.map((cell, index) => this.#wrap(cell, columns[index]!, {}).length)) * usualSize * lineHeight
  }

  #fits(height: number): boolean {
    return this.#y - height >= paper.margin
  }

  #down(height: number): void {
    if (!this.#fits(height)) this.#turn()
    this.#y -= height
  }

  #turn(): void {
    this.#page++
    this.#y = top
  }
}

const widthOf = ({ share }: Column) => share * inside - (share < 1 ? gapBetweenCells : 0)
