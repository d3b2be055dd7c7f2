import { z } from 'zod'
import type { NumberListing } from '../models/providerConnection.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type ConnectionRepository = ReturnType<typeof createConnectionRepository>
export type AskedConnectionRepository = ReturnType<typeof createAskedConnectionRepository>

const keySchema = z.object({ api_key: z.string(), key_id: z.string() })
const keptSchema = z.object({ connection_id: z.string() })
const connectedSchema = keptSchema.extend({ is_replacement: z.boolean() })

/** Keys of accounts' own connections as the functions see them. What comes from findKey goes to the provider and nowhere else. */
export function createConnectionRepository(supabase: RpcClient) {
  return {
    /** null: destroyed, or never taken on. */
    findKey: (connection_id: string) => callRpc(supabase, 'provider_key', { connection_id }, keySchema.nullable()),

    /** Kept for ten minutes unless the person takes it on. */
    keepKey: (account_id: string, provider: string, api_key: string, listing: NumberListing) =>
      callRpc(supabase, 'keep_provider_key', { account_id, provider, api_key, listing }, keptSchema),

    /** What the provider listed with the key that is called key_id. */
    recordListing: (connection_id: string, key_id: string, listing: NumberListing) => callRpc(supabase, 'record_provider_listing', { connection_id, key_id, listing }),
  }
}

/** With a person's own token: the database decides whether they may. */
export function createAskedConnectionRepository(supabase: RpcClient) {
  return {
    checkRight: (account_id: string, connection_id: string | null) => callRpc(supabase, 'check_provider_right', { account_id, connection_id }),

    /** Takes a kept key on. */
    connect: (connection_id: string) => callRpc(supabase, 'connect_provider', { connection_id }, connectedSchema),
  }
}
