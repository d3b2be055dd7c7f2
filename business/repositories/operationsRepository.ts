import type { RaisedAlert } from '../models/alert.ts'
import type { Figures } from '../models/health.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type OperationsRepository = ReturnType<typeof createOperationsRepository>

/** For the people who run the installation; to everybody else it does not exist. */
export function createOperationsRepository(supabase: RpcClient) {
  return {
    figures: () => callRpc<Figures>(supabase, 'platform_metrics', {}),

    /** What is raised, the longest first. */
    alerts: () => callRpc<RaisedAlert[]>(supabase, 'platform_alerts', {}),

    /** Whether the current user is one of them: for a link alone, the others decide for themselves. */
    isOperator: () => callRpc<boolean>(supabase, 'is_operator', {}),
  }
}
