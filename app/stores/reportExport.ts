import { askWorker } from './askWorker'
import type { ReportDocument } from '~~/business/services/reports/reportDocument.ts'

export type ReportFormat = 'pdf' | 'xlsx'
export interface ReportFileRequest { format: ReportFormat, document: ReportDocument }

/** A report as a file, written in a worker, so that packing it leaves the page alive; null when it was stopped. */
export async function writeReport(request: ReportFileRequest, signal: AbortSignal): Promise<Blob | null> {
  if (signal.aborted) return null
  const worker = new Worker(new URL('./reportWorker.ts', import.meta.url), { type: 'module' })
  try {
    const stopped = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }))
    return await Promise.race([askWorker<Blob>(worker, request), stopped])
  } finally {
    worker.terminate()
  }
}
