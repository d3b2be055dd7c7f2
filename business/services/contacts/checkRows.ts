import { emailPattern, shortTextMax } from '../../models/contact.ts'
import type { CheckedRows, ColumnUse, FileRow, ImportField, ImportRow, RefusedRow, RowFault } from '../../models/import.ts'
import { readPhone, type CountryCode } from '../../models/phone.ts'
import { readRegion } from '../../models/region.ts'
import { readTimeZone, timeZoneOfCountry } from '../../models/timeZone.ts'

export interface CheckOptions {
  columns: string[]
  uses: ColumnUse[]
  /** For numbers without a country code. */
  country: CountryCode | null
  /** The answer to "Time zone for rows without one". */
  default_time_zone: string | null
}

type Complaint = Omit<RefusedRow, 'row'>

/**
 * Which rows can go in, and why the others cannot. The database asks the same questions again and decides; this answer
 * comes before anything is sent and names the row as the person's spreadsheet does.
 */
export function checkRows(rows: FileRow[], options: CheckOptions): CheckedRows {
  const checked: CheckedRows = { good: [], refused: [], without_zone_count: 0 }
  const rowOfPhone = new Map<string, number>()
  for (const row of rows) {
    const result = checkRow(row, options)
    const first_row = 'phone' in result ? rowOfPhone.get(result.phone) : undefined
    if (!('phone' in result)) checked.refused.push({ row: row.row, ...result })
    else if (first_row) checked.refused.push({ row: row.row, field: 'phone', code: 'duplicate', value: result.phone, first_row })
    else {
      rowOfPhone.set(result.phone, row.row)
      checked.good.push(result)
      if (!result.time_zone && !options.default_time_zone) checked.without_zone_count += 1
    }
  }
  return checked
}

/** The columns of the database are counted in characters, not in halves of an emoji. */
const lengthOf = (text: string) => Array.from(text).length

function checkRow(row: FileRow, options: CheckOptions): ImportRow | Complaint {
  const cell = (field: ImportField) => row.cells[options.uses.indexOf(field)] ?? ''
  if (row.has_broken_quotes) return refuse('row', 'quotes', row.cells.join(' ').slice(0, 80))
  const read = readPhone(cell('phone'), options.country)
  if ('fault' in read) return refuse('phone', read.fault, cell('phone'))
  const name = cell('name') || `${cell('first_name')} ${cell('last_name')}`.trim()
  if (lengthOf(name) > shortTextMax) return refuse('name', 'length', name)
  if (lengthOf(cell('company')) > shortTextMax) return refuse('company', 'length', cell('company'))
  const email = cell('email')
  if (email && !emailPattern.test(email)) return refuse('email', 'invalid_email', email)
  const zone = zoneOf(cell('time_zone'), read.country, options)
  if (!zone) return refuse('time_zone', 'unknown_time_zone', cell('time_zone'))
  const region = regionOf(cell('region'), read.country)
  if (region === null) return refuse('region', 'unknown_region', cell('region'))
  const attributes = attributesOf(row.cells, options)
  if (JSON.stringify(attributes).length > attributesMax) return refuse('attributes', 'shape', '')
  return { row: row.row, name, phone: read.phone, email, company: cell('company'), ...zone, ...region, attributes }
}

/** The database stops at 16,000 bytes as it stores them; in the worst case a character needs three. */
const attributesMax = 5_000

function refuse(field: string, code: RowFault, value: string): Complaint {
  return { field, code, value }
}

type Zone = Pick<ImportRow, 'time_zone' | 'time_zone_source'>

/** The file's word first, then the person's answer (which the database fills in), then the number's country; null: wrong. */
function zoneOf(written: string, country: string | null, { default_time_zone }: CheckOptions): Zone | null {
  if (written) {
    const time_zone = readTimeZone(written, country)
    return time_zone ? { time_zone } : null
  }
  if (default_time_zone) return { time_zone: null }
  const time_zone = zoneByCountry(country)
  return time_zone ? { time_zone, time_zone_source: 'number' } : { time_zone: null }
}

/**
 * What the file states beats the number. Where states have calling rules of their own a word nobody knows is refused, because the
 * number might say another state; elsewhere it is a part of a country whose rules are the same everywhere. Null: refused.
 */
function regionOf(written: string, country: string | null): Pick<ImportRow, 'region'> | null {
  if (!written) return {}
  const region = readRegion(written, country)
  if (region) return { region }
  return country === 'US' || country === 'CA' ? null : {}
}

const zones = new Map<string | null, string | null>()

function zoneByCountry(country: string | null): string | null {
  if (!zones.has(country)) zones.set(country, timeZoneOfCountry(country))
  return zones.get(country) ?? null
}

function attributesOf(cells: string[], { columns, uses }: CheckOptions): Record<string, string> {
  const kept = columns.map((column, index) => [column, cells[index] ?? ''] as const)
  return Object.fromEntries(kept.filter(([, value], index) => value !== '' && uses[index] === 'attribute'))
}
