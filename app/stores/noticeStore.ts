import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'

/** What the engine did without anybody asking, until somebody has seen it. */
export const useNoticeStore = defineStore('notice', () => {
  const { notices } = useDeps()
  const accounts = useAccountStore()
  const reread = useReread()

  const refresh = () => reread('notices')

  /** Puts it away for everybody. That somebody else was faster is as good. */
  async function dismiss(noticeId: string) {
    try {
      await notices.dismiss(noticeId)
    } finally {
      await refresh()
    }
  }

  return { list: () => notices.list(accounts.requireId()), dismiss, refresh }
})
