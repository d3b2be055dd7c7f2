import { useI18n } from 'vue-i18n'
import { formatDuration, formatNumber, formatPercent } from '~/utils/format'

/** Below it a change is rounded away. */
const least = 0.005

/** How a figure changed, in words: an arrow alone would not say whether more is better. Empty where there is nothing before it. */
export function useComparison() {
  const { t } = useI18n()
  const worded = (difference: number, amount: string) => t(difference > 0 ? 'reports.change.more' : 'reports.change.less', { amount })

  return {
    /** As a share of what it was. */
    amount(now: number | null, before: number | null): string {
      if (now === null || before === null) return ''
      if (before === 0) return now === 0 ? t('reports.change.same') : t('reports.change.none_before')
      const change = (now - before) / before
      return Math.abs(change) < least ? t('reports.change.same') : worded(change, formatPercent(Math.abs(change)))
    },
    /** A share, in points. */
    share(now: number | null, before: number | null): string {
      if (now === null || before === null) return ''
      const points = Math.round((now - before) * 100)
      return points === 0 ? t('reports.change.same') : worded(points, t('reports.change.points', { count: formatNumber(Math.abs(points)) }, Math.abs(points)))
    },
    /** Seconds. */
    time(now: number | null, before: number | null): string {
      if (now === null || before === null) return ''
      const seconds = Math.round(now - before)
      return seconds === 0 ? t('reports.change.same') : worded(seconds, formatDuration(Math.abs(seconds)))
    },
  }
}
