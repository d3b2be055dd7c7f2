import { useI18n } from 'vue-i18n'
import { formatNumber } from '~/utils/format'

/** How many contacts a command is about, and what came of it. */
export function useBulkWords() {
  const { t, te } = useI18n()
  return {
    howMany: (total: number | null) => (total === null ? t('contacts.bulk.many') : t('contacts.bulk.some', { count: formatNumber(total) }, total)),
    wordOf(name: string, count: number): string | null {
      const key = `contacts.bulk.result.${name}`
      return te(key) ? t(key, { count: formatNumber(count) }, count) : null
    },
  }
}
