import { localesOf, type FormatStyle } from '../../models/formatStyle.ts'

/** An ISO time as mails say it, with the place whose clock it is: "Nov 28, 2026, 10:05 AM (New York)". */
export function formatMoment(iso: string, timeZone: string, style: FormatStyle): string {
  const time = new Intl.DateTimeFormat(localesOf[style].dates, { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))
  return `${time} (${timeZone.replace(/^.*\//, '').replaceAll('_', ' ')})`
}
