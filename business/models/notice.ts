import type { PauseDetails } from './campaign.ts'

/** Something stopped, or did not start, without anybody doing it. Told once per cause; dismissing hides it for everybody. */
export const noticeKinds = [
  'failure_rate',
  'opt_out_rate',
  'assistant',
  'budget',
  'ended',
  /** Its time came and something was missing; it is a draft again. details.blockers says what. */
  'not_launched',
  /** Campaigns wait for minutes and go on by themselves once there are some. */
  'no_minutes',
  /** The balance fell below a level that the account wants to hear of. */
  'low_balance',
  /** A charge of the automatic top-up was refused, or the month's limit keeps it from charging. */
  'auto_top_up_failed',
  /** It charges nothing any more until a person switches it on again. */
  'auto_top_up_off',
  /** A card holder's bank disputes a payment. */
  'payment_disputed',
  /** A refund or dispute took minutes that were used already. */
  'balance_below_zero',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

interface MinutesDetails {
  spendable_seconds?: number
  needed_seconds?: number
  /** The level that the balance fell to; 0 when it is empty. */
  level_seconds?: number
  /** May be below zero. */
  balance_seconds?: number
}

interface PaymentDetails {
  order_id?: string
  amount_cents?: number
  currency?: string
  /** Why it was refused; monthly_limit: it was not even tried. */
  code?: string
  off_reason?: string
}

export interface Notice {
  id: string
  kind: NoticeKind
  /** null: about the whole account. */
  campaign_id: string | null
  campaign_name: string | null
  details: PauseDetails & MinutesDetails & PaymentDetails & { blockers?: { code: string }[] }
  created_at: string
}
