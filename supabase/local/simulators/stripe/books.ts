/** Everything that is kept, by kind. What is written here is in the journal a moment later. */
import type { Journal } from './journal.ts'
import type { Charge, Claim, Customer, Dispute, PaymentIntent, PaymentMethod, Refund, Remembered, Session, SetupIntent, StripeEvent, Thing, WebhookEndpoint } from './things.ts'
import { missing } from './wire/refusal.ts'

export interface Shelf<One extends Thing> {
  find(id: string): One | undefined
  /** Refuses as the provider does when there is none: 404 for an address, 400 for what a parameter names. */
  get(id: string, param?: string, status?: number): One
  add(thing: One): One
  change(thing: One, changes: Partial<One>): One
  remove(id: string): void
  /** Newest first. */
  list(): One[]
}

export interface Books {
  customers: Shelf<Customer>
  methods: Shelf<PaymentMethod>
  intents: Shelf<PaymentIntent>
  setups: Shelf<SetupIntent>
  sessions: Shelf<Session>
  charges: Shelf<Charge>
  refunds: Shelf<Refund>
  disputes: Shelf<Dispute>
  events: Shelf<StripeEvent>
  endpoints: Shelf<WebhookEndpoint>
  remembered: Shelf<Remembered>
  claims: Shelf<Claim>
}

export function openBooks(journal: Journal): Books {
  const shelf = <One extends Thing>(kind: string, noun: string, param = 'id') => createShelf<One>(journal, { kind, noun, param })
  return {
    customers: shelf('customers', 'customer'), methods: shelf('methods', 'PaymentMethod', 'payment_method'), intents: shelf('intents', 'payment_intent', 'intent'),
    setups: shelf('setups', 'setupintent', 'intent'), sessions: shelf('sessions', 'checkout.session', 'session'), charges: shelf('charges', 'charge'),
    refunds: shelf('refunds', 'refund', 'refund'), disputes: shelf('disputes', 'dispute', 'dispute'), events: shelf('events', 'event'), endpoints: shelf('endpoints', 'webhook endpoint', 'webhook_endpoint'),
    remembered: shelf('remembered', 'key'), claims: shelf('claims', 'claim'),
  }
}

function createShelf<One extends Thing>(journal: Journal, { kind, noun, param: usual }: { kind: string, noun: string, param: string }): Shelf<One> {
  const things = new Map<string, One>(journal.entries(kind).map((thing) => [thing.id, thing as One]))
  const written = (thing: One) => {
    journal.write(kind, thing)
    return thing
  }
  return {
    find: (id) => things.get(id),
    get(id, param = usual, status = 404) {
      const found = things.get(id)
      if (!found) throw missing(noun, id, param, status)
      return found
    },
    add(thing) {
      things.set(thing.id, thing)
      return written(thing)
    },
    change: (thing, changes) => written(Object.assign(thing, changes)),
    remove(id) {
      things.delete(id)
      journal.erase(kind, id)
    },
    list: () => [...things.values()].reverse(),
  }
}
