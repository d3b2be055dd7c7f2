import { figuresSchema, serviceHealthSchema } from '../models/health.ts'
import { callRpc, type RpcClient } from './rpc.ts'

/** For the functions that machines watch. */
export function createHealthRepository(supabase: RpcClient) {
  return {
    check: () => callRpc(supabase, 'service_health', {}, serviceHealthSchema),
    figures: () => callRpc(supabase, 'service_metrics', {}, figuresSchema),
  }
}

export type HealthRepository = ReturnType<typeof createHealthRepository>
