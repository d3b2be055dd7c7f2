import type { Account, AccountStatus, CompanyType, Wallet } from '../models/account.ts'
import type { AccountPartPage } from '../models/accountExport.ts'
import type { AccountProfile } from '../models/accountProfile.ts'
import type { AccountRules, AccountRulesContent } from '../models/accountRules.ts'
import type { AllowedNetworks } from '../models/allowedNetworks.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type AccountRepository = ReturnType<typeof createAccountRepository>

export function createAccountRepository(supabase: RpcClient) {
  return {
    /** Memberships of the signed-in person, the oldest first. */
    list: () => callRpc<Account[]>(supabase, 'my_accounts', {}),

    /** Opens the account with its free minutes; the same name again answers the same account. */
    open: (company_name: string, time_zone: string | null, company_type: CompanyType) =>
      callRpc<{ account_id: string }>(supabase, 'open_account', { company_name, time_zone, company_type }),

    /** Changes what content names; answers what holds now. */
    save: (account_id: string, content: Partial<AccountProfile>) => callRpc<AccountProfile>(supabase, 'save_account', { account_id, content }),

    /** Closes the account under its name as somebody typed it; refused while campaigns or calls are under way. */
    close: (account_id: string, name: string) => callRpc<{ status: AccountStatus }>(supabase, 'close_account', { account_id, name }),

    /** Has a closed one erased from now on, under its name as somebody typed it. */
    erase: (account_id: string, name: string) => callRpc<{ erase_at: string }>(supabase, 'erase_account', { account_id, name }),

    /** A page of a part of all that the account has; for owners. The first page of the part account is logged. */
    exportPart: (account_id: string, part: string, cursor: unknown) => callRpc<AccountPartPage>(supabase, 'export_account', { account_id, part, cursor }),

    /** Opens a closed one again, within thirty days. */
    reopen: (account_id: string) => callRpc<{ status: AccountStatus }>(supabase, 'reopen_account', { account_id }),

    /** From where the account opens, and from where the signed-in person looks. */
    getNetworks: (account_id: string) => callRpc<AllowedNetworks>(supabase, 'allowed_networks', { account_id }),

    /** invalid_input, also when they would lock themselves out. None: it opens from everywhere. */
    saveNetworks: (account_id: string, networks: string[]) => callRpc<AllowedNetworks>(supabase, 'save_allowed_networks', { account_id, networks }),

    getWallet: (account_id: string) => callRpc<Wallet>(supabase, 'current_wallet', { account_id }),

    /** Whether the account opens to nobody without a second factor. For owners who showed one themselves. */
    requireSecondFactor: (account_id: string, is_required: boolean) =>
      callRpc<{ requires_second_factor: boolean }>(supabase, 'require_second_factor', { account_id, is_required }),

    /** What the account set, and beside it the law's rules with their citations. */
    getRules: (account_id: string) => callRpc<AccountRules>(supabase, 'get_account_rules', { account_id }),

    /** Changes what content names; answers the account's rules as they are now. */
    saveRules: (account_id: string, content: Partial<AccountRulesContent>) =>
      callRpc<AccountRulesContent>(supabase, 'save_account_rules', { account_id, content }),
  }
}
