import type { KeptKind, Privacy, PrivacyContent } from '../models/privacy.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type PrivacyRepository = ReturnType<typeof createPrivacyRepository>

export function createPrivacyRepository(supabase: RpcClient) {
  return {
    get: (account_id: string) => callRpc<Privacy>(supabase, 'get_privacy', { account_id }),

    /** Changes what content names; answers what holds now. */
    save: (account_id: string, content: Partial<PrivacyContent>) => callRpc<PrivacyContent>(supabase, 'save_privacy', { account_id, content }),

    /** Owners who showed a second factor. On: what it takes with it is written in the settings, too. The same again changes nothing. */
    setHipaa: (account_id: string, is_on: boolean) => callRpc<{ is_on: boolean }>(supabase, 'set_hipaa_mode', { account_id, is_on }),

    /** How many recordings or transcripts a rule of so many days would delete now. */
    countOld: (account_id: string, days: number, kind: KeptKind) => callRpc<{ count: number }>(supabase, 'count_old', { account_id, kind, days }),

    /** Tries the deletions that were given up once more; answers how many there were. Again meanwhile finds none. */
    retryDeletions: (account_id: string) => callRpc<{ count: number }>(supabase, 'retry_deletions', { account_id }),
  }
}
