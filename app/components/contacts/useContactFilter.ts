import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { narrowingOf, queryOf, readConditions, type ContactConditions } from '~~/business/models/contactFilter.ts'

/** Which contacts the list shows and in which order. Kept in the address: it survives a reload and can be sent to a colleague. */
export function useContactFilter() {
  const route = useRoute()
  const router = useRouter()
  const conditions = computed(() => readConditions(route.query))
  const go = (next: ContactConditions) => void router.replace({ query: { ...route.query, ...queryOf(next) } })

  return {
    conditions,
    /** Besides the search, which has its own field. */
    narrowing: computed(() => narrowingOf(conditions.value).filter((name) => name !== 'text')),
    change: (part: ContactConditions) => go({ ...conditions.value, ...part }),
    clear: () => go({ sort: conditions.value.sort }),
  }
}
