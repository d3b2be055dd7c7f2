import { computed, type ComputedRef } from 'vue'
import { useRoute, type RouteLocationNormalized } from 'vue-router'

/** For definePageMeta: what is no id at all is not found before anybody is asked. */
export const hasId = ({ params }: RouteLocationNormalized) => /^[0-9a-f-]{36}$/.test(String(params.id))

/** The id in the page's address. */
export function useRouteId(): ComputedRef<string> {
  const route = useRoute()
  return computed(() => String(route.params.id))
}
