/** What would have cost somebody money at a real provider: an order that is charged in two ways, a request that cannot be repeated safely. */
import type { Provider } from './provider.ts'
import type { Asked } from './wire/answer.ts'

/** A key that the official SDK makes up is another one after a crash. */
const MADE_UP = /^stripe-node-retry-/

export function noteMoney(provider: Provider, what: string, { key }: Asked): void {
  if (key === null || MADE_UP.test(key)) provider.violations.push(`${what} came without an Idempotency-Key of the shop's own.`)
}

interface Claiming { order: string | undefined, thing: string, key: string | null }

/** An order may be charged by one session or payment; another is harmless only when the first can bring no money any more. */
export function noteOrder(provider: Provider, { order, thing, key }: Claiming): void {
  if (order === undefined) return
  const { claims } = provider.books
  const known = claims.find(order)
  if (known && canBringMoney(provider, known.thing)) provider.violations.push(`The order ${order} is charged in two ways: ${known.thing} (${known.key}) and ${thing} (${key ?? 'no key'}).`)
  claims.add({ id: order, object: 'claim', created: provider.seconds(), key: key ?? '', thing })
}

function canBringMoney({ books }: Provider, id: string): boolean {
  return books.sessions.find(id)?.status !== 'expired' && books.intents.find(id)?.status !== 'canceled'
}
