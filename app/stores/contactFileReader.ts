import type { CheckedRows, ColumnUse } from '~~/business/models/import.ts'
import type { CheckOptions } from '~~/business/services/contacts/checkRows.ts'
import type { ParsedContactFile } from '~~/business/services/contacts/parseContactFile.ts'

export type ReaderRequest = { kind: 'read', bytes: ArrayBuffer } | { kind: 'check', options: CheckOptions }
export type ReaderAnswer = { parsed: ParsedContactFile, uses: ColumnUse[] } | { checked: CheckedRows }

/**
 * Reads and checks contact files in a worker of its own: fifty thousand rows are a second or two of work, during which
 * the page has to stay alive. The worker keeps the rows between the two steps.
 */
export function createContactFileReader() {
  const worker = new Worker(new URL('./contactFileWorker.ts', import.meta.url), { type: 'module' })

  function ask(request: ReaderRequest, transfer: Transferable[] = []): Promise<ReaderAnswer> {
    return new Promise((resolve, reject) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = ({ data }: MessageEvent<ReaderAnswer>) => {
        resolve(data)
        port1.close()
      }
      worker.onerror = (event) => reject(new Error(event.message))
      worker.postMessage(request, [port2, ...transfer])
    })
  }

  return {
    async read(bytes: ArrayBuffer) {
      return (await ask({ kind: 'read', bytes }, [bytes])) as Extract<ReaderAnswer, { parsed: unknown }>
    },
    async check(options: CheckOptions) {
      return ((await ask({ kind: 'check', options })) as Extract<ReaderAnswer, { checked: unknown }>).checked
    },
    close: () => worker.terminate(),
  }
}

export type ContactFileReader = ReturnType<typeof createContactFileReader>
