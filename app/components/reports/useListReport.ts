import { useQuery } from '@pinia/colada'
import { useAccountStore } from '~/stores/accountStore'
import { useReportStore } from '~/stores/reportStore'
import type { ReportRange } from '~~/business/models/reportRange.ts'

/** The calls to the people of lists in a range. */
export function useListReport(range: () => ReportRange) {
  const accounts = useAccountStore()
  const store = useReportStore()
  return useQuery({
    key: () => ['reports', accounts.currentId ?? '', 'lists', range().days?.from_day ?? '', range().days?.to_day ?? ''],
    query: () => store.getLists(range()),
  })
}
