/** Buying minutes over HTTP as the pages do it, against the simulated payment provider of a stack. */
import { randomUUID } from 'node:crypto'
import type { SupabaseClient } from '@supabase/supabase-js'
import { expect } from 'vitest'
import type { TestAccount } from '../factories/account.ts'
import { signedIn } from './people.ts'
import type { TestStack } from './stack.ts'

/** The test cards of the provider. */
export const PAYS = '4242424242424242'

export interface OrderRow {
  id: string
  status: string
  amount_cents: number
  refunded_cents: number
  disputed_cents: number
  failure_code: string | null
  invoice_no: string | null
  invoice_path: string | null
  payment_intent_id: string | null
}
interface CardRow { id: string, brand: string, last4: string, removed_at: string | null }
type Asker = Pick<TestAccount, 'userId'> | string | null

export interface Shop {
  /** Asks a function as somebody: a person, a token as it is, or nobody. */
  ask(who: Asker, path: string, body?: object, method?: string): Promise<Response>
  /** An order with its page: what a click on "Buy" does. */
  open(account: TestAccount, wish: object): Promise<{ order_id: string, url: string, session: string }>
  sessionOf(url: string): string
  order(id: string): Promise<OrderRow>
  cards(account: TestAccount): Promise<CardRow[]>
  balance(account: TestAccount): Promise<number>
  /** Until the provider has told everything and the functions have worked on it. */
  heard(): Promise<void>
  signedIn(userId: string): Promise<SupabaseClient>
}

export function createShop(stack: TestStack): Shop {
  const { sql } = stack.db
  const ask: Shop['ask'] = async (who, path, body, method = 'POST') => {
    const token = who === null ? null : typeof who === 'string' ? who : (await signedIn(stack, who)).token
    const headers = { 'content-type': 'application/json', apikey: stack.identity.publishableKey, ...(token !== null && { authorization: `Bearer ${token}` }) }
    return fetch(`${stack.url}/functions/v1/${path}`, { method, headers, body: body && JSON.stringify(body) })
  }
  const sessionOf = (url: string) => /cs_\w+/.exec(url)![0]
  const unread = async () => Number((await sql`select count(*) as n from engine.payment_events
    where processed_at is null and quarantined_at is null and due_at <= private.now()`)[0]!.n)
  return {
    ask,
    sessionOf,
    async open(account, wish) {
      const answer = await ask(account, 'create-checkout', { account_id: account.accountId, request_id: randomUUID(), ...wish })
      const body = await answer.json() as { order_id: string, url: string }
      if (!answer.ok) throw new Error(`create-checkout answered ${answer.status}: ${JSON.stringify(body)}`)
      return { ...body, session: sessionOf(body.url) }
    },
    order: async (id) => (await sql<OrderRow[]>`select * from public.orders where id = ${id}`)[0]!,
    cards: ({ accountId }) => sql<CardRow[]>`select * from public.payment_methods where account_id = ${accountId} and removed_at is null`.then((rows) => [...rows]),
    balance: async ({ accountId }) => Number((await sql`select balance_seconds from engine.accounts where account_id = ${accountId}`)[0]!.balance_seconds),
    async heard() {
      await stack.payments.quiet()
      // A beat leaves alone what a function's own worker holds at that moment, and the other way round: the next beat takes it.
      await expect.poll(async () => {
        await stack.tick()
        return unread()
      }).toBe(0)
    },
    signedIn: async (userId) => (await signedIn(stack, { userId })).client,
  }
}
