import type { AccountProvider } from '../models/providerConnection.ts'
import type { EdgeClient } from './edge.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type ProviderRepository = ReturnType<typeof createProviderRepository>

/** The connection that an account calls by. A key goes in here and never comes back. */
export function createProviderRepository(functions: RpcClient, edge: EdgeClient) {
  return {
    get: (account_id: string) => callRpc<AccountProvider>(functions, 'get_provider', { account_id }),

    /** The provider is asked whose key it is before anything is kept. */
    connect: (account_id: string, api_key: string) => edge.send<{ connection_id: string, is_replacement: boolean }>('POST', 'connect-provider', { account_id, api_key }),

    /** Has the provider asked for its numbers again, with the key it has. */
    refresh: (account_id: string, connection_id: string) => edge.send<unknown>('POST', 'connect-provider/numbers', { account_id, connection_id }),

    /** From the next dial on the account calls from this number, with so many calls at once. */
    chooseNumber: (connection_id: string, provider_ref: string, concurrency_max: number) =>
      callRpc(functions, 'choose_provider_number', { connection_id, provider_ref, concurrency_max }),

    /** Back to the platform's line; of one that waits for its number, that it is forgotten. */
    remove: (connection_id: string) => callRpc(functions, 'remove_provider', { connection_id }),
  }
}
