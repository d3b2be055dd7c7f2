import { useQuery } from '@pinia/colada'
import { useAccountStore } from '~/stores/accountStore'
import { useNoticeStore } from '~/stores/noticeStore'

/** The notices of the current account, read once for every page that shows some of them. */
export function useNotices() {
  const store = useNoticeStore()
  const accounts = useAccountStore()
  return useQuery({ key: () => ['notices', accounts.currentId ?? ''], query: store.list })
}
