import { askWorker } from './askWorker'
import type { FileFacts, FileFault, FileRow, Reading } from '~~/business/models/contactFile.ts'
import type { CountryCode } from '~~/business/models/phone.ts'
import type { JudgedChunk } from '~~/business/services/contacts/judgeFile.ts'
import type { ImportPlan } from '~~/business/services/contacts/judgeRow.ts'
import type { ReadNumbers } from '~~/business/services/contacts/readNumberFile.ts'

export type ReaderRequest
  = | { kind: 'open', file: File, wish: Partial<Reading> }
    | { kind: 'start', plan: ImportPlan }
    | { kind: 'next' }
    | { kind: 'again', rows: FileRow[], plan: ImportPlan }
    | { kind: 'numbers', file: File, country: CountryCode | null }

/** What the worker answers to each kind of request. */
export interface ReaderAnswers {
  open: FileFacts | { fault: FileFault }
  start: null
  next: JudgedChunk | null
  again: Omit<JudgedChunk, 'index'>
  numbers: ReadNumbers | { fault: FileFault }
}

/**
 * Reads and judges a contact file in a worker of its own, so that the page stays alive. The file is read again and again rather than
 * kept: a chunk of a thousand rows is all that is ever in memory.
 */
export function createContactFileReader() {
  const worker = new Worker(new URL('./contactFileWorker.ts', import.meta.url), { type: 'module' })
  const ask = <K extends keyof ReaderAnswers>(request: Extract<ReaderRequest, { kind: K }>) => askWorker<ReaderAnswers[K]>(worker, request)

  return {
    open: (file: File, wish: Partial<Reading>) => ask({ kind: 'open', file, wish }),
    /** Begins a new pass over the file; next answers its chunks one by one. */
    start: (plan: ImportPlan) => ask({ kind: 'start', plan }),
    next: () => ask({ kind: 'next' }),
    /** Judges rows again that a person corrected, beside those of the last pass. */
    again: (rows: FileRow[], plan: ImportPlan) => ask({ kind: 'again', rows, plan }),
    /** Only the numbers of a file, for the do-not-call list. */
    numbers: (file: File, country: CountryCode | null) => ask({ kind: 'numbers', file, country }),
    close: () => worker.terminate(),
  }
}

export type ContactFileReader = ReturnType<typeof createContactFileReader>
