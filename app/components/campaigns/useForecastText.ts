import { useI18n } from 'vue-i18n'
import { formatDateTime, formatMicros, formatNumber } from '~/utils/format'
import type { ForecastFacts, ForecastFigures, ForecastRange } from '~~/business/models/forecast.ts'

const quarter = 15 * 60

/** Words for the likely and the most of something; one word where the two are the same. */
export function useForecastText() {
  const { t } = useI18n()

  function rangeOf(likely: string, most: string): string {
    return likely === most ? likely : t('forecast.range', { likely, most })
  }
  const range = ({ p50, p90 }: ForecastRange, format = formatNumber) => rangeOf(format(Math.round(p50)), format(Math.round(p90)))
  const minutesRange = ({ p50, p90 }: ForecastRange) => range({ p50: Math.ceil(p50 / 60), p90: Math.ceil(p90 / 60) })
  const moneyRange = (micros: ForecastRange, currency: string) => range(micros, (value) => formatMicros(value, currency))

  /** From the likely to the latest end, by the clock of the campaign's zone; to the minute nobody knows it. */
  function finishLines({ finishes_at: { p50, p90 }, end }: ForecastFigures, facts: ForecastFacts): string[] {
    const momentOf = (at: number) => formatDateTime(new Date(Math.ceil(at / quarter) * quarter * 1000).toISOString(), facts.time_zone)
    const unknown = end === 'beyond' || end === 'finished'
      ? t('forecast.finish.beyond', { at: formatDateTime(facts.until, facts.time_zone) })
      : t('forecast.finish.never')
    if (p50 === null) return [unknown]
    const latest = p90 === null ? unknown : momentOf(p90)
    return latest === momentOf(p50) ? [latest] : [momentOf(p50), latest]
  }

  /** The same on one line, where it is long ago what was known then. */
  function endRange({ finishes_at: { p50, p90 } }: Pick<ForecastFigures, 'finishes_at'>, zone: string): string {
    const momentOf = (at: number | null) => (at === null ? t('forecast.finish.never') : formatDateTime(new Date(Math.ceil(at / quarter) * quarter * 1000).toISOString(), zone))
    return rangeOf(momentOf(p50), momentOf(p90))
  }

  return { range, minutesRange, moneyRange, finishLines, endRange }
}
