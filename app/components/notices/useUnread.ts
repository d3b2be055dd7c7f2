import { useQuery } from '@pinia/colada'
import { useAccountStore } from '~/stores/accountStore'
import { useNoticeStore } from '~/stores/noticeStore'

/** How many notifications of the current account the person has not read, asked once for every bell on the page. */
export function useUnread() {
  const store = useNoticeStore()
  const accounts = useAccountStore()
  return useQuery({ key: () => ['notices', accounts.currentId ?? '', 'unread'], query: store.countUnread, enabled: () => accounts.currentId !== null })
}
