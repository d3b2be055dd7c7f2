/** Facts of a forecast as the database answers them, for a campaign that starts on a Monday at midnight UTC. */
import type { ForecastFacts, ForecastLimits } from '../../business/models/forecast.ts'
import { defaultRetries } from '../../business/models/retryRules.ts'

const day = 86_400
export const noCalls = { calls: 0, outcomes: [], callbacks: { calls: 0, later_seconds: 0 } }
/** Monday, 2 November 2026. */
export const monday = Date.UTC(2026, 10, 2) / 1000
const days = 57

/** Every day from one hour to another, UTC. */
export const daily = (from: number, until: number) =>
  Array.from({ length: days }, (_, index) => [monday + index * day + from * 3600, monday + index * day + until * 3600]).flat()

interface Wish { people?: number, edges?: number[], limits?: Partial<ForecastLimits>, facts?: Partial<ForecastFacts> }

export function forecastFacts({ people = 100, edges = daily(9, 17), limits = {}, facts = {} }: Wish = {}): ForecastFacts {
  const iso = new Date(monday * 1000).toISOString()
  return {
    campaign_id: '00000000-0000-4000-8000-000000000001', status: 'draft', asked_at: iso, begins_at: iso, ends_at: null,
    until: new Date((monday + (days - 1) * day) * 1000).toISOString(),
    time_zone: 'UTC', account_time_zone: 'UTC', people: { now: people, calling: 0, done: 0, later: [], never: [] },
    lanes: [{ time_zone: 'UTC', region: 'US', wish: false, windows: 0, max_calls: 3, per_hours: 24, gap_seconds: 600 }],
    windows: [edges], midnights: { UTC: Array.from({ length: days + 3 }, (_, index) => monday + (index - 1) * day) },
    queue: [{ lane: 0, rank: 2, attempt_no: 1, due_at: null, people }],
    limits: {
      campaign_slots: null, account_slots: 5, line_slots: 10, calls_per_second: 1, held_until: null, campaign_day_calls: null, campaign_calls_today: 0,
      account_day_calls: null, account_calls_today: 0, budget_seconds: null, used_seconds: 0, spendable_seconds: 1_000_000, maximum_seconds: 300,
      first_increment_seconds: 60, billing_increment_seconds: 60, max_attempts: 3, weight: 2, others: [], ...limits,
    },
    retries: [...defaultRetries], price: { balance_micros: 0, balance_seconds: 1_000_000, currency: 'usd', pack_micros_per_minute: 600_000 },
    history: { campaign: noCalls, account: noCalls }, past: [], ...facts,
  }
}
