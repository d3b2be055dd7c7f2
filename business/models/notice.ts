import type { PauseDetails } from './campaign.ts'

/** What the account's people are told because it happened without them: alerts that last until their cause is gone, and events. */
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
  /** A purchase by a slow method of payment was not paid in the end. */
  'payment_failed',
  /** Everybody in a campaign was reached or given up. */
  'completed',
  /** A file is in. Told to whoever brought it, as is the next. */
  'import_completed',
  /** Somebody gave a file up before its end; what went in stays. */
  'import_failed',
  /** Recordings whose time is over could not be deleted here or at the carrier. Told once a day. */
  'deletions_failed',
  /** A platform operator stopped the account; details.reason says why. Over when it is reactivated. */
  'account_suspended',
  /** An owner closed it. Over when it is opened again. */
  'account_closed',
  /** The account's own provider refuses its key (details.code auth) or wants to be paid (billing); nobody is called until it does not. */
  'provider_refused',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** What people filter by, and switch mails on and off for: several kinds each. */
export const noticeTopics = ['completed', 'paused', 'not_launched', 'minutes', 'payments', 'imports', 'privacy', 'account', 'provider'] as const
export type NoticeTopic = (typeof noticeTopics)[number]

const topics: Readonly<Record<NoticeKind, NoticeTopic>> = {
  failure_rate: 'paused',
  opt_out_rate: 'paused',
  assistant: 'paused',
  budget: 'paused',
  ended: 'paused',
  not_launched: 'not_launched',
  no_minutes: 'minutes',
  low_balance: 'minutes',
  auto_top_up_failed: 'payments',
  auto_top_up_off: 'payments',
  payment_disputed: 'payments',
  balance_below_zero: 'payments',
  payment_failed: 'payments',
  completed: 'completed',
  import_completed: 'imports',
  import_failed: 'imports',
  deletions_failed: 'privacy',
  account_suspended: 'account',
  account_closed: 'account',
  provider_refused: 'provider',
}
export const topicOf = (kind: NoticeKind): NoticeTopic => topics[kind]

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

interface StateDetails {
  /** In the operator's own words. */
  reason?: string
}

interface EventDetails {
  /** People of a completed campaign. */
  reached?: number
  not_reached?: number
  /** Rows of a file. */
  created?: number
  updated?: number
  refused?: number
}

/** An alert: shown on the pages until its cause is gone or somebody puts it away, for everybody. */
export interface Notice {
  id: string
  kind: NoticeKind
  /** null: about the whole account. */
  campaign_id: string | null
  campaign_name: string | null
  details: PauseDetails & MinutesDetails & PaymentDetails & EventDetails & StateDetails & { blockers?: { code: string }[] }
  created_at: string
}

/** A notice of either life as one person meets it in the bell: read or not by them alone. */
export interface Notification extends Notice {
  import_id: string | null
  file_name: string | null
  is_read: boolean
  /** The cause of an alert is gone. */
  is_over: boolean
}

export interface NotificationFilter {
  unread?: boolean
  topics?: NoticeTopic[]
}

export interface NotificationPage {
  rows: Notification[]
  next_cursor: unknown
}

export interface NoticePreference {
  topic: NoticeTopic
  by_email: boolean
}

/** Nobody counts further than this. */
export const mostUnread = 100
