import type { ConsentContent } from './consent.ts'
import type { PhoneFault } from './phone.ts'

/** How much one file may hold; a larger list is split, so that a browser can check all of it before anything is sent. */
export const importLimits = { bytes: 20 * 1024 * 1024, rows: 50_000, columns: 200, chunk_rows: 1_000 } as const

/** What a column can become. first_name and last_name are put together as the name. */
export const importFields = ['phone', 'name', 'first_name', 'last_name', 'email', 'company', 'time_zone', 'region'] as const
export type ImportField = (typeof importFields)[number]

/** attribute: kept under the column's name, for placeholders such as {city}. ignore: left out. */
export type ColumnUse = ImportField | 'attribute' | 'ignore'

/** Why a file cannot be read at all. */
export type FileFault
  = | 'empty'
    | 'too_large'
    | 'too_many_rows'
    | 'too_many_columns'
  /** An Excel or Numbers workbook, which has to be saved as CSV first. */
    | 'workbook'
  /** A picture, a PDF or other bytes that are no text. */
    | 'binary'
  /** Text, but not in UTF-8 or UTF-16. */
    | 'encoding'
    | 'only_header'

export interface FileRow {
  /** As a spreadsheet counts: the header is row 1, blank rows count. */
  row: number
  cells: string[]
  /** Its quotation marks do not pair, so where its cells end is a guess. */
  has_broken_quotes?: boolean
}

/** A table of text as it came out of a file, before anybody decided what it means. */
export interface ContactFile {
  columns: string[]
  rows: FileRow[]
  delimiter: string
}

/** Why one row stays out while the others go in. */
export type RowFault
  = | PhoneFault
    | 'duplicate'
    | 'invalid_email'
    | 'unknown_time_zone'
    | 'unknown_region'
    | 'length'
    | 'shape'
    | 'quotes'

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
  attributes: Record<string, string>
}

export interface RefusedRow {
  row: number
  field: string
  code: RowFault
  value: string
  /** Of a duplicate: the row that has the number already. */
  first_row?: number
}

/** What would happen if the file went in now. */
export interface CheckedRows {
  good: ImportRow[]
  refused: RefusedRow[]
  /** Good rows that nobody can call until their zone is known. */
  without_zone_count: number
}

/** The columns that a download of refused rows adds. A format, not a text: a corrected file is read again without them. */
export const refusedColumns = ['Row in your file', 'Why it was refused']

/** What is said about a file before its rows go in. */
export interface NewImport {
  file_name: string
  default_time_zone: string | null
  row_count: number
  consent: ConsentContent | null
}

/** What the database answered to one chunk; asked again it answers the same. */
export interface ChunkAnswer {
  created: number
  updated: number
  unchanged: number
  refused: { row: number, field: string, code: string, message: string }[]
  contact_ids: string[]
}

export interface ImportTotals {
  created: number
  updated: number
  unchanged: number
  refused: RefusedRow[]
  contact_ids: string[]
}
