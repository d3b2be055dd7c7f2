import type { Actor } from '../support/database.ts'

/** What the wizard of a first campaign asks for; whoever wants to be asked does not say it. */
export async function acceptTerms(account: { accountId: string, owner: Pick<Actor, 'rpc'> }): Promise<void> {
  const { version } = await account.owner.rpc<{ version: number }>('current_terms', { account_id: account.accountId })
  await account.owner.rpc('accept_terms', { account_id: account.accountId, version })
}
