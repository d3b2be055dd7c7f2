import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useSessionStore } from '~/stores/sessionStore'
import { useTeamStore } from '~/stores/teamStore'

/** Who asks the signed-in person into an account, the newest first. */
export function useReceivedInvitations() {
  const session = useSessionStore()
  const store = useTeamStore()
  const { data, error, isPending, refetch } = useQuery({ key: () => ['invitations', session.user?.user_id ?? ''], query: store.listMine })
  return { invitations: computed(() => data.value ?? []), error, isPending, refetch }
}
