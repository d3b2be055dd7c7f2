import type { Turn } from '../../models/callRecord.ts'
import { PdfWriter } from '../pdf/document.ts'

/** What stands above a transcript, and who speaks in it. */
export interface TranscriptAbout {
  title: string
  account: string
  /** Name and value of each fact. */
  facts: [name: string, text: string][]
  summary: string
  speakerOf: (turn: Turn) => string
  /** Where a turn is in the recording. */
  timeOf: (seconds: number) => string
  /** Says that the document ends before the conversation did. */
  cut: string
  pageOf: (page: number, pages: number) => string
  made_at: string
}

/** Everything that was said, for any program that reads text. What no editor shows is left out, and lines end as people's do. */
export function transcriptText(turns: readonly Turn[], about: TranscriptAbout): string {
  const head = [about.title, '', ...about.facts.map(([name, text]) => `${name}: ${text}`), ...(about.summary ? ['', about.summary] : []), '']
  const said = turns.map((turn) => `${stampOf(turn, about)}${about.speakerOf(turn)}: ${turn.text}`)
  return plain([...head, ...said, ''].join('\n')).replaceAll('\n', '\r\n')
}

/** Pages of a document are laid out letter by letter: more than hours of talk would keep the browser busy for as long. */
const pdfLettersMax = 400_000

export function transcriptPdf(turns: readonly Turn[], about: TranscriptAbout): Promise<Uint8Array> {
  const pdf = new PdfWriter({ title: about.title, author: about.account, made_at: about.made_at })
  pdf.line(about.title, { size: 18, weight: 'bold' })
  pdf.gap(6)
  for (const [name, text] of about.facts) pdf.columns([name, text], [{ label: '', share: 0.25 }, { label: '', share: 0.75 }], { size: 9 })
  pdf.gap(8)
  if (about.summary) pdf.line(plain(about.summary))
  pdf.gap(8)
  let letters = pdfLettersMax
  for (const turn of turns) {
    if (letters <= 0) break
    pdf.keep(30)
    pdf.line(`${stampOf(turn, about)}${about.speakerOf(turn)}`, { size: 9, weight: 'bold' })
    pdf.line(plain(turn.text).slice(0, letters))
    pdf.gap(4)
    letters -= turn.text.length
  }
  if (letters <= 0) pdf.line(about.cut, { size: 9, isPale: true })
  pdf.footer(about.pageOf)
  return pdf.save()
}

const stampOf = ({ seconds_from_start }: Turn, { timeOf }: TranscriptAbout) => (seconds_from_start === null ? '' : `[${timeOf(seconds_from_start)}] `)

/** Without control characters (but line ends and tabs) and without marks that would turn the direction of what follows. */
const plain = (text: string): string => text.replace(/(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu, '').toWellFormed()
