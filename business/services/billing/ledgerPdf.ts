import type { LedgerEntry, Period } from '../../models/ledger.ts'
import { localOf } from '../../models/localTime.ts'
import { PdfWriter, type Column } from '../pdf/document.ts'

export interface LedgerWords {
  title: string
  account: string
  columns: { time: string, what: string, change: string, balance: string }
  nameOf: (entry: LedgerEntry) => string
  durationOf: (seconds: number) => string
  madeAt: string
}

/** The movements of a period as a document to print and to file, the newest first as on the page. */
export function ledgerPdf(entries: LedgerEntry[], { from_day, to_day }: Period, timeZone: string, words: LedgerWords): Promise<Uint8Array> {
  const pdf = new PdfWriter({ title: `${words.title} ${from_day} – ${to_day}`, author: words.account, made_at: words.madeAt })
  pdf.line(words.title, { size: 20, weight: 'bold' })
  pdf.gap(6)
  pdf.line(words.account)
  pdf.line(`${from_day} – ${to_day} (${timeZone})`, { isPale: true })
  pdf.gap(16)
  pdf.table(columnsOf(words), entries.map((entry) => cellsOf(entry, timeZone, words)))
  return pdf.save()
}

function columnsOf({ columns: { time, what, change, balance } }: LedgerWords): Column[] {
  return [
    { label: time, share: 0.22 },
    { label: what, share: 0.44 },
    { label: change, share: 0.17, align: 'right' },
    { label: balance, share: 0.17, align: 'right' },
  ]
}

function cellsOf(entry: LedgerEntry, timeZone: string, { nameOf, durationOf }: LedgerWords): string[] {
  const name = nameOf(entry)
  const about = entry.campaign_name || (entry.note === name ? '' : entry.note)
  return [
    localOf(entry.created_at, timeZone).replace('T', ' '),
    about ? `${name}: ${about}` : name,
    durationOf(entry.delta_seconds),
    durationOf(entry.balance_after),
  ]
}
