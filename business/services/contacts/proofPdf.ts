import { PdfWriter, type Column } from '../pdf/document.ts'
import type { ProofEntry, ProofLine, ProofReport, ProofRuleSet, ProofWords } from './proofReport.ts'

/** Who asks about whom, and for which time: the head of the document. */
export interface ProofAbout {
  phone: string
  contact: string
  account: string
  from: string
  until: string
  time_zone: string
  /** ISO. */
  made_at: string
}

const twoColumns: Column[] = [{ label: '', share: 0.22 }, { label: '', share: 0.78 }]

/** The proof as a document that a person hands to an authority: who, when, what was decided and by which rules. */
export function proofPdf(report: ProofReport, about: ProofAbout, words: ProofWords): Promise<Uint8Array> {
  const { say } = words
  const pdf = new PdfWriter({ title: `${say('document.title')} ${words.phoneOf(about.phone)}`, author: about.account, made_at: about.made_at })
  writeHead(pdf, about, words)
  heading(pdf, say('document.summary'))
  for (const sentence of report.summary) pdf.line(sentence)
  pdf.line(say('document.about'), { size: 9, isPale: true })
  heading(pdf, say('decisions'))
  if (report.entries.length === 0) pdf.line(say('document.none'))
  report.entries.forEach((entry, index) => writeEntry(pdf, entry, index + 1, words))
  heading(pdf, say('list_title'))
  if (report.listHistory.length === 0) pdf.line(say('list_empty'))
  writeLines(pdf, report.listHistory)
  if (report.ruleSets.length > 0) heading(pdf, say('rules_title'))
  for (const set of report.ruleSets) writeRules(pdf, set)
  pdf.footer((page, pages) => `${words.phoneOf(about.phone)} · ${say('document.page', { page, pages })}`)
  return pdf.save()
}

function writeHead(pdf: PdfWriter, { phone, contact, account, from, until, time_zone, made_at }: ProofAbout, { say, momentOf, phoneOf }: ProofWords): void {
  pdf.line(say('document.title'), { size: 20, weight: 'bold' })
  pdf.gap(8)
  const line = (name: string, text: string) => ({ label: say(`document.${name}`), text })
  writeLines(pdf, [
    line('number', phoneOf(phone)),
    line('contact', contact),
    line('account', account),
    line('period', say('document.period_text', { from, until, zone: time_zone })),
    line('made', momentOf(made_at)),
  ].filter(({ text }) => text !== ''))
}

function heading(pdf: PdfWriter, text: string): void {
  pdf.keep(70)
  pdf.gap(16)
  pdf.line(text, { size: 13, weight: 'bold' })
  pdf.gap(2)
}

function writeEntry(pdf: PdfWriter, { title, moment, campaign, lines }: ProofEntry, count: number, { say }: ProofWords): void {
  pdf.keep(90)
  pdf.gap(6)
  pdf.line(say('document.decision', { count, title }), { weight: 'bold' })
  pdf.line([moment, campaign === null ? say('test_call') : say('in_campaign', { name: campaign })].join(' · '), { size: 9, isPale: true })
  writeLines(pdf, lines)
}

function writeRules(pdf: PdfWriter, { title, rules }: ProofRuleSet): void {
  pdf.keep(60)
  pdf.gap(6)
  pdf.line(title, { weight: 'bold' })
  for (const { name, text, citation } of rules) {
    pdf.line(`${name}: ${text}`, { size: 9 })
    pdf.line(citation, { size: 9, isPale: true })
  }
}

function writeLines(pdf: PdfWriter, lines: ProofLine[]): void {
  for (const { label, text } of lines) pdf.columns([label, text], twoColumns, { size: 9 })
}
