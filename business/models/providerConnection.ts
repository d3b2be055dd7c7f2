import { z } from 'zod'
import { parseInput } from './parseInput.ts'

/** Whose account at which provider. connection_id null: the installation's own; else that of an account which brought its own key. */
export const providerAddressSchema = z.object({ provider: z.string(), connection_id: z.string().nullable().default(null) })
export type ProviderAddress = z.infer<typeof providerAddressSchema>

/**
 * An account's own connection, as the migrations document it. offered: known to the provider, taken on by nobody; no page ever sees it. pending: no number
 * chosen yet. working: dialled by. refused: the provider refuses it, the line is held. retired: removed or replaced.
 */
export const connectionStates = ['offered', 'pending', 'working', 'refused', 'retired'] as const
export type ConnectionState = (typeof connectionStates)[number]

/** A number that the provider has for the holder of a key. */
export interface OfferedNumber {
  /** The provider's id of it. */
  provider_ref: string
  e164: string
  /** What its owner calls it there; may be empty. */
  label: string
}

export interface NumberListing {
  /** The provider's id of its customer: two keys of the same customer list the same. */
  customer_ref: string
  /** Those that can be called from. */
  numbers: OfferedNumber[]
}

/** Of the key the last four characters, and never more. */
export interface ProviderConnection {
  id: string
  provider: string
  state: Extract<ConnectionState, 'pending' | 'working' | 'refused'>
  last_four: string
  key_at: string
  key_by_name: string | null
  /** When the numbers were listed. */
  checked_at: string
  refused_as: 'auth' | 'billing' | null
  refused_at: string | null
  /** For those who choose; empty for everybody else. */
  numbers: OfferedNumber[]
}

/** The line that an account calls by. */
export interface AccountLine {
  e164: string
  label: string
  /** null: the platform's. */
  provider_ref: string | null
  is_own: boolean
  concurrency_max: number
  /** Calls on it right now; of the platform's, which others use too, nobody is told. */
  in_flight: number | null
  hold_reason: string | null
  hold_until: string | null
}

export interface AccountProvider {
  line: AccountLine | null
  connection: ProviderConnection | null
  /** A key that waits for a number to be chosen; the other one is dialled by until then. */
  pending: ProviderConnection | null
}

/** As many calls at once as a line of one's own can be given. */
export const mostCallsAtOnce = 100
/** What the provider allows a new customer. */
export const usualCallsAtOnce = 10

/** A header of a request is made of it: printable, and no end of line. */
const keySchema = z.string().trim().min(8).max(200).regex(/^[\x21-\x7e]+$/)
const keyWishSchema = z.object({ account_id: z.uuid(), api_key: keySchema })
export type KeyWish = z.infer<typeof keyWishSchema>
export const parseKeyWish = (body: unknown): KeyWish => parseInput(keyWishSchema, body)

const listingWishSchema = z.object({ account_id: z.uuid(), connection_id: z.uuid() })
export type ListingWish = z.infer<typeof listingWishSchema>
export const parseListingWish = (body: unknown): ListingWish => parseInput(listingWishSchema, body)
