import { useLiveChannel } from '~/composables/useLiveChannel'
import { useAccountStore } from '~/stores/accountStore'
import { useNoticeStore } from '~/stores/noticeStore'
import { useSessionStore } from '~/stores/sessionStore'
import { soon } from '~/utils/soon'
import type { AccountChange } from '~~/business/models/account.ts'

/**
 * Keeps every bell and list of notices up to date, from one place. A running campaign changes its account twice a second: only a
 * change that tells of another time of the last notice is asked about. What the person reads elsewhere comes on their own topic.
 */
export function useNews() {
  const accounts = useAccountStore()
  const session = useSessionStore()
  const store = useNoticeStore()
  const refresh = soon(() => store.refresh(), 1000)
  let knownAt: string | null = null

  function hear({ noticed_at }: AccountChange) {
    if (noticed_at === knownAt) return
    knownAt = noticed_at
    refresh()
  }

  useLiveChannel(() => accounts.currentId && `account:${accounts.currentId}`, { onEvent: { account_changed: (change) => hear(change as AccountChange) }, refresh })
  useLiveChannel(() => session.user && `user:${session.user.user_id}`, { onEvent: { notices_read: refresh } })
}
