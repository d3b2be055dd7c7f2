import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'
import type { NoticeTopic, NotificationFilter } from '~~/business/models/notice.ts'

/** What happened without anybody asking: alerts, until somebody puts them away for all, and what each person has read of it. */
export const useNoticeStore = defineStore('notice', () => {
  const { notices } = useDeps()
  const accounts = useAccountStore()
  const reread = useReread()

  const refresh = () => reread('notices')

  /** That somebody else was faster is as good. */
  async function andRefresh(work: Promise<unknown>) {
    try {
      await work
    } finally {
      await refresh()
    }
  }

  return {
    list: () => notices.list(accounts.requireId()),
    listNotifications: (filter: NotificationFilter, cursor: unknown, size = 20) => notices.listNotifications(accounts.requireId(), filter, cursor, size),
    countUnread: async () => (await notices.countUnread(accounts.requireId())).unread_count,
    dismiss: (noticeId: string) => andRefresh(notices.dismiss(noticeId)),
    read: (noticeId: string) => andRefresh(notices.read(accounts.requireId(), [noticeId], null)),
    /** Up to the newest that was on the screen: what came meanwhile stays unread. */
    readUpTo: (newestId: string) => andRefresh(notices.read(accounts.requireId(), null, newestId)),
    listPreferences: () => notices.listPreferences(accounts.requireId()),
    savePreference: (topic: NoticeTopic, byEmail: boolean) => andRefresh(notices.savePreference(accounts.requireId(), topic, byEmail)),
    unsubscribe: notices.unsubscribe,
    refresh,
  }
})
