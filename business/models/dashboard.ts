import type { CallRecord } from './callRecord.ts'
import type { Campaign } from './campaign.ts'

/** A day of the account's own zone. */
export interface DayFigures {
  calls_count: number
  answered_count: number
  positive_count: number
  billed_seconds: number
  /** null: the person may not see what calls cost. */
  price_micros: number | null
}

/** What needs the operator now; details carry the words' facts. */
export interface DashboardAlert {
  code: 'low_balance' | 'no_minutes' | 'line_held'
  campaign_id: string | null
  details: { balance_seconds?: number, name?: string }
}

/** How an account is doing, read at one instant so that the numbers belong together. */
export interface Dashboard {
  wallet: { balance_seconds: number, reserved_seconds: number, spendable_seconds: number }
  today: DayFigures
  yesterday: DayFigures
  /** null: the person may not see what calls cost. */
  currency: string | null
  checklist: { has_assistant: boolean, has_contacts: boolean, has_campaign: boolean, has_started: boolean }
  running: Campaign[]
  recent_calls: CallRecord[]
  alerts: DashboardAlert[]
}

/** What needs somebody: a campaign whose own running calls hold the minutes goes on by itself when they end. */
export function urgentAlerts({ alerts, running }: Pick<Dashboard, 'alerts' | 'running'>): DashboardAlert[] {
  const calling = new Set(running.filter(({ counters }) => counters.calling > 0).map(({ id }) => id))
  return alerts.filter(({ code, campaign_id }) => code !== 'no_minutes' || campaign_id === null || !calling.has(campaign_id))
}
