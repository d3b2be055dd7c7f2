import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useAccountStore } from '~/stores/accountStore'
import { useAssistantStore } from '~/stores/assistantStore'

/** What the editor needs beside the assistant itself: the voices, and contacts to speak its texts to. */
export function useAssistantContext() {
  const store = useAssistantStore()
  const accounts = useAccountStore()
  const voices = useQuery({ key: ['voices'], query: () => store.listVoices(), staleTime: 3_600_000 })
  const samples = useQuery({
    key: () => ['contacts', accounts.currentId ?? '', 'samples'],
    query: () => store.listSampleContacts(),
  })
  // {City} and {city} are one placeholder.
  const attributes = computed(() => {
    const names = (samples.data.value ?? []).flatMap((contact) => Object.keys(contact.attributes ?? {}))
    return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()].slice(0, 20)
  })
  return { voices, samples, attributes }
}
