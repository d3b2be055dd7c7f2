import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useRunAndReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'
import type { DispositionContent } from '~~/business/models/disposition.ts'

/** What conversations mean in the current account's own words. A new name changes every call that has it. */
export const useDispositionStore = defineStore('disposition', () => {
  const { dispositions } = useDeps()
  const accounts = useAccountStore()
  const run = useRunAndReread('dispositions', 'calls')

  return {
    list: () => dispositions.list(accounts.requireId()),
    save: (id: string | null, content: DispositionContent) => run(dispositions.save(accounts.requireId(), id, content)),
    remove: (id: string) => run(dispositions.remove(id)),
  }
})
