import { computed } from 'vue'
import { useAddressFilter } from '~/composables/useAddressFilter'
import { narrowingOf, queryOf, readConditions, type ContactConditions } from '~~/business/models/contactFilter.ts'

/** Which contacts the list shows and in which order. */
export function useContactFilter() {
  const { conditions, go } = useAddressFilter({ read: readConditions, write: queryOf })

  return {
    conditions,
    /** Besides the search, which has its own field. */
    narrowing: computed(() => narrowingOf(conditions.value).filter((name) => name !== 'text')),
    change: (part: ContactConditions) => go({ ...conditions.value, ...part }),
    clear: () => go({ sort: conditions.value.sort }),
  }
}
