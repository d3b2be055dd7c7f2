import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'
import type { AssistantContent } from '~~/business/models/assistant.ts'
import type { PlaceholderValues } from '~~/business/models/placeholders.ts'

/** How many of the newest contacts are asked what placeholders they can fill. */
const sampleSize = 50

/** The assistants of the current account; each save is a new version. */
export const useAssistantStore = defineStore('assistant', () => {
  const { assistants, contacts } = useDeps()
  const accounts = useAccountStore()
  const reread = useReread()

  const refresh = () => reread('assistants')

  async function save(assistantId: string | null, content: AssistantContent, expectedVersion: number | null) {
    const saved = await assistants.save(accounts.requireId(), assistantId, content, expectedVersion)
    await refresh()
    return saved
  }

  async function archive(assistantId: string) {
    await assistants.archive(assistantId)
    await refresh()
  }

  /** The newest contacts, to speak the texts to somebody real and to know which attributes there are. */
  async function listSampleContacts(): Promise<PlaceholderValues[]> {
    const { rows } = await contacts.search({ account_id: accounts.requireId() }, null, sampleSize)
    return rows.map(({ name, company, email, phone, attributes }) => ({ name, company, email, phone, attributes }))
  }

  return {
    list: () => assistants.list(accounts.requireId()),
    get: assistants.get,
    listVoices: assistants.listVoices,
    listSampleContacts,
    save,
    archive,
    refresh,
  }
})
