import { cleanCell } from './cleanCell.ts'
import { textMax, PartTooLarge } from './visitXml.ts'

/** Puts the runs of differently formatted text of one cell together; the readings above Japanese characters are no part of it. */
export class CellText {
  #text = ''
  #isReading = false

  open(name: string): void {
    if (name === 'rPh') this.#isReading = true
  }

  close(name: string, text: string): void {
    if (name === 'rPh') this.#isReading = false
    if (name !== 't' || this.#isReading) return
    this.#text += text
    if (this.#text.length > textMax) throw new PartTooLarge()
  }

  /** The text, and nothing of it for the next cell. */
  take(): string {
    const text = cellText(this.#text)
    this.#text = ''
    return text
  }
}

/** Text as it was typed: Excel writes what XML cannot hold as _x000D_. */
export function cellText(raw: string): string {
  return cleanCell(raw.includes('_x') ? raw.replace(/_x([0-9A-F]{4})_/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : raw)
}
