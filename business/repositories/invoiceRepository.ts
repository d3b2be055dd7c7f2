import { AppError } from '../models/appError.ts'

export type InvoiceRepository = ReturnType<typeof createInvoiceRepository>

interface StorageAccess {
  url: string
  secretKey: string
}

const timeoutMs = 30_000

/** Invoices in their private bucket; the browser reads them through short signed URLs. */
export function createInvoiceRepository({ url, secretKey }: StorageAccess) {
  return {
    /** Stores a document that is not there yet. One that is stays as it was handed out. */
    async store(path: string, bytes: Uint8Array): Promise<void> {
      const answer = await fetch(`${url}/storage/v1/object/invoices/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secretKey}`, apikey: secretKey, 'content-type': 'application/pdf' },
        body: bytes as Uint8Array<ArrayBuffer>,
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((error: unknown) => {
        throw new AppError('unavailable', `The storage did not answer: ${error instanceof Error ? error.name : 'unknown'}`)
      })
      const body: unknown = await answer.json().catch(() => null)
      if (!answer.ok && !isThereAlready(answer.status, body)) throw new AppError('unavailable', `The storage answered HTTP ${answer.status}`)
    },
  }
}

/** Hosted Storage says so with HTTP 400 and a status of its own in the body, newer versions with 409. */
function isThereAlready(status: number, body: unknown): boolean {
  const { statusCode, error } = (body ?? {}) as { statusCode?: unknown, error?: unknown }
  return status === 409 || String(statusCode) === '409' || error === 'Duplicate'
}
