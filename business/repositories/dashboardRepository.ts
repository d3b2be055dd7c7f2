import type { CallRecord } from '../models/callRecord.ts'
import type { Campaign } from '../models/campaign.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export interface DayFigures {
  calls_count: number
  answered_count: number
  billed_seconds: number
}

export interface DashboardAlert {
  code: 'low_balance' | 'no_minutes' | 'line_held' | 'paused_by_rule'
  campaign_id: string | null
  details: { balance_seconds?: number; name?: string; reason?: string }
}

export interface Dashboard {
  wallet: { balance_seconds: number; reserved_seconds: number; spendable_seconds: number }
  today: DayFigures
  yesterday: DayFigures
  checklist: { has_assistant: boolean; has_contacts: boolean; has_campaign: boolean; has_started: boolean }
  running: Campaign[]
  recent_calls: CallRecord[]
  alerts: DashboardAlert[]
}

export type DashboardRepository = ReturnType<typeof createDashboardRepository>

/** One answer for the whole page, so that its numbers belong together. */
export function createDashboardRepository(supabase: RpcClient) {
  return { get: (account_id: string) => callRpc<Dashboard>(supabase, 'dashboard', { account_id }) }
}
