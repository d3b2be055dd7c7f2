import { useI18n } from 'vue-i18n'
import { formatDay, formatDuration, formatMicros, formatNumber, formatPercent, formatShortDay } from '~/utils/format'
import type { Period } from '~~/business/models/ledger.ts'
import type { ShortReport } from '~~/business/models/report.ts'
import type { ReportRange } from '~~/business/models/reportRange.ts'

/** How a report words its figures: on the page and in its files alike. */
export function useReportText() {
  const { t } = useI18n()

  const daysText = ({ from_day, to_day }: Period) =>
    (from_day === to_day ? formatDay(from_day) : `${from_day.slice(0, 4) === to_day.slice(0, 4) ? formatShortDay(from_day) : formatDay(from_day)} – ${formatDay(to_day)}`)

  /** Which days; with the first call's where they are all there are. */
  function rangeText({ days }: Pick<ReportRange, 'days'>, { first_day }: Pick<ShortReport, 'first_day'>): string {
    if (days) return daysText(days)
    return first_day ? t('reports.since', { day: formatDay(first_day) }) : t('reports.range.total')
  }

  /** What the figures are compared with; that there is nothing to compare them with is said, not shown as a rise. */
  function comparisonText({ before: days }: Pick<ReportRange, 'before'>, { before }: Pick<ShortReport, 'before'>): string {
    if (!days) return t('reports.compared.total')
    return t(before && before.calls_count > 0 ? 'reports.compared.with' : 'reports.compared.nothing', { days: daysText(days) })
  }

  const none = t('reports.none')

  return {
    daysText,
    rangeText,
    comparisonText,
    number: formatNumber,
    duration: formatDuration,
    money: (micros: number | null, currency: string | null) => (micros === null || currency === null ? none : formatMicros(micros, currency)),
    /** A share that has no whole is none at all. */
    percent: (share: number | null) => (share === null ? none : formatPercent(share)),
    average: (seconds: number | null) => (seconds === null ? none : formatDuration(Math.round(seconds))),
  }
}
