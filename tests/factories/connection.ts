/** An account's own connection to a provider, made by the commands that page and function use; what the provider lists is the test's word. */
import { randomUUID } from 'node:crypto'
import type { Actor, TestDatabase } from '../support/database.ts'
import type { TestAccount } from './account.ts'
import { newPhone } from './campaign.ts'

interface Offered { provider_ref: string, e164: string, label: string }
export interface TestListing { customer_ref: string, numbers: Offered[] }
export interface TestConnection { connectionId: string, listing: TestListing, apiKey: string }

export const newKey = (): string => `key-${randomUUID()}`

export function listingOf(numbers = 1, customer_ref: string = randomUUID()): TestListing {
  return { customer_ref, numbers: Array.from({ length: numbers }, (_, index) => ({ provider_ref: randomUUID(), e164: newPhone(), label: `Line ${index + 1}` })) }
}

/** A key that the provider listed numbers for; nobody took it on yet. */
export async function keptKey(db: TestDatabase, accountId: string, listing: TestListing, api_key = newKey()): Promise<string> {
  const kept = await db.asService().rpc<{ connection_id: string }>('keep_provider_key', { account_id: accountId, provider: 'vapi', api_key, listing })
  return kept.connection_id
}

/** A key that the person took on. Of a customer that the account knows already, the connection of that customer. */
export async function connected(db: TestDatabase, { accountId, owner }: Pick<TestAccount, 'accountId' | 'owner'>, listing = listingOf(), apiKey = newKey()): Promise<TestConnection> {
  const { connection_id: connectionId } = await owner.rpc<{ connection_id: string }>('connect_provider', { connection_id: await keptKey(db, accountId, listing, apiKey) })
  return { connectionId, listing, apiKey }
}

export function chooseNumber(actor: Pick<Actor, 'rpc'>, { connectionId, listing }: TestConnection, nth = 0, concurrency_max = 10): Promise<unknown> {
  return actor.rpc('choose_provider_number', { connection_id: connectionId, provider_ref: listing.numbers[nth]!.provider_ref, concurrency_max })
}

/** An account that calls by its own key and number. */
export async function ownLine(db: TestDatabase, account: Pick<TestAccount, 'accountId' | 'owner'>, listing = listingOf(), apiKey = newKey()): Promise<TestConnection> {
  const connection = await connected(db, account, listing, apiKey)
  await chooseNumber(account.owner, connection)
  return connection
}
