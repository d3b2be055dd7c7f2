import { useI18n } from 'vue-i18n'
import { useDeps } from '~/composables/useDeps'
import { currentTime } from '~/composables/useNow'
import { useAccountStore } from '~/stores/accountStore'
import type { ExportProgress } from '~/stores/tableExport'
import { dayOf, localOf } from '~~/business/models/localTime.ts'

/** Makes the archive of all that is known of one person. What writes it arrives with the first. */
export function usePersonExport() {
  const { t } = useI18n()
  const { calls, contacts, doNotCall } = useDeps()
  const accounts = useAccountStore()

  return async function personFile(contact_id: string, withRecordings: boolean, progress: ExportProgress) {
    const [{ exportPerson }, { writeZip }] = await Promise.all([import('~~/business/services/contacts/exportPerson.ts'), import('~~/business/services/zip.ts')])
    const today = dayOf(localOf(currentTime(), accounts.account?.time_zone ?? 'UTC'))
    const deps = { calls, contacts, doNotCall, pack: (files: Record<string, Blob>) => writeZip(files, 'application/zip') }
    const readme = t('contacts.person_file.readme', { account: accounts.account?.name ?? '', day: today })
    const content = await exportPerson(deps, { account_id: accounts.requireId(), contact_id, withRecordings, readme }, progress)
    return content && { name: `person-${contact_id.slice(0, 8)}-${today}.zip`, type: content.type, content }
  }
}
