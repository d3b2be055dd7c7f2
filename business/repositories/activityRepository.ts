import type { ActivityConditions, ActivityPage, ChainPart } from '../models/activity.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type ActivityRepository = ReturnType<typeof createActivityRepository>

export function createActivityRepository(supabase: RpcClient) {
  return {
    /** The newest first; for whoever may read the account's activity. At most 1,000 lines a page. */
    search: (account_id: string, conditions: ActivityConditions, cursor: unknown, page_size = 20) =>
      callRpc<ActivityPage>(supabase, 'search_activity', { filter: { ...conditions, account_id }, cursor, page_size }),

    /** Looks at so many links of the chain from a position on, which begins at 1. */
    verify: (account_id: string, from_position: number, link_limit: number) =>
      callRpc<ChainPart>(supabase, 'verify_activity_chain', { account_id, from_position, link_limit }),
  }
}
