import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useAccountStore } from '~/stores/accountStore'
import { useTeamStore } from '~/stores/teamStore'

/** The people of the current account, read once for everything on the page. */
export function useTeam() {
  const accounts = useAccountStore()
  const store = useTeamStore()
  const { data, error, isPending, refetch } = useQuery({ key: () => ['team', accounts.currentId ?? ''], query: store.list })
  return { everybody: computed(() => data.value ?? null), error, isPending, refetch }
}
