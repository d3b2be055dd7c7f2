import { PDFDocument, rgb, type PDFFont } from '@cantoo/pdf-lib'
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

/** A piece of text at its place; pages count from 0, y from the bottom. */
export interface Mark { page: number, x: number, y: number, size: number, text: string, font: LoadedFont, isPale: boolean }

export interface Drawing {
  marks: Mark[]
  /** Lines across the page. */
  rules: { page: number, y: number }[]
  pageCount: number
}

const ink = rgb(0.09, 0.09, 0.11)
const paleInk = rgb(0.42, 0.42, 0.46)

/** The file. Only now is known which fonts are needed; of those it holds the letters that occur. */
export async function draw(about: PdfAbout, { marks, rules, pageCount }: Drawing): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false })
  describe(pdf, about)
  const fonts = await embedFonts(pdf, marks)
  const pages = Array.from({ length: pageCount }, () => pdf.addPage([paper.width, paper.height]))
  for (const { page, x, y, size, text, font, isPale } of marks) {
    pages[page]!.drawText(text, { x, y, size, font: fonts.get(font)!, color: isPale ? paleInk : ink })
  }
  for (const { page, y } of rules) {
    pages[page]!.drawLine({ start: { x: paper.margin, y }, end: { x: paper.width - paper.margin, y }, thickness: 0.5, color: paleInk })
  }
  return pdf.save()
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
