import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'
import type { AssistantContent, AssistantStatus } from '~~/business/models/assistant.ts'
import type { PlaceholderValues } from '~~/business/models/placeholders.ts'

/** How many of the newest contacts are asked what placeholders they can fill. */
const sampleSize = 50

export interface SampleContact extends PlaceholderValues {
  id: string
}

/** The assistants of the current account: a draft that is written on, and versions that are called with. */
export const useAssistantStore = defineStore('assistant', () => {
  const { assistants, contacts } = useDeps()
  const accounts = useAccountStore()
  const reread = useReread()

  const refresh = () => reread('assistants')

  async function changed<T>(change: Promise<T>): Promise<T> {
    const answer = await change
    await refresh()
    return answer
  }

  /** Contacts to speak the texts to, the newest first; masked for whoever may not see them. */
  async function listSampleContacts(text = ''): Promise<SampleContact[]> {
    const { rows } = await contacts.search({ account_id: accounts.requireId(), ...(text && { text }) }, null, sampleSize)
    return rows.map(({ id, name, company, email, phone, attributes }) => ({ id, name, company, email, phone, attributes }))
  }

  return {
    list: () => assistants.list(accounts.requireId()),
    search: (text: string, status: AssistantStatus | null, cursor: unknown) => assistants.search({ account_id: accounts.requireId(), text, status }, cursor),
    get: assistants.get,
    listVersions: assistants.listVersions,
    getVersion: assistants.getVersion,
    listVoices: assistants.listVoices,
    listModels: assistants.listModels,
    listTemplates: assistants.listTemplates,
    listSampleContacts,
    create: (templateId: string | null) => changed(assistants.create(accounts.requireId(), templateId)),
    duplicate: (assistantId: string) => changed(assistants.duplicate(assistantId)),
    /** Nothing is read again: whoever types would see the page change under their hands. */
    saveDraft: (assistantId: string, content: AssistantContent, revision: number) => assistants.saveDraft(assistantId, content, revision),
    publish: (assistantId: string, revision: number, note: string) => changed(assistants.publish(assistantId, revision, note)),
    restore: (assistantId: string, version: number | null, revision: number) => changed(assistants.restore(assistantId, version, revision)),
    archive: (assistantId: string) => changed(assistants.archive(assistantId)),
    unarchive: (assistantId: string) => changed(assistants.unarchive(assistantId)),
    refresh,
  }
})
