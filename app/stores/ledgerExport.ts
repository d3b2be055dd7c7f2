import { useI18n } from 'vue-i18n'
import { currentTime } from '~/composables/useNow'
import { useAccountStore } from '~/stores/accountStore'
import { useBillingStore } from '~/stores/billingStore'
import type { ExportProgress } from '~/stores/tableExport'
import type { NamedFile } from '~/utils/downloadText'
import { formatBalance } from '~/utils/format'
import { entryName, type LedgerEntry, type Period } from '~~/business/models/ledger.ts'
import type { LedgerWords } from '~~/business/services/billing/ledgerPdf.ts'

/** Makes a file of every posting of a period; null when it was stopped. What writes it arrives with the first export. */
export function useLedgerExport() {
  const { t } = useI18n()
  const store = useBillingStore()
  const accounts = useAccountStore()

  async function readAll(period: Period, { signal, onRows }: ExportProgress): Promise<LedgerEntry[] | null> {
    const entries: LedgerEntry[] = []
    for await (const rows of store.readLedger(period)) {
      if (signal.aborted) return null
      entries.push(...rows)
      onRows(entries.length)
    }
    return entries
  }

  return async function exportLedger(format: 'csv' | 'pdf', period: Period, progress: ExportProgress): Promise<NamedFile | null> {
    const timeZone = accounts.account?.time_zone ?? 'UTC'
    const entries = await readAll(period, progress)
    if (!entries) return null
    const name = `ledger-${period.from_day}-to-${period.to_day}.${format}`
    if (format === 'csv') {
      const { ledgerCsv } = await import('~~/business/services/billing/ledgerCsv.ts')
      return { name, type: 'text/csv;charset=utf-8', content: ledgerCsv(entries, timeZone) }
    }
    const { ledgerPdf } = await import('~~/business/services/billing/ledgerPdf.ts')
    return { name, type: 'application/pdf', content: await ledgerPdf(entries, period, timeZone, pdfWords()) as Uint8Array<ArrayBuffer> }
  }

  function pdfWords(): LedgerWords {
    const column = (name: string) => t(`billing.ledger.fields.${name}`)
    return {
      title: t('billing.export.title'),
      account: accounts.account?.name ?? '',
      columns: { time: column('date'), what: column('what'), change: column('change'), balance: column('balance') },
      nameOf: (entry) => t(`billing.ledger.kind.${entryName(entry)}`),
      durationOf: (seconds) => formatBalance(seconds),
      madeAt: currentTime().toISOString(),
    }
  }
}
