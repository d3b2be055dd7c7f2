import type { ListedNumber, OptOutSource } from '../../models/doNotCall.ts'
import type { DoNotCallRepository } from '../../repositories/doNotCallRepository.ts'
import { eachPage, type PageProgress } from '../eachPage.ts'
import type { TableFile } from '../tableFile.ts'

export interface ListExportWords {
  columnOf: (name: (typeof columns)[number]) => string
  sourceOf: (source: OptOutSource) => string
}

const columns = ['phone', 'name', 'source', 'reason', 'since', 'by'] as const

/** The whole do-not-call list as a file; null when it was stopped. */
export async function exportDoNotCall(
  { doNotCall, file }: { doNotCall: Pick<DoNotCallRepository, 'exportPage'>, file: TableFile },
  { account_id, words }: { account_id: string, words: ListExportWords },
  progress: PageProgress,
): Promise<Blob | null> {
  const cellsOf = ({ phone, contact_name, source, reason, created_at, created_by_name }: ListedNumber) =>
    [phone, contact_name ?? '', words.sourceOf(source), reason, created_at, created_by_name ?? '']
  const isWhole = await eachPage((cursor) => doNotCall.exportPage(account_id, cursor), (rows) => file.add(rows.map(cellsOf)), progress)
  return isWhole ? file.finish(columns.map(words.columnOf)) : null
}
