import type { ConsentContent } from './consent.ts'
import type { PhoneFault } from './phone.ts'

/**
 * A file of contacts before anybody decided what it means: a table of text, and how it was read. Nothing here is stored; what goes in is
 * an ImportRow.
 */

/** What one file may hold. A larger list is split; it is refused before a single byte of it is read. */
export const fileLimits = { bytes: 250 * 1024 * 1024, rows: 1_048_576, columns: 200, sheet_bytes: 2 * 1024 * 1024 * 1024 } as const

/** Rows that go over the wire at once; a chunk is also what a broken import goes on after. */
export const chunkRows = 1_000

/** What a column can become. first_name and last_name are put together as the name. */
export const importFields = [
  'phone', 'name', 'first_name', 'last_name', 'email', 'company', 'time_zone', 'region', 'locale', 'segment',
  'consent_basis', 'consent_purposes', 'consent_channel', 'consent_given_at', 'consent_text', 'consent_evidence',
] as const
export type ImportField = (typeof importFields)[number]

/** attribute: kept under the column's name, for placeholders such as {city}. ignore: left out. */
export type ColumnUse = ImportField | 'attribute' | 'ignore'

/** Why a file cannot be read at all. */
export type FileFault
  = | 'empty'
    | 'too_large'
    | 'too_many_rows'
    | 'too_many_columns'
  /** An old or locked Excel file, or one of Numbers or OpenOffice. */
    | 'other_workbook'
  /** A workbook that is cut off or damaged. */
    | 'broken_workbook'
  /** A picture, a PDF or other bytes that are no text. */
    | 'binary'
    | 'only_header'

export const fileEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'windows-1250', 'windows-1251', 'macintosh'] as const
export type FileEncoding = (typeof fileEncodings)[number]

export const fileDelimiters = [',', ';', '\t', '|', '^', '~', '\u001f'] as const

/** How a file is read. Found out from the file itself; a person who sees that it went wrong says it better. */
export interface Reading {
  kind: 'csv' | 'xlsx'
  encoding: FileEncoding
  delimiter: string
  newline: '\n' | '\r'
  /** The place of the sheet in the workbook. */
  sheet: number
  has_header: boolean
}

export interface FileRow {
  /** As a spreadsheet counts: the header is row 1, blank rows count. */
  row: number
  cells: string[]
  /** Its quotation marks do not pair, so where its cells end is a guess. */
  has_broken_quotes?: boolean
}

/** What is known of a file once it was read to its end. */
export interface FileFacts {
  name: string
  bytes: number
  /** Tells the same file again: SHA-256 over the SHA-256 of each of its pieces of 8 MB, so that no file has to be held whole. */
  hash: string
  reading: Reading
  /** Of a workbook; hidden sheets are among them. */
  sheets: string[]
  columns: string[]
  rows_count: number
  /** Up to three different values of each column. */
  samples: string[][]
  /** What the columns are by their names and values. */
  uses: ColumnUse[]
}

/** Why one row stays out while the others go in. */
export type RowFault
  = | PhoneFault
    | 'duplicate'
    | 'invalid_email'
    | 'unknown_time_zone'
    | 'unknown_region'
    | 'unknown_locale'
    | 'unknown_consent'
    | 'unclear_date'
    | 'length'
    | 'shape'
    | 'quotes'

/** One row as the database takes it. */
export interface ImportRow {
  row: number
  name: string
  phone: string
  email: string
  company: string
  time_zone: string | null
  /** The zone was read off the number's country, because neither the file nor the person said one. */
  time_zone_source?: 'number'
  /** Stated by the file; left out, the number's counts. */
  region?: string
  locale?: string
  segment?: string
  attributes: Record<string, string>
  /** What this person agreed to; whatever it leaves out, the import's consent_defaults say. */
  consent?: Partial<ConsentContent>
}

/** A row that was refused before it was sent: kept with the other refused rows, so that one file of them can be made later. */
export interface SentRefusal {
  row: number
  fault: { field: string, code: string, first_row?: number }
  /** The row as it stands in the file. */
  cells: string[]
}

export interface RefusedRow {
  row: number
  /** What is at fault: a field, 'attributes', or 'row' where the whole row is. */
  field: string
  code: RowFault
  value: string
  /** Of a duplicate: the row that has the number already. */
  first_row?: number
}

/** The columns that a download of refused rows adds. A format, not a text: a corrected file is read again without them. */
export const refusedColumns = ['Row in your file', 'Why it was refused']
