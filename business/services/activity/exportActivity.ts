import { changesOf, type ActivityConditions, type ActivityLine } from '../../models/activity.ts'
import type { ActivityRepository } from '../../repositories/activityRepository.ts'
import { eachPage, type PageProgress } from '../eachPage.ts'
import type { TableFile } from '../tableFile.ts'

const columns = ['time', 'who', 'what', 'about', 'changes', 'ip', 'browser', 'request', 'id'] as const

export interface ActivityExportWords {
  columnOf: (name: (typeof columns)[number]) => string
  actorOf: (line: ActivityLine) => string
  textOf: (line: ActivityLine) => string
  changeOf: (change: ReturnType<typeof changesOf>[number]) => string
}

export interface ActivityExport { account_id: string, conditions: ActivityConditions, words: ActivityExportWords }

/** The lines that fit, as a file; null when it was stopped. Times are UTC, to the microsecond. */
export async function exportActivity(
  { activity, file }: { activity: Pick<ActivityRepository, 'search'>, file: TableFile }, { account_id, conditions, words }: ActivityExport, progress: PageProgress,
): Promise<Blob | null> {
  const cellsOf = (line: ActivityLine) => [line.created_at, words.actorOf(line), words.textOf(line), line.subject_name ?? line.subject_id ?? '',
    changesOf(line).map(words.changeOf).join('; '), line.ip ?? '', line.user_agent ?? '', line.request_id ?? '', String(line.id)]
  const isWhole = await eachPage((cursor) => activity.search(account_id, conditions, cursor, 1000), (rows) => file.add(rows.map(cellsOf)), progress)
  return isWhole ? file.finish(columns.map(words.columnOf)) : null
}
