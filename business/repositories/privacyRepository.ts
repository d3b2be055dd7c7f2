import type { Privacy, PrivacyContent } from '../models/privacy.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type PrivacyRepository = ReturnType<typeof createPrivacyRepository>

export function createPrivacyRepository(supabase: RpcClient) {
  return {
    get: (account_id: string) => callRpc<Privacy>(supabase, 'get_privacy', { account_id }),

    /** Changes what content names; answers what holds now. */
    save: (account_id: string, content: Partial<PrivacyContent>) => callRpc<PrivacyContent>(supabase, 'save_privacy', { account_id, content }),

    /** How many recordings a rule of so many days would delete now. */
    countOld: (account_id: string, days: number) => callRpc<{ count: number }>(supabase, 'count_old_recordings', { account_id, days }),
  }
}
