import type { Figures } from '../models/health.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type OperationsRepository = ReturnType<typeof createOperationsRepository>

/** For the people who run the installation; to everybody else it does not exist. */
export function createOperationsRepository(supabase: RpcClient) {
  return { figures: () => callRpc<Figures>(supabase, 'platform_metrics', {}) }
}
