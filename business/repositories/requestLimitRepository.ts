import { z } from 'zod'
import { callRpc, type RpcClient } from './rpc.ts'

export type RequestLimitRepository = ReturnType<typeof createRequestLimitRepository>

/** What is counted at the functions; how much of it is allowed, engine.request_limits says. */
export type RequestKind = 'function_person' | 'function_address' | 'refused_address' | 'unsubscribe_address' | 'code_call_address' | 'provider_key_address'

export function createRequestLimitRepository(supabase: RpcClient) {
  return {
    /** Counts one request for each kind against who asks. null: it may go on; else the seconds until it may. */
    spend: (wishes: Partial<Record<RequestKind, string>>) => callRpc(supabase, 'spend_requests', { wishes }, z.number().int().positive().nullable()),
  }
}
