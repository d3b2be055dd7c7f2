import { emailPattern, shortTextMax } from '../../models/contact.ts'
import type { ColumnUse, FileRow, ImportField, ImportRow, RefusedRow, RowFault } from '../../models/contactFile.ts'
import { localeNamed } from '../../models/locale.ts'
import { readPhone, type CountryCode } from '../../models/phone.ts'
import { readRegion } from '../../models/region.ts'
import { readTimeZone, timeZoneOfCountry } from '../../models/timeZone.ts'
import { readConsentCells, type ConsentDefaults } from './consentCells.ts'

/** What the columns mean and what a person answered: with the file, all that decides what a row becomes. */
export interface ImportPlan {
  columns: string[]
  uses: ColumnUse[]
  /** For numbers without a country code. */
  country: CountryCode | null
  /** The answer to "Time zone for rows without one". */
  default_time_zone: string | null
  consent: ConsentDefaults
  /** The company's calendar day: nobody agreed to anything after it. */
  today: string
  /** Fields whose unreadable values are left out instead of keeping the row out. */
  emptied: ImportField[]
  /** Cells that were corrected by hand: by row, then by column. */
  fixes: Record<number, Record<number, string>>
}

export type Complaint = Omit<RefusedRow, 'row'>

/**
 * What a row becomes, or why it stays out. The database asks the same questions again and decides; this answer comes before anything is
 * sent and names the row as the person's spreadsheet does.
 */
export function judgeRow(row: FileRow, plan: ImportPlan): ImportRow | Complaint {
  const cells = fixedCells(row, plan)
  const blank = new Set<string>()
  const cell: Cell = (field) => (blank.has(field) ? '' : cells[plan.uses.indexOf(field)] ?? '')
  if (row.has_broken_quotes && !plan.fixes[row.row]) return refuse('row', 'quotes', row.cells.join(' ').slice(0, 80))
  const read = readPhone(cell('phone'), plan.country)
  if ('fault' in read) return refuse('phone', read.fault, cell('phone'))
  const good: ImportRow = { row: row.row, phone: read.phone, name: '', email: '', company: '', time_zone: null, attributes: {} }
  for (const readPart of parts) {
    let part = readPart(cell, read.country, plan)
    if (isComplaint(part) && plan.emptied.includes(part.field as ImportField)) {
      for (const field of part.field.startsWith('consent') ? consentFields : [part.field]) blank.add(field)
      part = readPart(cell, read.country, plan)
    }
    if (isComplaint(part)) return part
    Object.assign(good, part)
  }
  good.attributes = attributesOf(cells, plan, read.extension)
  return JSON.stringify(good.attributes).length > attributesMax ? refuse('attributes', 'shape', '') : good
}

type Cell = (field: ImportField) => string
type Part = (cell: Cell, country: string | null, plan: ImportPlan) => Partial<ImportRow> | Complaint

export const isComplaint = (judged: object): judged is Complaint => 'code' in judged

const refuse = (field: string, code: RowFault, value: string): Complaint => ({ field, code, value })

function fixedCells(row: FileRow, { fixes }: ImportPlan): string[] {
  const fixed = fixes[row.row]
  return fixed ? Array.from({ length: Math.max(row.cells.length, ...Object.keys(fixed).map((index) => Number(index) + 1)) }, (_, index) => fixed[index] ?? row.cells[index] ?? '') : row.cells
}

/** In the order in which complaints are made: a row shows its first. */
const parts: Part[] = [readNames, readEmail, readZone, readStatedRegion, readLocale, readConsent]

/** The database stops at 16,000 bytes as it stores them; in the worst case a character needs three. */
const attributesMax = 5_000

/** The columns of the database are counted in characters, not in halves of an emoji. */
const isLong = (text: string) => text.length > shortTextMax && Array.from(text).length > shortTextMax

function readNames(cell: Cell): ReturnType<Part> {
  const name = cell('name') || `${cell('first_name')} ${cell('last_name')}`.trim()
  if (isLong(name)) return refuse('name', 'length', name)
  if (isLong(cell('company'))) return refuse('company', 'length', cell('company'))
  if (isLong(cell('segment'))) return refuse('segment', 'length', cell('segment'))
  return { name, company: cell('company'), ...(cell('segment') && { segment: cell('segment') }) }
}

function readEmail(cell: Cell): ReturnType<Part> {
  const email = cell('email')
  return email && (!emailPattern.test(email) || email.length > 320) ? refuse('email', 'invalid_email', email) : { email }
}

/** The file's word first, then the person's answer (which the database fills in), then the number's country. */
function readZone(cell: Cell, country: string | null, { default_time_zone }: ImportPlan): ReturnType<Part> {
  const written = cell('time_zone')
  if (written) {
    const time_zone = zoneNamed(written, country)
    return time_zone ? { time_zone } : refuse('time_zone', 'unknown_time_zone', written)
  }
  const time_zone = default_time_zone ? null : zoneByCountry(country)
  return time_zone ? { time_zone, time_zone_source: 'number' } : { time_zone: null }
}

/**
 * What the file states beats the number. Where states have calling rules of their own a word nobody knows is refused, because the
 * number might say another state; elsewhere it is a part of a country whose rules are the same everywhere.
 */
function readStatedRegion(cell: Cell, country: string | null): ReturnType<Part> {
  const written = cell('region')
  if (!written) return {}
  const region = readRegion(written, country)
  if (region) return { region }
  return country === 'US' || country === 'CA' ? refuse('region', 'unknown_region', written) : {}
}

/** de, pt-BR, English: whatever names one language. */
function readLocale(cell: Cell): ReturnType<Part> {
  const written = cell('locale')
  if (!written) return {}
  const locale = localeNamed(written)
  return locale ? { locale } : refuse('locale', 'unknown_locale', written)
}

const consentFields: ImportField[] = ['consent_basis', 'consent_purposes', 'consent_channel', 'consent_given_at', 'consent_text', 'consent_evidence']

function readConsent(cell: Cell, _: string | null, { uses, consent: defaults, today }: ImportPlan): ReturnType<Part> {
  if (!uses.includes('consent_basis') && !uses.includes('consent_given_at')) return {}
  const read = readConsentCells({
    basis: cell('consent_basis'), purposes: cell('consent_purposes'), channel: cell('consent_channel'),
    given_at: cell('consent_given_at'), text: cell('consent_text'), evidence: cell('consent_evidence'),
  }, defaults, today)
  if ('fault' in read) return refuse(read.field, read.fault, read.value)
  return read.consent ? { consent: read.consent } : {}
}

const zones = new Map<string | null, string | null>()
const writtenZones = new Map<string, string | null>()

function zoneByCountry(country: string | null): string | null {
  if (!zones.has(country)) zones.set(country, timeZoneOfCountry(country))
  return zones.get(country) ?? null
}

/** A file of a hundred thousand rows has a handful of zones; looking one up costs more than remembering it. */
function zoneNamed(written: string, country: string | null): string | null {
  const key = `${country} ${written}`
  if (!writtenZones.has(key) && writtenZones.size < 5_000) writtenZones.set(key, readTimeZone(written, country))
  return writtenZones.get(key) ?? readTimeZone(written, country)
}

/** The extension of a number is kept as a further field: it cannot be dialled, but somebody may ask for it. */
function attributesOf(cells: string[], { columns, uses }: ImportPlan, extension: string): Record<string, string> {
  const attributes: Record<string, string> = extension ? { extension } : {}
  columns.forEach((column, index) => {
    const value = cells[index]
    if (value && uses[index] === 'attribute') attributes[column] = value
  })
  return attributes
}
