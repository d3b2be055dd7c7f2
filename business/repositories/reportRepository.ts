import type { Period } from '../models/ledger.ts'
import type { ListFigures, Report, ShortReport } from '../models/report.ts'
import type { ReportRange } from '../models/reportRange.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type ReportRepository = ReturnType<typeof createReportRepository>

/** One answer each, so that its numbers belong together. */
export function createReportRepository(supabase: RpcClient) {
  return {
    get: (account_id: string, { days, before }: ReportRange) => callRpc<Report>(supabase, 'get_report', {
      account_id, from_day: days?.from_day, until_day: days?.to_day, before_from: before?.from_day, before_until: before?.to_day, is_short: false }),

    /** What the dashboard shows of it. */
    getShort: (account_id: string, { days, before }: ReportRange) => callRpc<ShortReport>(supabase, 'get_report', {
      account_id, from_day: days?.from_day, until_day: days?.to_day, before_from: before?.from_day, before_until: before?.to_day, is_short: true }),

    /** Counted call by call, and so apart from the sums. */
    getLists: (account_id: string, days: Period | null) =>
      callRpc<ListFigures[]>(supabase, 'get_list_report', { account_id, from_day: days?.from_day, until_day: days?.to_day }),
  }
}
