import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useAccountStore } from '~/stores/accountStore'
import { useDispositionStore } from '~/stores/dispositionStore'

/** The account's own dispositions: all of them, and those that are offered. */
export function useDispositions() {
  const accounts = useAccountStore()
  const store = useDispositionStore()
  const { data, error, isPending, refetch } = useQuery({ key: () => ['dispositions', accounts.currentId ?? ''], query: () => store.list() })
  const all = computed(() => data.value ?? [])
  return { all, offered: computed(() => all.value.filter(({ is_archived }) => !is_archived)), error, isPending, refetch }
}
