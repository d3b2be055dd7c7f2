import { getFormatFromId, isDateFormat } from 'numfmt'

/** How a workbook shows a number: as it is, as a moment, or with zeros in front to a fixed length. */
export type NumberFormat = 'plain' | 'moment' | { digits: number }

/** The format of a cell by the workbook's own code, else by the number under which every spreadsheet knows it. */
export function numberFormat(id: number, code = getFormatFromId(id)): NumberFormat {
  if (/^0{2,}$/.test(code)) return { digits: code.length }
  return isDateFormat(code) ? 'moment' : 'plain'
}

/**
 * A number as its sheet shows it, but never shortened: spreadsheets keep 15 digits, so a phone number that shows as 1.5E+10 is whole
 * inside. A moment becomes 2026-11-21, 2026-11-21 09:30 or 09:30. This is why no library formats it.
 */
export function shownNumber(written: string, format: NumberFormat, is1904: boolean): string {
  const value = Number(written)
  if (!Number.isFinite(value)) return written
  if (format === 'moment') return shownMoment(value + (is1904 && value >= 1 ? daysTo1904 : 0))
  const plain = Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(Number(value.toPrecision(15)))
  return typeof format === 'object' && /^\d+$/.test(plain) ? plain.padStart(format.digits, '0') : plain
}

const daysTo1904 = 1462
/** Day 0 of spreadsheets. They believe in a 29 February 1900, so this is right from March 1900 on. */
const dayZero = Date.UTC(1899, 11, 30)

function shownMoment(days: number): string {
  if (days < 0 || days > 2_958_466) return String(days)
  const at = new Date(dayZero + Math.round(days * 86_400) * 1000).toISOString()
  const [day, time] = [at.slice(0, 10), at.slice(11, 16)]
  if (days < 1) return time
  return time === '00:00' ? day : `${day} ${time}`
}
