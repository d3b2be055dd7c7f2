import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useReread, useRunAndReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'
import type { ConsentContent } from '~~/business/models/consent.ts'
import type { ContactContent } from '~~/business/models/contact.ts'
import type { ContactConditions } from '~~/business/models/contactFilter.ts'

/** The contacts of the current account. What pages show is cached by query; each change makes it read afresh. */
export const useContactStore = defineStore('contact', () => {
  const { contacts } = useDeps()
  const accounts = useAccountStore()
  const reread = useReread()

  const refresh = () => reread('contacts')

  const search = (conditions: ContactConditions, cursor: unknown) => contacts.search({ ...conditions, account_id: accounts.requireId() }, cursor)
  const count = (conditions: ContactConditions) => contacts.count({ ...conditions, account_id: accounts.requireId() })

  /** Without an id a new contact; answers the id either way. */
  async function save(contactId: string | null, content: Partial<ContactContent>): Promise<string> {
    const { contact_id } = await contacts.save(accounts.requireId(), contactId, content)
    await refresh()
    return contact_id
  }

  async function remove(contactId: string) {
    await contacts.delete(contactId)
    // Its own page is still open and would ask for what is gone.
    await reread(['contacts', accounts.requireId(), 'list'])
  }

  /** The number is on the do-not-call list from then on, where nobody can read it any more. */
  async function erase(contactId: string) {
    await contacts.erase(contactId)
    await reread('contacts', 'campaigns', 'calls', 'do-not-call')
  }

  /** What people agreed to decides who waits in which campaign. */
  async function recordConsents(contactIds: string[], consent: ConsentContent) {
    const answer = await contacts.recordConsents(accounts.requireId(), contactIds, consent)
    await refreshAll()
    return answer
  }

  async function revokeConsent(consentId: string, reason: string) {
    await contacts.revokeConsent(consentId, reason)
    await refreshAll()
  }

  const refreshAll = () => reread('contacts', 'campaigns')

  /** What is said beside the contact changes its page and its story. */
  const run = useRunAndReread('contacts', 'campaigns')

  return {
    search, count, get: contacts.get, save, remove, erase, recordConsents, revokeConsent, refresh,
    timeline: (contactId: string, cursor: unknown) => contacts.timeline(contactId, cursor),
    addNote: (contactId: string, body: string) => run(contacts.addNote(contactId, body)),
    deleteNote: (noteId: string) => run(contacts.deleteNote(noteId)),
    correctNumber: (contactId: string, phone: string) => run(contacts.correctNumber(contactId, phone)),
  }
})
