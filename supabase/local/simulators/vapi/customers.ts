/** Whose key is it? The simulator starts with one customer; others have keys, numbers and calls of their own. */
import { randomUUID } from 'node:crypto'
import { newCustomer, type Exchange } from './exchange.ts'

export interface NewCustomer {
  apiKey: string
  phoneNumbers: { id: string, number: string }[]
}

export interface Customers {
  /** Undefined for a key that nobody has, or has any more. */
  find(key: string): Exchange | undefined
  add(customer: NewCustomer): void
  /** One more key of the customer who has the other one; false when nobody has it. */
  addKey(key: string, besides: string): boolean
  /** The provider knows the key no longer. What it was used for goes on. */
  revoke(key: string): boolean
}

export function createCustomers(first: Exchange, apiKey: string): Customers {
  const keys = new Map([[apiKey, first]])
  /** A customer without a valid key is still there for the next one. */
  const known = new Map(keys)
  const give = (key: string, customer: Exchange) => {
    keys.set(key, customer)
    known.set(key, customer)
  }
  return {
    find: (key) => keys.get(key),
    add: (customer) => give(customer.apiKey, newCustomer(first, randomUUID(), customer.phoneNumbers)),
    addKey(key, besides) {
      const customer = known.get(besides)
      if (customer) give(key, customer)
      return customer !== undefined
    },
    revoke: (key) => keys.delete(key),
  }
}
