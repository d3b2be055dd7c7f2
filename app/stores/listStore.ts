import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useRunAndReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'
import type { ContactListContent } from '~~/business/models/contactGroup.ts'

/** Lists, audiences and tags of the current account: what people sort contacts by. */
export const useListStore = defineStore('list', () => {
  const { contactGroups } = useDeps()
  const accounts = useAccountStore()
  const run = useRunAndReread('contacts')

  return {
    list: () => contactGroups.list(accounts.requireId()),
    listTags: () => contactGroups.listTags(accounts.requireId()),
    /** With a filter it is an audience, without one a list that people are put into. */
    save: (listId: string | null, content: ContactListContent) => run(contactGroups.save(accounts.requireId(), listId, content)),
    remove: (listId: string) => run(contactGroups.delete(listId)),
    saveTag: (tagId: string | null, name: string) => run(contactGroups.saveTag(accounts.requireId(), tagId, name)),
    removeTag: (tagId: string) => run(contactGroups.deleteTag(tagId)),
  }
})
