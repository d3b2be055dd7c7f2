import { z } from 'zod'
import type { AutoTopUp, AutoTopUpSettings, BillingDetails, Pack } from './billing.ts'

interface Limits {
  min_cents: number
  max_cents: number
}

/** Whole dollars within the limits, as cents; null for everything else. */
export function dollarsOf(amount: number | null, { min_cents, max_cents }: Limits): number | null {
  if (amount === null || !Number.isInteger(amount)) return null
  const cents = amount * 100
  return cents >= min_cents && cents <= max_cents ? cents : null
}

/** As a person writes them: "30, 10" minutes. */
const levels = z.string().trim().regex(/^(\d{1,5}(\s*,\s*\d{1,5}){0,4})?$/, 'billing.errors.levels')

export const billingDetailsSchema = z.object({
  company_name: z.string().trim().max(200),
  email: z.union([z.literal(''), z.email()]),
  address_line_1: z.string().trim().max(200),
  address_line_2: z.string().trim().max(200),
  postal_code: z.string().trim().max(20),
  city: z.string().trim().max(100),
  state: z.string().trim().max(100),
  country: z.string().nullable(),
  tax_number: z.string().trim().max(50),
  levels,
})
export type BillingDetailsInput = z.input<typeof billingDetailsSchema>

const texts = ['company_name', 'email', 'address_line_1', 'address_line_2', 'postal_code', 'city', 'state', 'tax_number'] as const
const defaultLevels = [1800, 600]

export function detailsFormOf(details: BillingDetails | null): BillingDetailsInput {
  const levels = (details?.low_balance_levels ?? defaultLevels).map((seconds) => Math.round(seconds / 60)).join(', ')
  const written = Object.fromEntries(texts.map((name) => [name, details?.[name] ?? ''])) as Record<(typeof texts)[number], string>
  return { ...written, country: details?.country || null, levels }
}

/** What nobody wrote is null, not an empty line on an invoice. */
export function detailsOf({ levels, country, ...written }: z.output<typeof billingDetailsSchema>, currency: string): BillingDetails {
  const minutes = levels.split(',').map(Number).filter((count) => count > 0)
  const low_balance_levels = [...new Set(minutes)].sort((a, b) => b - a).map((count) => count * 60)
  const known = Object.fromEntries(texts.map((name) => [name, written[name] || null])) as Record<(typeof texts)[number], string | null>
  return { ...known, country, currency, low_balance_levels }
}

/** In the list of what is bought, an amount of one's own. */
export const ownAmount = 'amount'

const whole = (least: number, most: number) => z.number().min(least).max(most).int()

/** Minutes and dollars, as they are typed; what a pack costs is known to the page that offers it. */
export function autoTopUpSchema(packs: Pack[], { min_cents, max_cents }: Limits) {
  return z
    .object({
      is_on: z.boolean(),
      threshold_minutes: whole(1, 100_000),
      what: z.string(),
      amount_dollars: z.number().int().nullable(),
      limit_dollars: whole(1, 1_000_000),
    })
    .refine(({ what, amount_dollars }) => what !== ownAmount || dollarsOf(amount_dollars, { min_cents, max_cents }) !== null, {
      error: 'billing.errors.amount', path: ['amount_dollars'], when: () => true,
    })
    .refine(({ what, amount_dollars, limit_dollars }) => limit_dollars * 100 >= priceOf(packs, what, amount_dollars), {
      error: 'billing.errors.limit', path: ['limit_dollars'], when: () => true,
    })
}
export type AutoTopUpInput = z.input<ReturnType<typeof autoTopUpSchema>>

/** What one top-up costs, in cents; 0 while nobody knows. */
export function priceOf(packs: Pack[], what: string, amount_dollars: number | null): number {
  return what === ownAmount ? (amount_dollars ?? 0) * 100 : (packs.find(({ id }) => id === what)?.price_cents ?? 0)
}

export function autoTopUpFormOf(settings: AutoTopUp | null, packs: Pack[]): AutoTopUpInput {
  if (!settings) return { is_on: false, threshold_minutes: 30, what: packs[1]?.id ?? packs[0]?.id ?? ownAmount, amount_dollars: null, limit_dollars: 200 }
  return {
    is_on: settings.is_on,
    threshold_minutes: Math.round(settings.threshold_seconds / 60),
    what: settings.pack_id ?? ownAmount,
    amount_dollars: settings.amount_cents === null ? null : settings.amount_cents / 100,
    limit_dollars: settings.monthly_limit_cents / 100,
  }
}

export function autoTopUpOf({ is_on, threshold_minutes, what, amount_dollars, limit_dollars }: AutoTopUpInput): AutoTopUpSettings {
  const isAmount = what === ownAmount
  return {
    is_on,
    threshold_seconds: threshold_minutes * 60,
    pack_id: isAmount ? null : what,
    amount_cents: isAmount ? (amount_dollars ?? 0) * 100 : null,
    monthly_limit_cents: limit_dollars * 100,
  }
}
