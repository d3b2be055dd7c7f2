import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useAccountStore } from '~/stores/accountStore'
import type { ActivityConditions } from '~~/business/models/activity.ts'
import { verifyChain } from '~~/business/services/activity/verifyChain.ts'

/** The log of the current account. Nobody changes it; it is read, kept as a file, and looked at for changes. */
export const useActivityStore = defineStore('activity', () => {
  const { activity } = useDeps()
  const accounts = useAccountStore()

  return {
    search: (conditions: ActivityConditions, cursor: unknown) => activity.search(accounts.requireId(), conditions, cursor),
    verify: (onLines: (count: number) => void) => verifyChain({ activity }, accounts.requireId(), onLines),
  }
})
