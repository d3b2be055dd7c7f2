import type { FileFacts, FileFault, FileRow, Reading } from '~~/business/models/contactFile.ts'
import type { JudgedChunk } from '~~/business/services/contacts/judgeFile.ts'
import type { ImportPlan } from '~~/business/services/contacts/judgeRow.ts'

export type ReaderRequest
  = | { kind: 'open', file: File, wish: Partial<Reading> }
    | { kind: 'start', plan: ImportPlan }
    | { kind: 'next' }
    | { kind: 'again', rows: FileRow[], plan: ImportPlan }

/** What the worker answers to each kind of request. */
export interface ReaderAnswers {
  open: FileFacts | { fault: FileFault }
  start: null
  next: JudgedChunk | null
  again: Omit<JudgedChunk, 'index'>
}

type Answer<K extends keyof ReaderAnswers> = { value: ReaderAnswers[K] } | { error: string }

/**
 * Reads and judges a contact file in a worker of its own, so that the page stays alive. The file is read again and again rather than
 * kept: a chunk of a thousand rows is all that is ever in memory.
 */
export function createContactFileReader() {
  const worker = new Worker(new URL('./contactFileWorker.ts', import.meta.url), { type: 'module' })

  function ask<K extends keyof ReaderAnswers>(request: Extract<ReaderRequest, { kind: K }>): Promise<ReaderAnswers[K]> {
    return new Promise((resolve, reject) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = ({ data }: MessageEvent<Answer<K>>) => {
        port1.close()
        if ('error' in data) reject(new Error(data.error))
        else resolve(data.value)
      }
      worker.onerror = (event) => reject(new Error(event.message))
      worker.postMessage(request, [port2])
    })
  }

  return {
    open: (file: File, wish: Partial<Reading>) => ask({ kind: 'open', file, wish }),
    /** Begins a new pass over the file; next answers its chunks one by one. */
    start: (plan: ImportPlan) => ask({ kind: 'start', plan }),
    next: () => ask({ kind: 'next' }),
    /** Judges rows again that a person corrected, beside those of the last pass. */
    again: (rows: FileRow[], plan: ImportPlan) => ask({ kind: 'again', rows, plan }),
    close: () => worker.terminate(),
  }
}

export type ContactFileReader = ReturnType<typeof createContactFileReader>
