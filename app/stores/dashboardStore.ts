import { useQueryCache } from '@pinia/colada'
import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useAccountStore } from '~/stores/accountStore'

/** How the account is doing, in one read. */
export const useDashboardStore = defineStore('dashboard', () => {
  const { dashboard } = useDeps()
  const accounts = useAccountStore()
  const cache = useQueryCache()

  return {
    get: () => dashboard.get(accounts.requireId()),
    refresh: () => cache.invalidateQueries({ key: ['dashboard'] }),
  }
})
