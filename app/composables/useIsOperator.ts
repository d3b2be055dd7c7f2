import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useOperationsStore } from '~/stores/operationsStore'
import { useSessionStore } from '~/stores/sessionStore'

/** Asked at most every ten minutes, and only where a link to the operators' page may stand. */
const staleTime = 600_000

/** Whether the person runs the installation; false until it is known. */
export function useIsOperator() {
  const session = useSessionStore()
  const { isOperator } = useOperationsStore()
  const { data } = useQuery({ key: () => ['operations', 'is_operator', session.user?.user_id ?? ''], query: isOperator, staleTime })
  return computed(() => data.value ?? false)
}
