import type { Dashboard } from '../models/dashboard.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type DashboardRepository = ReturnType<typeof createDashboardRepository>

/** One answer for the whole page, so that its numbers belong together. */
export function createDashboardRepository(supabase: RpcClient) {
  return { get: (account_id: string) => callRpc<Dashboard>(supabase, 'dashboard', { account_id }) }
}
