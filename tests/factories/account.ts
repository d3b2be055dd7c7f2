/** An account with its owner, as a sign-up makes it. */
import { randomUUID } from 'node:crypto'
import type { Actor, TestDatabase } from '../support/database.ts'
import { acceptTerms } from './terms.ts'

export interface TestAccount { accountId: string, userId: string, owner: Actor }

export async function openAccount(db: TestDatabase, name = `Company ${randomUUID().slice(0, 8)}`): Promise<TestAccount> {
  const { userId } = await db.newUser()
  const owner = db.asUser(userId)
  const { account_id: accountId } = await owner.rpc<{ account_id: string }>('open_account', { company_name: name, time_zone: 'America/New_York' })
  await acceptTerms({ accountId, owner })
  return { accountId, userId, owner }
}

/** Another person in the account: the row that an accepted invitation leaves, without its mail. */
export async function addMember(db: TestDatabase, account: TestAccount, role: 'admin' | 'agent' | 'viewer'): Promise<{ userId: string, actor: Actor }> {
  const { userId } = await db.newUser()
  await db.sql`insert into public.members (account_id, user_id, role) values (${account.accountId}, ${userId}, ${role})`
  return { userId, actor: db.asUser(userId) }
}
