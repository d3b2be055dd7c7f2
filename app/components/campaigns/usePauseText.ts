import { useI18n } from 'vue-i18n'
import { useReasonText } from '~/components/calls/useReasonText'
import { formatNumber } from '~/utils/format'
import type { PauseDetails, PauseReason } from '~~/business/models/campaign.ts'

/** Says why a rule paused a campaign, with its figures, and what a person can do about it. */
export function usePauseText() {
  const { t } = useI18n()
  const reasonText = useReasonText()
  return (reason: PauseReason, { words = '', count = 0, of = 0, limit_percent = 0, budget_seconds = 0 }: PauseDetails): string =>
    t(`campaigns.wait.paused_by.${reason}`, {
      count: formatNumber(count),
      of: formatNumber(of),
      limit: limit_percent,
      minutes: formatNumber(Math.ceil(budget_seconds / 60)),
      reason: words && reasonText(words),
    })
}
