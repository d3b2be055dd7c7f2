import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useReread, useRunAndReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'
import type { NoticeTopic, NotificationFilter } from '~~/business/models/notice.ts'

/** What happened without anybody asking: alerts, until somebody puts them away for all, and what each person has read of it. */
export const useNoticeStore = defineStore('notice', () => {
  const { notices } = useDeps()
  const accounts = useAccountStore()
  const reread = useReread()

  /** That somebody else was faster is as good. */
  const run = useRunAndReread('notices')

  return {
    list: () => notices.list(accounts.requireId()),
    listNotifications: (filter: NotificationFilter, cursor: unknown, size = 20) => notices.listNotifications(accounts.requireId(), filter, cursor, size),
    countUnread: async () => (await notices.countUnread(accounts.requireId())).unread_count,
    dismiss: (noticeId: string) => run(notices.dismiss(noticeId)),
    read: (noticeId: string) => run(notices.read(accounts.requireId(), [noticeId], null)),
    /** Up to the newest that was on the screen: what came meanwhile stays unread. */
    readUpTo: (newestId: string) => run(notices.read(accounts.requireId(), null, newestId)),
    listPreferences: () => notices.listPreferences(accounts.requireId()),
    savePreference: (topic: NoticeTopic, byEmail: boolean) => run(notices.savePreference(accounts.requireId(), topic, byEmail)),
    unsubscribe: notices.unsubscribe,
    refresh: () => reread('notices'),
  }
})
