import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useReread, useRunAndReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'

/** The line that the current account calls by, and its own connection to a provider. A key goes to the server and is kept nowhere here. */
export const useProviderStore = defineStore('provider', () => {
  const { provider } = useDeps()
  const accounts = useAccountStore()
  const reread = useReread()
  const run = useRunAndReread('provider', 'campaigns', 'notices')

  return {
    get: () => provider.get(accounts.requireId()),
    connect: (api_key: string) => run(provider.connect(accounts.requireId(), api_key)),
    /** Asks the provider for its numbers once more, with the key it has. */
    checkAgain: (connection_id: string) => run(provider.refresh(accounts.requireId(), connection_id)),
    chooseNumber: (connection_id: string, provider_ref: string, concurrency_max: number) =>
      run(provider.chooseNumber(connection_id, provider_ref, concurrency_max)),
    remove: (connection_id: string) => run(provider.remove(connection_id)),
    refresh: () => reread('provider'),
  }
})
