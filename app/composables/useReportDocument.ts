import { useI18n } from 'vue-i18n'
import { currentTime } from '~/composables/useNow'
import { useAccountStore } from '~/stores/accountStore'
import { formatExact, formatHour } from '~/utils/format'
import type { ListFigures, Report } from '~~/business/models/report.ts'
import type { ReportRange } from '~~/business/models/reportRange.ts'
import { reportSections, type ReportDocument, type ReportWords } from '~~/business/services/reports/reportDocument.ts'
import { useReportText } from './useReportText'

export interface ReportOfRange { report: Report, range: ReportRange, lists: ListFigures[], timeZone: string }

/** A report in words, for its files: the numbers of the page, and when, for whom and of which days they are. */
export function useReportDocument() {
  const { t } = useI18n()
  const accounts = useAccountStore()
  const text = useReportText()

  const wordsOf = (currency: string | null): ReportWords => ({
    ...text,
    say: (key, facts = {}) => t(`reports.${key}`, facts),
    outcomeOf: (outcome) => t(`calls.outcome.${outcome}`),
    dayOfWeek: (weekday) => t(`campaigns.day.${weekday}`),
    spanOf: ({ from_day, until_day, hour }) => {
      const days = text.daysText({ from_day, to_day: until_day })
      return hour === null ? days : `${days}, ${formatHour(hour)}`
    },
    weekOf: (from_day, to_day) => text.daysText({ from_day, to_day }),
    money: (micros) => text.money(micros, currency),
  })

  return function documentOf({ report, range, lists, timeZone }: ReportOfRange): ReportDocument {
    const [account, made] = [accounts.account?.name ?? '', currentTime().toISOString()]
    const line = (name: string, value: string): [string, string] => [t(`reports.export.${name}`), value]
    return {
      title: t('reports.export.title'),
      author: account,
      made_at: made,
      facts: [
        line('account', account),
        line('days', `${text.rangeText(range, report)} (${timeZone})`),
        ...(range.before ? [line('compared', text.daysText(range.before))] : []),
        line('counted', t('reports.description')),
        line('made', formatExact(made, timeZone)),
      ],
      sections: reportSections({ report, lists }, wordsOf(report.currency)),
      pageText: t('reports.export.page', { page: '{page}', pages: '{pages}' }),
    }
  }
}
