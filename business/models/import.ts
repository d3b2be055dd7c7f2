import type { ConsentContent } from './consent.ts'

/** Where an import stands. Moved on by the database alone: pending → validating → running → completed | failed; failed → running. */
export const importStatuses = [
  /** Opened; nothing of it was tried. A closed tab leaves it here, and it can be gone on with. */
  'pending',
  /** Rows were tried without writing any. Left alone it stays so. */
  'validating',
  /** At least one chunk went in. A broken connection leaves it here; the chunks that are missing can be sent any time. */
  'running',
  /** Every chunk went in. It can be undone. */
  'completed',
  /** Somebody gave up, or it could not go on. What went in stays; another chunk makes it run again. */
  'failed',
] as const
export type ImportStatus = (typeof importStatuses)[number]

/** What becomes of rows whose number the account has already. only_update takes no new ones instead. */
export const duplicateRules = ['update', 'skip', 'refuse', 'only_update'] as const
export type DuplicateRule = (typeof duplicateRules)[number]

export interface ImportOptions {
  /** Everybody in the file is put into this static list and given these tags, also who was skipped. */
  list_id: string | null
  tag_ids: string[]
  default_country: string | null
  duplicates: DuplicateRule
  /** Completes the consents that rows bring themselves. */
  consent_defaults: Partial<ConsentContent> | null
}

/** What is said about a file before its rows go in. */
export interface NewImport {
  file_name: string
  /** SHA-256 of the file, 64 lower-case hexadecimal digits; '' when it was not reckoned. */
  file_hash?: string
  file_bytes?: number
  default_time_zone: string | null
  row_count: number
  /** What everybody in the file agreed to. */
  consent: ConsentContent | null
  /** Which column became what; kept as it is. */
  mapping?: object
  options?: Partial<ImportOptions>
}

export type ChangedImport = Partial<Pick<NewImport, 'default_time_zone' | 'row_count' | 'consent' | 'mapping' | 'options'>>

/** An earlier import of the same bytes of which something went in. */
export type SameFile = Pick<Import, 'id' | 'file_name' | 'status' | 'created_at' | 'row_count' | 'created_count' | 'updated_count' | 'refused_count' | 'undone_at'>

export interface OpenedImport {
  import_id: string
  same_file: SameFile | null
}

/** A contact file on its way in, or what became of it. */
export interface Import {
  id: string
  account_id: string
  file_name: string
  file_hash: string
  file_bytes: number
  mapping: object
  options: ImportOptions
  default_time_zone: string | null
  consent: ConsentContent | null
  status: ImportStatus
  row_count: number
  created_count: number
  updated_count: number
  unchanged_count: number
  skipped_count: number
  refused_count: number
  /** Of those that went in: on the do-not-call list, and without a time zone. */
  do_not_call_count: number
  no_time_zone_count: number
  /** Contacts that its undo took back. */
  undone_count: number
  created_by_name: string | null
  created_at: string
  finished_at: string | null
  failure_reason: string | null
  undone_at: string | null
  list_name: string | null
  chunks_done: number[]
}

export interface ImportPage {
  rows: Omit<Import, 'mapping' | 'list_name' | 'chunks_done'>[]
  next_cursor: unknown
}

/** A row that stayed out, by the database's word. */
export interface RefusedAnswer {
  row: number
  field: string
  code: string
  message: string
  /** The row as it was sent; null when it was larger than 16 kB. */
  content: Record<string, unknown> | null
}

export interface RefusedPage {
  rows: RefusedAnswer[]
  next_cursor: unknown
}

/** What a chunk would come to. do_not_call: would go in and never be called. */
export interface CheckedChunk {
  created: number
  updated: number
  unchanged: number
  skipped: number
  do_not_call: number
  no_time_zone: number
  refused: RefusedAnswer[]
}

/** What the database answered to one chunk; asked again it answers the same. contact_ids in the order of the rows. */
export interface ChunkAnswer extends CheckedChunk {
  contact_ids: string[]
}

export interface UndoneChunk {
  deleted: number
  kept: { called: number, enrolled: number, changed: number }
  next_cursor: unknown
}
