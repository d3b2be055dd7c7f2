import { attributeOf, tagsOf } from './workbookXml.ts'

/** How a workbook shows a number: as it is, as a moment, or with zeros in front to a fixed length. */
export type NumberFormat = 'plain' | 'moment' | { digits: number }

/** The format of each cell style, in the order by which cells name them. */
export function readFormats(styles: string): NumberFormat[] {
  const codes = new Map(tagsOf(styles, 'numFmt').map((tag) => [Number(attributeOf(tag, 'numFmtId')), attributeOf(tag, 'formatCode') ?? '']))
  const cells = /<(?:\w+:)?cellXfs[\s\S]*?<\/(?:\w+:)?cellXfs>/.exec(styles)?.[0] ?? ''
  return tagsOf(cells, 'xf').map((tag) => {
    const id = Number(attributeOf(tag, 'numFmtId') ?? 0)
    return isBuiltInMoment(id) ? 'moment' : formatOf(codes.get(id) ?? '')
  })
}

/** The formats every spreadsheet knows by number: dates and times, also those of East Asia. */
const isBuiltInMoment = (id: number) => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

function formatOf(code: string): NumberFormat {
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '')
  if (/^0{2,}$/.test(bare)) return { digits: bare.length }
  return /[ymdhs]/i.test(bare) && !/general/i.test(bare) ? 'moment' : 'plain'
}

/**
 * A number as its sheet shows it, but never shortened: spreadsheets keep 15 digits, so a phone number that shows as 1.5E+10 is whole
 * inside. A moment becomes 2026-11-21, 2026-11-21 09:30 or 09:30.
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
