import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useAccountStore } from '~/stores/accountStore'
import { thingAt } from '~~/business/models/search.ts'

const mostRecent = 8
const keyOf = (accountId: string) => `outdial-recent-${accountId}`

/** What the command menu finds in the current account, and what was opened last there. Only ids stay in the browser: no name of anybody. */
export const useSearchStore = defineStore('search', () => {
  const { search } = useDeps()
  const accounts = useAccountStore()

  function recentIds(): string[] {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(accounts.requireId())) ?? '[]')
    return Array.isArray(stored) ? stored.map(String) : []
  }

  /** A person opened this page: if it is that of a campaign, contact or assistant, it comes first the next time. */
  function remember(path: string) {
    const thing = thingAt(path)
    if (!thing || !accounts.currentId) return
    const ids = [thing.id, ...recentIds().filter((id) => id !== thing.id)].slice(0, mostRecent)
    localStorage.setItem(keyOf(accounts.currentId), JSON.stringify(ids))
  }

  /** In the order in which they were opened; what is gone, or no longer theirs to see, is left out. */
  async function findRecent(ids: string[]) {
    const found = ids.length ? await search.findAgain(accounts.requireId(), ids) : []
    return found.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id))
  }

  return { find: (text: string) => search.find(accounts.requireId(), text), recentIds, findRecent, remember }
})
