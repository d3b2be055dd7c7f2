import { accountParts, partFile, type AccountPartPage } from '../models/accountExport.ts'
import { AppError } from '../models/appError.ts'
import type { AccountRepository } from '../repositories/accountRepository.ts'
import type { CallRepository } from '../repositories/callRepository.ts'
import { byteOrderMark, csvLines } from './csv.ts'
import type { ZipFile } from './zip.ts'

interface Deps {
  accounts: Pick<AccountRepository, 'exportPart'>
  calls: Pick<CallRepository, 'fetchRecording'>
  archive: Pick<ZipFile, 'add'>
}

export interface AccountExportTask {
  account_id: string
  withRecordings: boolean
  /** What stands in README.txt: what each file is. */
  readme: string
}

export interface AccountExportProgress {
  signal: AbortSignal
  onRows: (count: number) => void
}

interface Export extends Deps {
  task: AccountExportTask
  signal: AbortSignal
  count: (rows: number) => void
}

/**
 * An account as its owner takes it along, a file for each part that has rows, a page of it at a time. Breaks off with the signal's reason.
 * Recordings that the storage does not give (a rule may delete one meanwhile) are named in recordings/missing.txt.
 */
export async function exportAccount(deps: Deps, task: AccountExportTask, { signal, onRows }: AccountExportProgress): Promise<void> {
  let total = 0
  const given: Export = { ...deps, task, signal, count: (rows) => onRows(total += rows) }
  await given.archive.add('README.txt', new Blob([task.readme.replaceAll('\n', '\r\n')]).stream())
  for (const entry of accountParts) {
    const first = await pageOf(given, entry.part, null)
    if (first.rows.length > 0) await given.archive.add(partFile(entry), streamOf(given, entry, first))
  }
  if (task.withRecordings) await addRecordings(given)
}

async function pageOf({ accounts, task, signal, count }: Export, part: string, cursor: unknown): Promise<AccountPartPage> {
  signal.throwIfAborted()
  const page = await accounts.exportPart(task.account_id, part, cursor)
  signal.throwIfAborted()
  count(page.rows.length)
  return page
}

/** The next page is asked for when the last one is packed. */
function streamOf(given: Export, { part, format }: (typeof accountParts)[number], first: AccountPartPage): ReadableStream<Uint8Array> {
  const columns = Object.keys(first.rows[0] ?? {})
  const written = (page: AccountPartPage) => (format === 'lines'
    ? page.rows.map((row) => `${JSON.stringify(row)}\n`).join('')
    : `${csvLines(page.rows.map((row) => columns.map((column) => cellOf(row[column]))))}\r\n`)
  const encoder = new TextEncoder()
  let page: AccountPartPage | null = first
  return new ReadableStream({
    start(controller) {
      if (format === 'table') controller.enqueue(encoder.encode(`${byteOrderMark}${csvLines([columns])}\r\n`))
    },
    async pull(controller) {
      if (!page) return controller.close()
      if (page.rows.length > 0) controller.enqueue(encoder.encode(written(page)))
      page = page.next_cursor === null ? null : await pageOf(given, part, page.next_cursor)
      if (!page) controller.close()
    },
  }, { highWaterMark: 0 })
}

const cellOf = (value: unknown): string => (value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value as string))

async function addRecordings(given: Export): Promise<void> {
  const missing: string[] = []
  let cursor: unknown = null
  do {
    const page = await pageOf(given, 'recordings', cursor)
    for (const { recording_path } of page.rows) {
      const path = String(recording_path)
      const recording = await fetched(given, path)
      if (recording) await given.archive.add(`recordings/${path.split('/').at(-1)}`, recording.stream())
      else missing.push(path)
    }
    cursor = page.next_cursor
  } while (cursor !== null)
  if (missing.length > 0) await given.archive.add('recordings/missing.txt', new Blob([missing.join('\r\n')]).stream())
}

/** null when the storage has none. */
async function fetched({ calls, signal }: Export, path: string): Promise<Blob | null> {
  try {
    return await calls.fetchRecording(path, signal)
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}
