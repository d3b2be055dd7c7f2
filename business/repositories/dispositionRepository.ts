import type { DispositionContent, OwnDisposition } from '../models/disposition.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type DispositionRepository = ReturnType<typeof createDispositionRepository>

export function createDispositionRepository(supabase: RpcClient) {
  return {
    /** The account's own, by name, those that were put away included. */
    list: (account_id: string) => callRpc<OwnDisposition[]>(supabase, 'list_dispositions', { account_id }),

    /** Makes one without an id. The meaning of one that calls have is a conflict. */
    save: (account_id: string, disposition_id: string | null, { name, meaning, description }: DispositionContent) =>
      callRpc<{ disposition_id: string }>(supabase, 'save_disposition', { account_id, disposition_id, name, meaning, description }),

    /** Deleted, or put away when calls have it. */
    remove: (disposition_id: string) => callRpc<{ is_archived: boolean }>(supabase, 'remove_disposition', { disposition_id }),
  }
}
