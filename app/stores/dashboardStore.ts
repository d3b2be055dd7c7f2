import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'

/** How the account is doing, in one read. */
export const useDashboardStore = defineStore('dashboard', () => {
  const { dashboard } = useDeps()
  const accounts = useAccountStore()
  const reread = useReread()

  return {
    get: () => dashboard.get(accounts.requireId()),
    refresh: () => reread('dashboard'),
  }
})
