import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useAccountStore } from '~/stores/accountStore'
import { useAssistantStore } from '~/stores/assistantStore'

/** What the platform offers does not change while somebody writes. */
const staleTime = 3_600_000

/** What the editor needs beside the assistant itself: voices and models, and contacts to speak its texts to. */
export function useAssistantContext() {
  const store = useAssistantStore()
  const accounts = useAccountStore()
  const voices = useQuery({ key: ['voices'], query: () => store.listVoices(), staleTime })
  const models = useQuery({ key: ['assistant-models'], query: () => store.listModels(), staleTime })
  const samples = useQuery({
    key: () => ['contacts', accounts.currentId ?? '', 'samples'],
    query: () => store.listSampleContacts(),
  })
  // {City} and {city} are one placeholder.
  const attributes = computed(() => {
    const names = (samples.data.value ?? []).flatMap((contact) => Object.keys(contact.attributes ?? {}))
    return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()].slice(0, 20)
  })
  return { voices, models, samples, attributes }
}
