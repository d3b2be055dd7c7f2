import type { Account, Wallet } from '../models/account.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type AccountRepository = ReturnType<typeof createAccountRepository>

export function createAccountRepository(supabase: RpcClient) {
  return {
    /** Memberships of the signed-in person, the oldest first. */
    list: () => callRpc<Account[]>(supabase, 'my_accounts', {}),

    /** Opens the account with its free minutes; the same name again answers the same account. */
    open: (company_name: string, time_zone: string | null) =>
      callRpc<{ account_id: string }>(supabase, 'open_account', { company_name, time_zone }),

    getWallet: (account_id: string) => callRpc<Wallet>(supabase, 'current_wallet', { account_id }),
  }
}
