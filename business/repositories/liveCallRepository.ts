import type { CallEndAnswer } from '../models/callEnd.ts'
import type { CallQueue } from '../models/callQueue.ts'
import type { LiveCallFilter, LiveCallPage } from '../models/liveCall.ts'
import type { EdgeClient } from './edge.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type LiveCallRepository = ReturnType<typeof createLiveCallRepository>

/** Calls in being, and who comes after them. */
export function createLiveCallRepository(supabase: RpcClient, edge: EdgeClient) {
  return {
    list: (account_id: string, filter: LiveCallFilter, cursor: unknown, page_size = 20) =>
      callRpc<LiveCallPage>(supabase, 'list_live_calls', { filter: { ...filter, account_id }, cursor, page_size }),

    explainQueue: (account_id: string, campaign_id: string | null, size = 20) =>
      callRpc<CallQueue>(supabase, 'explain_queue', { account_id, campaign_id, size }),

    /** Has the provider hang up. Again is harmless: one wish is told to it at a time. */
    end: async (call_id: string) => (await edge.send<{ answer: CallEndAnswer }>('POST', 'end-call', { call_id })).answer,
  }
}
