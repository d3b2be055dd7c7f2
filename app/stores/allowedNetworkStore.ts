import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useRunAndReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'

/** From where the current account opens to its people. */
export const useAllowedNetworkStore = defineStore('allowed-network', () => {
  const { accounts: repository } = useDeps()
  const accounts = useAccountStore()
  const run = useRunAndReread('allowed-networks')

  return {
    get: () => repository.getNetworks(accounts.requireId()),
    save: (networks: string[]) => run(repository.saveNetworks(accounts.requireId(), networks)),
  }
})
