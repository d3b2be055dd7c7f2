import type { Notice, NoticePreference, NoticeTopic, NotificationFilter, NotificationPage } from '../models/notice.ts'
import type { EdgeClient } from './edge.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type NoticeRepository = ReturnType<typeof createNoticeRepository>

export function createNoticeRepository(supabase: RpcClient, edge: EdgeClient) {
  return {
    /** What nobody put away and what is still so, the newest first. */
    list: (account_id: string) => callRpc<Notice[]>(supabase, 'list_notices', { account_id }),

    /** For everybody in the account; the same cause is told again only after it was gone. */
    dismiss: (notice_id: string) => callRpc<object>(supabase, 'dismiss_notice', { notice_id }),

    /** Alerts and events, read and unread, the newest first. */
    listNotifications: (account_id: string, filter: NotificationFilter, cursor: unknown, page_size: number) =>
      callRpc<NotificationPage>(supabase, 'list_notifications', { account_id, filter, cursor, page_size }),

    /** Counted up to mostUnread. */
    countUnread: (account_id: string) => callRpc<{ unread_count: number }>(supabase, 'count_unread', { account_id }),

    /** These, or all up to the newest one that the person saw: for themselves alone, in every tab. */
    read: (account_id: string, notice_ids: string[] | null, newest_id: string | null) =>
      callRpc<object>(supabase, 'read_notifications', { account_id, notice_ids, newest_id }),

    /** Of the topics that the person can hear of in the account. */
    listPreferences: (account_id: string) => callRpc<NoticePreference[]>(supabase, 'list_notice_preferences', { account_id }),
    savePreference: (account_id: string, topic: NoticeTopic, by_email: boolean) =>
      callRpc<object>(supabase, 'save_notice_preference', { account_id, topic, by_email }),

    /** Stops the mails that a link in one of them names, in whoever's name it was sent; nobody need be signed in. */
    unsubscribe: (token: string) => edge.send<object>('POST', `unsubscribe?token=${encodeURIComponent(token)}`),
  }
}
