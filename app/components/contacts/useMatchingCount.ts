import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useAccountStore } from '~/stores/accountStore'
import { useContactStore } from '~/stores/contactStore'
import type { ContactConditions } from '~~/business/models/contactFilter.ts'

/** How many a filter fits: what the page knows already, else counted, which may take a moment and holds nothing up. */
export function useMatchingCount(conditions: () => ContactConditions, known: () => number | null, isWanted: () => boolean) {
  const accounts = useAccountStore()
  const store = useContactStore()
  const { data } = useQuery({
    key: () => ['contacts', accounts.currentId ?? '', 'counted', JSON.stringify(conditions())],
    query: () => store.count(conditions()),
    enabled: () => isWanted() && known() === null,
  })
  return computed(() => known() ?? data.value?.total_count ?? null)
}
