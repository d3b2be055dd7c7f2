import { z } from 'zod'
import { outboxJobSchema, type OutboxResult } from '../models/outboxJob.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type OutboxRepository = ReturnType<typeof createOutboxRepository>

const jobsSchema = z.object({ jobs: z.array(outboxJobSchema) })

export function createOutboxRepository(supabase: RpcClient) {
  return {
    /** Leases due jobs to the caller; a worker that dies gives them back by doing nothing. */
    claim: async (limit: number) => (await callRpc(supabase, 'claim_outbox', { batch_size: limit }, jobsSchema)).jobs,

    /** A second answer for a finished job changes nothing. */
    record: (id: number, result: OutboxResult) => callRpc<{ state: string }>(supabase, 'record_outbox', { id, result }),
  }
}
