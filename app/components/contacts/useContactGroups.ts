import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useAccountStore } from '~/stores/accountStore'
import { useListStore } from '~/stores/listStore'

/** The lists and tags of the account, with how many are in each. */
export function useContactGroups() {
  const accounts = useAccountStore()
  const store = useListStore()
  const { data: tags, error: tagError, refetch: refetchTags } = useQuery({ key: () => ['contacts', accounts.currentId ?? '', 'tags'], query: () => store.listTags() })
  const { data: lists, error, isPending, refetch } = useQuery({ key: () => ['contacts', accounts.currentId ?? '', 'groups'], query: () => store.list() })
  const all = computed(() => lists.value ?? [])

  return {
    tags: computed(() => tags.value ?? []),
    tagError,
    refetchTags,
    lists: all,
    /** People are put into these; who is in an audience, its filter says. */
    staticLists: computed(() => all.value.filter(({ kind }) => kind === 'static')),
    error,
    isPending,
    refetch,
  }
}
