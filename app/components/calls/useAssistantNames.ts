import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useAccountStore } from '~/stores/accountStore'
import { useAssistantStore } from '~/stores/assistantStore'

/** The account's assistants, read when somebody wants to choose one or to read its name. */
export function useAssistantNames(isWanted: () => boolean) {
  const accounts = useAccountStore()
  const store = useAssistantStore()
  const { data } = useQuery({ key: () => ['assistants', accounts.currentId ?? '', 'names'], query: () => store.list(), enabled: isWanted })
  return { assistants: computed(() => data.value ?? []) }
}
