import { useI18n } from 'vue-i18n'
import { formatBalance, formatDuration, formatMoney, formatNumber } from '~/utils/format'
import { pauseReasons } from '~~/business/models/campaign.ts'
import type { Notice } from '~~/business/models/notice.ts'
import { usePauseText } from '~/components/campaigns/usePauseText'

/** What happened without anybody doing it, in words, with the way on. */
export function useNoticeText() {
  const { t } = useI18n()
  const pauseText = usePauseText()
  return ({ kind, details }: Pick<Notice, 'kind' | 'details'>): string => {
    const reason = pauseReasons.find((known) => known === kind)
    if (reason) return pauseText(reason, details)
    return t(`notices.text.${keyOf(kind, details)}`, {
      missing: (details.blockers ?? []).map(({ code }) => t(`campaigns.blockers.short.${code}`)).join(', '),
      left: formatDuration(details.spendable_seconds ?? 0),
      needed: formatDuration(details.needed_seconds ?? 0),
      balance: formatBalance(details.balance_seconds ?? 0),
      reason: details.reason ?? '',
      price: details.currency ? formatMoney(details.amount_cents ?? 0, details.currency) : '',
      ...countsOf(details),
    })
  }
}

/** How many people a campaign reached, of all whom it was done with, and how many rows of a file went where. */
function countsOf({ reached = 0, not_reached = 0, created = 0, updated = 0, refused = 0 }: Notice['details']) {
  const counts = { reached, people: reached + not_reached, created, updated, refused }
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, formatNumber(count)]))
}

/** Some refusals of the automatic top-up leave the person something else to do, and nothing is not "only" so much. */
function keyOf(kind: Notice['kind'], { code, level_seconds }: Notice['details']): string {
  if (kind === 'low_balance' && level_seconds === 0) return 'empty_balance'
  if (kind === 'provider_refused' && code === 'billing') return 'provider_refused_billing'
  return kind === 'auto_top_up_failed' && (code === 'monthly_limit' || code === 'authentication_required') ? `auto_top_up_${code}` : kind
}
