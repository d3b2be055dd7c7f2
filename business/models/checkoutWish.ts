import { z } from 'zod'
import { parseInput } from './parseInput.ts'

/** What somebody wants to buy: a pack, or as many minutes as an amount gives. */
const checkoutWishSchema = z
  .object({
    account_id: z.uuid(),
    /** Made by the page once per intention to pay, so that a second click is the same order. */
    request_id: z.uuid(),
    pack_id: z.string().min(1).max(100).nullable().default(null),
    amount_cents: z.number().int().positive().nullable().default(null),
    saves_card: z.boolean().default(false),
  })
  .refine(({ pack_id, amount_cents }) => (pack_id === null) !== (amount_cents === null), { path: ['pack_id'], message: 'Name a pack or an amount.' })
export type CheckoutWish = z.infer<typeof checkoutWishSchema>

/** Whether the pack exists and the amount is allowed is the database's answer. */
export function parseCheckoutWish(body: unknown): CheckoutWish {
  return parseInput(checkoutWishSchema, body)
}

const accountWishSchema = z.object({ account_id: z.uuid() })

export function parseAccountWish(body: unknown): z.infer<typeof accountWishSchema> {
  return parseInput(accountWishSchema, body)
}
