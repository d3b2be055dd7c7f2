import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useAccountStore } from '~/stores/accountStore'

interface Question<Conditions> {
  noun: string
  count: (conditions: Conditions) => Promise<{ total_count: number }>
  conditions: () => Conditions
}

/** How many a filter fits: what the page knows already, else counted, which may take a moment and holds nothing up. */
export function useMatchingCount<Conditions>({ noun, count, conditions }: Question<Conditions>, known: () => number | null, isWanted: () => boolean) {
  const accounts = useAccountStore()
  const { data } = useQuery({
    key: () => [noun, accounts.currentId ?? '', 'counted', JSON.stringify(conditions())],
    query: () => count(conditions()),
    enabled: () => isWanted() && known() === null,
  })
  return computed(() => known() ?? data.value?.total_count ?? null)
}
