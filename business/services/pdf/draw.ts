import { PDFDocument, rgb, type PDFFont, type RGB } from '@cantoo/pdf-lib'
import * as fontkit from 'fontkit'
import type { LoadedFont } from './typeface.ts'

export interface PdfAbout {
  title: string
  author: string
  /** ISO. Everything else about the file follows from its content, so that the same content is the same file. */
  made_at: string
}

/** A4, in points. */
export const paper = { width: 595, height: 842, margin: 56 }

/** light: on a dark ground. */
export type Tone = 'ink' | 'pale' | 'light'

/** A piece of text at its place; pages count from 0, y from the bottom. */
export interface Mark { page: number, x: number, y: number, size: number, text: string, font: LoadedFont, tone: Tone }

/** A filled box below everything that is written; darkness from 0 to 1, the same on a printer without colours. */
export interface Box { page: number, x: number, y: number, width: number, height: number, darkness: number }

export interface Drawing {
  marks: Mark[]
  boxes: Box[]
  /** Lines across the page. */
  rules: { page: number, y: number }[]
  pageCount: number
}

const paleInk = rgb(0.42, 0.42, 0.46)
const inks: Record<Tone, RGB> = { ink: rgb(0.09, 0.09, 0.11), pale: paleInk, light: rgb(1, 1, 1) }
const lightest = [0.93, 0.93, 0.99] as const
const darkest = [0.2, 0.18, 0.52] as const

/** The file. Only now is known which fonts are needed; of those it holds the letters that occur. */
export async function draw(about: PdfAbout, { marks, boxes, rules, pageCount }: Drawing): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false })
  describe(pdf, about)
  const fonts = await embedFonts(pdf, marks)
  const pages = Array.from({ length: pageCount }, () => pdf.addPage([paper.width, paper.height]))
  for (const { page, darkness, ...box } of boxes) pages[page]!.drawRectangle({ ...box, color: colorOf(darkness) })
  for (const { page, x, y, size, text, font, tone } of marks) {
    pages[page]!.drawText(text, { x, y, size, font: fonts.get(font)!, color: inks[tone] })
  }
  for (const { page, y } of rules) {
    pages[page]!.drawLine({ start: { x: paper.margin, y }, end: { x: paper.width - paper.margin, y }, thickness: 0.5, color: paleInk })
  }
  return pdf.save()
}

function colorOf(darkness: number): RGB {
  const [red, green, blue] = lightest.map((light, part) => light + (darkest[part]! - light) * darkness)
  return rgb(red!, green!, blue!)
}

function describe(pdf: PDFDocument, { title, author, made_at }: PdfAbout): void {
  pdf.setTitle(title)
  pdf.setAuthor(author)
  pdf.setProducer('Outdial')
  pdf.setCreator('Outdial')
  pdf.setLanguage('en')
  pdf.setCreationDate(new Date(made_at))
  pdf.setModificationDate(new Date(made_at))
}

async function embedFonts(pdf: PDFDocument, marks: Mark[]): Promise<Map<LoadedFont, PDFFont>> {
  pdf.registerFontkit(fontkit as unknown as Parameters<typeof pdf.registerFontkit>[0])
  const embedded = new Map<LoadedFont, PDFFont>()
  for (const font of new Set(marks.map((mark) => mark.font))) embedded.set(font, await pdf.embedFont(font.bytes, { subset: true }))
  return embedded
}
