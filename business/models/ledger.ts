import { addDays } from './localTime.ts'

/** What moved the balance. Only refund and dispute may take it below zero. */
export const ledgerKinds = ['grant', 'purchase', 'consume', 'refund', 'dispute', 'adjust', 'expire'] as const
export type LedgerKind = (typeof ledgerKinds)[number]

/** One movement of seconds: written once, never changed. account_version counts them without a gap. */
export interface LedgerEntry {
  id: string
  account_version: number
  kind: LedgerKind
  delta_seconds: number
  balance_after: number
  /** Of a call: what it cost in micro-dollars at the average price of its minutes. */
  price_micros: number | null
  call_id: string | null
  order_id: string | null
  campaign_name: string | null
  note: string | null
  created_at: string
}

/** What a movement is called: money that comes back after all has a name of its own. */
export function entryName({ kind, delta_seconds }: Pick<LedgerEntry, 'kind' | 'delta_seconds'>): LedgerKind | 'refund_back' | 'dispute_back' {
  if (delta_seconds < 0) return kind
  return kind === 'refund' ? 'refund_back' : kind === 'dispute' ? 'dispute_back' : kind
}

export interface LedgerPage {
  rows: LedgerEntry[]
  next_cursor: unknown
}

/** A call under way, with what is held for it. */
export interface Reservation {
  call_id: string
  campaign_name: string | null
  /** Masked for whoever may not see personal values. */
  contact_name: string
  state: string
  reserved_seconds: number
  created_at: string
}

/** Days of the account's own calendar, both included. */
export interface Period {
  from_day: string
  to_day: string
}

export interface SpendDay {
  day: string
  billed_seconds: number
  price_micros: number
  calls_count: number
}

type SpendTotals = Omit<SpendDay, 'day'>

/** What calls took, day by day, and in the period of the same length before it. */
export interface Spend {
  days: SpendDay[]
  totals: SpendTotals
  previous: SpendTotals
}

/** Every day of a period, those without a call too. */
export function daysOf({ from_day, to_day }: Period): string[] {
  const days = []
  for (let day = from_day; day <= to_day; day = addDays(day, 1)) days.push(day)
  return days
}

/** How many days a period has; without naming them, because an address may ask for a thousand years. */
export function lengthOf({ from_day, to_day }: Period): number {
  return (Date.parse(to_day) - Date.parse(from_day)) / 86_400_000 + 1
}

/** The days up to today, as many as asked for. */
export function lastDays(count: number, today: string): Period {
  return { from_day: addDays(today, 1 - count), to_day: today }
}

/** As many days as the period has, just before it. */
export function periodBefore(period: Period): Period {
  const count = lengthOf(period)
  return { from_day: addDays(period.from_day, -count), to_day: addDays(period.to_day, -count) }
}

export interface ComparedDay extends SpendDay {
  before: SpendDay
}

/** Each day beside the one of the period before; a day without a call counts nothing. */
export function comparedDays(period: Period, now: SpendDay[], before: SpendDay[]): ComparedDay[] {
  const [known, knownBefore] = [now, before].map((days) => new Map(days.map((day) => [day.day, day])))
  const earlier = daysOf(periodBefore(period))
  return daysOf(period).map((day, index) => ({ ...quiet(day), ...known?.get(day), before: knownBefore?.get(earlier[index] ?? '') ?? quiet(earlier[index] ?? '') }))
}

const quiet = (day: string): SpendDay => ({ day, billed_seconds: 0, price_micros: 0, calls_count: 0 })
