import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useReread, useRunAndReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'
import type { KeptKind, PrivacyContent } from '~~/business/models/privacy.ts'

/** Whether the current account records its calls, and how long it keeps them. Each call's page says until when its own is kept. */
export const usePrivacyStore = defineStore('privacy', () => {
  const { privacy } = useDeps()
  const accounts = useAccountStore()
  const reread = useReread()
  const run = useRunAndReread('privacy', 'calls')

  return {
    get: () => privacy.get(accounts.requireId()),
    countOld: async (days: number, kind: KeptKind) => (await privacy.countOld(accounts.requireId(), days, kind)).count,
    save: (content: PrivacyContent) => run(privacy.save(accounts.requireId(), content)),
    retryDeletions: async () => (await run(privacy.retryDeletions(accounts.requireId()))).count,
    /** What people may see and how long things are kept changes with it. */
    async setHipaa(isOn: boolean) {
      await run(privacy.setHipaa(accounts.requireId(), isOn))
      await accounts.load()
      await reread('contacts')
    },
    refresh: () => reread('privacy'),
  }
})
