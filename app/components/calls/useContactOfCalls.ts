import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { usePersonText } from '~/composables/usePersonText'
import { useAccountStore } from '~/stores/accountStore'
import { useContactStore } from '~/stores/contactStore'

/** Whose calls are shown, as far as the person sees names and numbers; null when there is no such contact in the account. */
export function useContactOfCalls(contactId: () => string | undefined) {
  const accounts = useAccountStore()
  const store = useContactStore()
  const personText = usePersonText()
  const { data, error } = useQuery({
    key: () => ['contacts', accounts.currentId ?? '', 'one', contactId() ?? ''],
    query: () => store.get(contactId() ?? ''),
    enabled: () => contactId() !== undefined,
  })
  return computed(() => {
    if (error.value) return null
    if (!data.value) return '…'
    return data.value.account_id === accounts.currentId ? personText({ name: data.value.name, phone: data.value.phone }) : null
  })
}
