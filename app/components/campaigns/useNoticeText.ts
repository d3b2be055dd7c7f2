import { useI18n } from 'vue-i18n'
import { formatDuration } from '~/utils/format'
import { pauseReasons } from '~~/business/models/campaign.ts'
import type { Notice } from '~~/business/models/notice.ts'
import { usePauseText } from './usePauseText'

/** What happened without anybody doing it, in words, with the way on. */
export function useNoticeText() {
  const { t } = useI18n()
  const pauseText = usePauseText()
  return ({ kind, details }: Notice): string => {
    const reason = pauseReasons.find((known) => known === kind)
    if (reason) return pauseText(reason, details)
    const missing = (details.blockers ?? []).map(({ code }) => t(`campaigns.blockers.short.${code}`)).join(', ')
    return t(`campaigns.notice.${kind}`, { missing, left: formatDuration(details.spendable_seconds ?? 0), needed: formatDuration(details.needed_seconds ?? 0) })
  }
}
