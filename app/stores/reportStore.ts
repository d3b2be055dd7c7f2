import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useAccountStore } from '~/stores/accountStore'
import type { ReportRange } from '~~/business/models/reportRange.ts'

/** What the calls of the current account came to. */
export const useReportStore = defineStore('report', () => {
  const { reports } = useDeps()
  const accounts = useAccountStore()

  return {
    get: (range: ReportRange) => reports.get(accounts.requireId(), range),
    getShort: (range: ReportRange) => reports.getShort(accounts.requireId(), range),
    getLists: ({ days }: ReportRange) => reports.getLists(accounts.requireId(), days),
  }
})
