import { localesOf, type FormatStyle } from '../../models/formatStyle.ts'

/** As documents and mails write it: $30.00. The currency says how many decimals it has; amounts are in its smallest unit. */
export function amountOf(amount_cents: number, currency: string, style: FormatStyle = 'american'): string {
  const format = new Intl.NumberFormat(localesOf[style].numbers, { style: 'currency', currency })
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount_cents / 10 ** decimals)
}

/** Seconds that are no whole minutes are told, too: 187:30. */
export function minutesOf(seconds: number, style: FormatStyle = 'american'): string {
  const rest = seconds % 60
  const minutes = new Intl.NumberFormat(localesOf[style].numbers).format(Math.floor(seconds / 60))
  return rest === 0 ? minutes : `${minutes}:${String(rest).padStart(2, '0')}`
}
