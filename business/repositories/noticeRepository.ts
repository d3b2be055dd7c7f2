import type { Notice } from '../models/notice.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type NoticeRepository = ReturnType<typeof createNoticeRepository>

export function createNoticeRepository(supabase: RpcClient) {
  return {
    /** What nobody put away and what is still so, the newest first. */
    list: (account_id: string) => callRpc<Notice[]>(supabase, 'list_notices', { account_id }),

    /** For everybody in the account; the same cause is told again only after it was gone. */
    dismiss: (notice_id: string) => callRpc<object>(supabase, 'dismiss_notice', { notice_id }),
  }
}
