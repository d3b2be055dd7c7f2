import { askWorker } from './askWorker'
import type { TableFile, TableFormat } from '~~/business/services/tableFile.ts'

export type WriterRequest = { kind: 'open', format: TableFormat } | { kind: 'add', rows: string[][] } | { kind: 'finish', head: string[] }

/** Writes a table in a worker of its own, so that packing a million rows leaves the page alive. Close it, finished or not. */
export function createTableFileWriter(format: TableFormat): TableFile & { close(): void } {
  const worker = new Worker(new URL('./tableFileWorker.ts', import.meta.url), { type: 'module' })
  const opened = askWorker<null>(worker, { kind: 'open', format } satisfies WriterRequest)

  async function ask<T>(request: WriterRequest): Promise<T> {
    await opened
    return askWorker<T>(worker, request)
  }

  return {
    add: (rows) => ask({ kind: 'add', rows }),
    finish: (head) => ask({ kind: 'finish', head }),
    close: () => worker.terminate(),
  }
}
