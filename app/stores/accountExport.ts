import { useI18n } from 'vue-i18n'
import { useDeps } from '~/composables/useDeps'
import { currentTime } from '~/composables/useNow'
import { useAccountStore } from '~/stores/accountStore'
import type { ExportProgress } from '~/stores/tableExport'
import { openSavedFile } from '~/utils/saveFile'
import { accountParts, partFile } from '~~/business/models/accountExport.ts'
import { dayOf, localOf } from '~~/business/models/localTime.ts'

const type = 'application/zip'

/** Writes all that the account has into one archive. What writes it arrives with the first. */
export function useAccountExport() {
  const { t } = useI18n()
  const { accounts: repository, calls } = useDeps()
  const accounts = useAccountStore()

  function readme(day: string): string {
    const files = accountParts.map((entry) => `${partFile(entry).padEnd(26)}${t(`account_page.export.parts.${entry.part}`)}`)
    return [t('account_page.export.readme', { account: accounts.account?.name ?? '', day }), '', ...files,
      `${'recordings/'.padEnd(26)}${t('account_page.export.parts.recordings')}`, ''].join('\n')
  }

  /** null when somebody stopped it, or chose no file. */
  return async function accountFile(withRecordings: boolean, progress: ExportProgress) {
    const day = dayOf(localOf(currentTime(), accounts.account?.time_zone ?? 'UTC'))
    const name = `account-${day}.zip`
    let target: WritableStream<Uint8Array> | null = null
    try {
      // First: a browser asks for a file only right after a click.
      target = await openSavedFile(name)
      const [{ exportAccount }, { openZip }] = await Promise.all([import('~~/business/services/exportAccount.ts'), import('~~/business/services/zip.ts')])
      const archive = openZip(type, target)
      await exportAccount({ accounts: repository, calls, archive }, { account_id: accounts.requireId(), withRecordings, readme: readme(day) }, progress)
      const content = await archive.finish()
      return content ? { name, type, content } : { name, content: null }
    } catch (error) {
      // What was written so far is no archive: the browser throws it away.
      await target?.abort().catch(() => undefined)
      if (progress.signal.aborted || (error instanceof DOMException && error.name === 'AbortError')) return null
      throw error
    }
  }
}
