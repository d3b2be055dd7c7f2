import type { FoundThing } from '../models/search.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type SearchRepository = ReturnType<typeof createSearchRepository>

export function createSearchRepository(supabase: RpcClient) {
  return {
    /** Campaigns, contacts and assistants that fit a few words or a number in any notation, at most six of each. */
    find: (account_id: string, text: string) => callRpc<FoundThing[]>(supabase, 'search_everything', { account_id, text }),

    /** What of these there still is, for this person. */
    findAgain: (account_id: string, thing_ids: string[]) => callRpc<FoundThing[]>(supabase, 'search_everything', { account_id, thing_ids }),
  }
}
