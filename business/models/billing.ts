/** Minutes that can be bought at once, for a price. Data of the platform: the page shows what there is. */
export interface Pack {
  id: string
  name: string
  description: string
  seconds: number
  price_cents: number
  currency: string
  /** Given on top of seconds. */
  bonus_percent: number
  position: number
}

/** What a custom amount buys; only the database calculates it. */
export interface Quote {
  seconds: number
  bonus_seconds: number
  amount_cents: number
  currency: string
}

/** What an invoice says of the buyer, and when the account wants to hear that minutes run short. */
export interface BillingDetails {
  company_name: string | null
  email: string | null
  address_line_1: string | null
  address_line_2: string | null
  postal_code: string | null
  city: string | null
  state: string | null
  /** ISO 3166, two letters. */
  country: string | null
  tax_number: string | null
  currency: string
  /** Seconds at each of which a notice is given, once per fall. */
  low_balance_levels: number[]
}

/** A card that the payment provider keeps; nothing of it is here but what a person needs to tell it from another. */
export interface PaymentMethod {
  id: string
  brand: string
  last4: string
  exp_month: number
  exp_year: number
  is_default: boolean
}

/** Why the automatic top-up is off though somebody had switched it on. */
export const autoTopUpOffReasons = [
  /** Three charges in a row were refused. */
  'three_failures',
  /** The card it charged was removed. */
  'no_card',
  /** What it bought is sold no more. */
  'not_offered',
  /** The bank of a card holder disputes a payment. */
  'dispute',
  /** Somebody switched it off. */
  'person',
] as const
export type AutoTopUpOffReason = (typeof autoTopUpOffReasons)[number]

/** Buys by itself when the balance falls below a threshold: either a pack or an amount. */
export interface AutoTopUpSettings {
  is_on: boolean
  threshold_seconds: number
  pack_id: string | null
  amount_cents: number | null
  monthly_limit_cents: number
}

export interface AutoTopUp extends AutoTopUpSettings {
  failures: number
  /** After a refusal: no charge before. */
  next_try_at: string | null
  off_reason: AutoTopUpOffReason | null
}

/** Everything the billing pages begin with, read at one instant so that the numbers belong together. */
export interface Billing {
  wallet: { balance_seconds: number, reserved_seconds: number, spendable_seconds: number }
  packs: Pack[]
  custom: { min_cents: number, max_cents: number }
  details: BillingDetails | null
  payment_methods: PaymentMethod[]
  auto_top_up: AutoTopUp | null
  /** Over the last two weeks, on days with calls; 0 before the first. */
  average_seconds_per_day: number
  /** At that pace; null while nobody knows it. */
  days_left: number | null
  /** What a minute of the balance was bought for, on average; free minutes count as nothing. */
  price_cents_per_minute: number | null
}

/** What a person chose to buy. */
export type Choice = { pack_id: string } | { amount_cents: number }

export interface PackPrice {
  cents_per_minute: number
  /** 0 to 1, against the dearest minute on offer. */
  saving: number
  bonus_seconds: number
}

/** What a pack costs by the minute, its bonus included, and how much less that is than the dearest pack's minute. */
export function packPrice(pack: Pack, packs: Pack[]): PackPrice {
  const dearest = Math.max(...packs.map(centsPerMinute))
  const cents_per_minute = centsPerMinute(pack)
  return { cents_per_minute, saving: 1 - cents_per_minute / dearest, bonus_seconds: bonusOf(pack) }
}

export const centsPerMinuteOf = ({ amount_cents, seconds, bonus_seconds }: Quote): number => (amount_cents * 60) / (seconds + bonus_seconds)

const bonusOf = ({ seconds, bonus_percent }: Pack) => Math.floor((seconds * bonus_percent) / 100)
const centsPerMinute = (pack: Pack) => (pack.price_cents * 60) / (pack.seconds + bonusOf(pack))

/** US dollars until the platform offers something in another currency. */
export const currencyOf = (billing: Pick<Billing, 'packs'> | undefined): string => billing?.packs[0]?.currency ?? 'usd'

/** As it stands on the card: "Visa •••• 4242". */
export function cardName({ brand, last4 }: Pick<PaymentMethod, 'brand' | 'last4'>): string {
  const words = brand.split(/[_\s]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return `${words.join(' ')} •••• ${last4}`
}
