import * as fontkit from 'fontkit'
import { boldFonts, regularFonts } from './fonts.ts'

/** A piece of a text that one font has all letters of. */
export interface Run {
  font: LoadedFont
  text: string
  width: number
}

export interface LoadedFont {
  bytes: Uint8Array
  /** Of a text of this font's own letters, at size 1. */
  widthOf: (text: string) => number
  has: (codePoint: number) => boolean
}

/** What stands for a letter that no font has, which is to be seen. */
const stranger = '?'

/**
 * Inter knows Latin with all its accents, Greek, Cyrillic and Vietnamese. Letters of other scripts (Arabic, Hebrew, Chinese) would
 * need megabytes of fonts, and some a shaping of their own: each is shown as a question mark. Nothing else of the document
 * depends on them.
 */
export function createTypeface() {
  const regular = regularFonts.map(lazily)
  const weights = { regular, bold: [...boldFonts.map(lazily), ...regular] }
  return {
    /** The text in pieces, in its order; what a font lacks is looked for in the next. */
    runsOf(text: string, weight: keyof typeof weights, size: number): Run[] {
      const letters = Array.from(text.normalize('NFC').replace(/[\p{Cc}\s]+/gu, ' '))
      return letters.reduce<Run[]>((runs, letter) => addLetter(runs, letter, weights[weight]), [])
        .map((run) => ({ ...run, width: run.font.widthOf(run.text) * size }))
    },
  }
}

type LazyFont = () => LoadedFont

/** The little that is used of fontkit, which brings no types of its own: the edge sees none, and elsewhere they ask for Node's Buffer. */
interface FontReader {
  create: (bytes: Uint8Array) => {
    unitsPerEm: number
    hasGlyphForCodePoint: (codePoint: number) => boolean
    glyphForCodePoint: (codePoint: number) => { advanceWidth: number }
  }
}

function addLetter(runs: Run[], letter: string, fonts: LazyFont[]): Run[] {
  const known = fonts.find((font) => font().has(letter.codePointAt(0)!))
  const written = known ? letter : stranger
  const font = (known ?? fonts[0]!)()
  const last = runs.at(-1)
  if (last?.font !== font) return [...runs, { font, text: written, width: 0 }]
  last.text += written
  return runs
}

/** Most documents need one font of the eight. */
function lazily(base64: string): LazyFont {
  let loaded: LoadedFont | undefined
  return () => (loaded ??= load(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))))
}

/** Each letter has its own width: what the file draws knows no kerning either, and shaping would cost seconds. */
function load(bytes: Uint8Array): LoadedFont {
  const font = (fontkit as unknown as FontReader).create(bytes)
  const widths = new Map<number, number>()
  const widthOfLetter = (codePoint: number) => {
    const known = widths.get(codePoint) ?? font.glyphForCodePoint(codePoint).advanceWidth / font.unitsPerEm
    widths.set(codePoint, known)
    return known
  }
  return {
    bytes,
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    widthOf: (text) => Array.from(text).reduce((sum, letter) => sum + widthOfLetter(letter.codePointAt(0)!), 0),
  }
}
