import type { LedgerEntry } from '../../models/ledger.ts'
import { localOf } from '../../models/localTime.ts'
import { toCsv } from '../csv.ts'

const columns = ['number', 'time', 'time_utc', 'kind', 'change_seconds', 'balance_seconds', 'price', 'campaign', 'note', 'call_id', 'order_id']

/** The movements as they are posted, in seconds and whole units of the currency, so that a spreadsheet adds them up; times also in the account's zone. */
export function ledgerCsv(entries: LedgerEntry[], timeZone: string): string {
  return toCsv([columns, ...entries.map((entry) => cellsOf(entry, timeZone))])
}

function cellsOf(entry: LedgerEntry, timeZone: string): string[] {
  const { account_version, created_at, kind, delta_seconds, balance_after, price_micros, campaign_name, note, call_id, order_id } = entry
  return [
    String(account_version),
    localOf(created_at, timeZone).replace('T', ' '),
    new Date(created_at).toISOString(),
    kind,
    String(delta_seconds),
    String(balance_after),
    price_micros === null ? '' : (price_micros / 1_000_000).toFixed(6),
    campaign_name ?? '',
    note ?? '',
    call_id ?? '',
    order_id ?? '',
  ]
}
