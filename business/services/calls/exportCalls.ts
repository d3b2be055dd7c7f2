import type { CallConditions } from '../../models/callFilter.ts'
import type { CallRecord } from '../../models/callRecord.ts'
import type { CallRepository } from '../../repositories/callRepository.ts'
import { eachPage, type PageProgress } from '../eachPage.ts'
import type { TableFile } from '../tableFile.ts'

interface Deps {
  calls: Pick<CallRepository, 'exportPage'>
  /** Empty, and open until every call is in. */
  file: TableFile
}

export interface CallExportWords {
  columnOf: (name: CallFileColumn) => string
  stateOf: (state: CallRecord['state']) => string
  outcomeOf: (outcome: NonNullable<CallRecord['outcome']>) => string
  dispositionOf: (disposition: NonNullable<CallRecord['disposition']>) => string
  sentimentOf: (sentiment: NonNullable<CallRecord['sentiment']>) => string
}

export interface CallExportTask {
  filter: CallConditions & { account_id: string }
  timeZone: string
  words: CallExportWords
}

type Cells = Record<string, (call: CallRecord, words: CallExportWords) => string>

/** The columns of the file, in its order. */
const cells = {
  contact: ({ contact_name }) => contact_name,
  phone: ({ phone }) => phone,
  campaign: ({ campaign_name }) => campaign_name ?? '',
  assistant: ({ assistant_name }) => assistant_name,
  attempt: ({ attempt_no }) => String(attempt_no),
  status: ({ state }, { stateOf }) => stateOf(state),
  outcome: ({ outcome }, { outcomeOf }) => (outcome ? outcomeOf(outcome) : ''),
  disposition: ({ disposition, own_disposition }, { dispositionOf }) => own_disposition ?? (disposition ? dispositionOf(disposition) : ''),
  sentiment: ({ sentiment }, { sentimentOf }) => (sentiment ? sentimentOf(sentiment) : ''),
  talk_seconds: ({ talk_seconds }) => String(talk_seconds),
  billed_seconds: ({ billed_seconds }) => String(billed_seconds ?? ''),
  ended: ({ ended_reason }) => ended_reason ?? '',
  id: ({ id }) => id,
} satisfies Cells
export type CallFileColumn = 'time' | keyof typeof cells

/** Every call that is meant, as a file, a thousand at a time; null when it was stopped. */
export async function exportCalls({ calls, file }: Deps, { filter, timeZone, words }: CallExportTask, progress: PageProgress): Promise<Blob | null> {
  // By the account's clock, as the log shows it, and so that a spreadsheet sorts it. Made once: making one takes longer than a row.
  const clock = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  const timeOf = ({ dialled_at, created_at }: CallRecord) => clock.format(new Date(dialled_at ?? created_at))
  const rowOf = (call: CallRecord) => [timeOf(call), ...Object.values<Cells[string]>(cells).map((cell) => cell(call, words))]
  const isWhole = await eachPage((cursor) => calls.exportPage(filter, cursor), (rows) => file.add(rows.map(rowOf)), progress)
  return isWhole ? file.finish((['time', ...Object.keys(cells)] as CallFileColumn[]).map(words.columnOf)) : null
}
