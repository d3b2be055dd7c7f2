import { useI18n } from 'vue-i18n'
import { useDeps } from '~/composables/useDeps'
import { currentTime } from '~/composables/useNow'
import { useAccountStore } from '~/stores/accountStore'
import type { NamedFile } from '~/utils/downloadText'
import type { ActivityConditions } from '~~/business/models/activity.ts'
import type { CallConditions } from '~~/business/models/callFilter.ts'
import type { ContactSelection } from '~~/business/models/contact.ts'
import type { OptOutSource } from '~~/business/models/doNotCall.ts'
import { dayOf, localOf } from '~~/business/models/localTime.ts'
import type { ActivityExportWords } from '~~/business/services/activity/exportActivity.ts'
import type { TableFile, TableFormat } from '~~/business/services/tableFile.ts'

export interface ExportProgress {
  signal: AbortSignal
  onRows: (count: number) => void
}

/** Answers a file, or null when it was stopped. */
export type MakeTable = (format: TableFormat, progress: ExportProgress) => Promise<NamedFile | null>

/** Makes files of contacts, of calls, of the do-not-call list and of the activity. What writes them arrives with the first export. */
export function useTableExport() {
  const { t } = useI18n()
  const { activity, calls, contacts, doNotCall } = useDeps()
  const accounts = useAccountStore()

  /** A file of the worker that writes it; the worker goes with its last byte, or when it was stopped or failed. */
  async function written(noun: string, format: TableFormat, write: (file: TableFile) => Promise<Blob | null>) {
    const { createTableFileWriter } = await import('./tableFileWriter')
    const file = createTableFileWriter(format)
    try {
      const content = await write(file)
      const today = dayOf(localOf(currentTime(), accounts.account?.time_zone ?? 'UTC'))
      return content && { name: `${noun}-${today}.${format}`, type: content.type, content }
    } finally {
      file.close()
    }
  }

  const columnOf = (name: string) => t(`contacts.fields.${name}`)

  return {
    async activity(conditions: ActivityConditions, words: ActivityExportWords, format: TableFormat, progress: ExportProgress) {
      const { exportActivity } = await import('~~/business/services/activity/exportActivity.ts')
      return written('activity', format, (file) => exportActivity({ activity, file }, { account_id: accounts.requireId(), conditions, words }, progress))
    },
    async contacts(selection: ContactSelection, format: TableFormat, progress: ExportProgress) {
      const { exportContacts } = await import('~~/business/services/contacts/exportContacts.ts')
      const words = { columnOf, statusOf: (status: string) => t(`contacts.status.${status}`) }
      return written('contacts', format, (file) => exportContacts({ contacts, file }, { selection, words }, progress))
    },
    async calls(conditions: CallConditions, format: TableFormat, progress: ExportProgress) {
      const { exportCalls } = await import('~~/business/services/calls/exportCalls.ts')
      const words = {
        columnOf: (name: string) => t(`calls.fields.${name}`),
        stateOf: (state: string) => t(`calls.state.${state}`),
        outcomeOf: (outcome: string) => t(`calls.outcome.${outcome}`),
        dispositionOf: (disposition: string) => t(`calls.disposition.${disposition}`),
        sentimentOf: (sentiment: string) => t(`calls.sentiment.${sentiment}`),
      }
      const task = { filter: { ...conditions, account_id: accounts.requireId() }, timeZone: accounts.account?.time_zone ?? 'UTC', words }
      return written('calls', format, (file) => exportCalls({ calls, file }, task, progress))
    },
    async doNotCall(format: TableFormat, progress: ExportProgress) {
      const { exportDoNotCall } = await import('~~/business/services/contacts/exportDoNotCall.ts')
      const words = {
        columnOf: (name: string) => (name === 'phone' || name === 'name' ? columnOf(name) : t(`contacts.do_not_call.fields.${name}`)),
        sourceOf: (source: OptOutSource) => t(`contacts.do_not_call.source.${source}`),
      }
      return written('do-not-call', format, (file) => exportDoNotCall({ doNotCall, file }, { account_id: accounts.requireId(), words }, progress))
    },
  }
}
