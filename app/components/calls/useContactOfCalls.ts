import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useAccountStore } from '~/stores/accountStore'
import { useContactStore } from '~/stores/contactStore'
import { formatPhone } from '~/utils/formatPhone'

/** Whose calls are shown, as far as the person sees names and numbers; null when there is no such contact in the account. */
export function useContactOfCalls(contactId: () => string | undefined) {
  const accounts = useAccountStore()
  const store = useContactStore()
  const { data, error } = useQuery({
    key: () => ['contacts', accounts.currentId ?? '', 'one', contactId() ?? ''],
    query: () => store.get(contactId() ?? ''),
    enabled: () => contactId() !== undefined,
  })
  return computed(() => {
    if (error.value) return null
    if (!data.value) return '…'
    return data.value.account_id === accounts.currentId ? data.value.name || formatPhone(data.value.phone) : null
  })
}
