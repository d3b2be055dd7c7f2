import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

type Query = Record<string, unknown>

interface Wording<Conditions> {
  read: (query: Query) => Conditions
  write: (conditions: Conditions) => Record<string, string | undefined>
}

/** What a list shows. Kept in the address: it survives a reload and can be sent to a colleague. */
export function useAddressFilter<Conditions extends object>({ read, write }: Wording<Conditions>) {
  const route = useRoute()
  const router = useRouter()
  const conditions = computed(() => read(route.query))

  return {
    conditions,
    go: (next: Conditions) => void router.replace({ query: { ...route.query, ...write(next) } }),
  }
}
