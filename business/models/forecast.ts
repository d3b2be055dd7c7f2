import type { CampaignStatus } from './campaign.ts'
import type { RetryRule } from './retryRules.ts'

/** Why somebody is called later: the wait reasons of the queue, and what is known before anybody waits. */
export type LaterReason = 'window_closed' | 'wish' | 'frequency_cap' | 'in_other_call' | 'callback' | 'retry'
/** Why somebody is never called: block reasons, or no calling time within the forecast. */
export type NeverReason = 'time_zone_unknown' | 'do_not_call' | 'no_consent' | 'invalid_number' | 'refused' | 'no_window'

export interface ForecastPeople {
  now: number
  calling: number
  /** Who has a final state for another reason than a block. */
  done: number
  later: { reason: LaterReason, people: number, from_at: string }[]
  never: { reason: NeverReason, people: number }[]
}

/** People who share a zone, a calling region and a wish. windows: the place of their calling times in the facts' windows. */
export interface ForecastLane {
  time_zone: string
  region: string
  wish: boolean
  windows: number
  max_calls: number
  per_hours: number
  gap_seconds: number
}

/** rank −1: in a call now; 0 at their own request or hurried, 1 retries, 2 fresh. due_at: seconds since 1970, null when due already. */
export interface ForecastGroup {
  lane: number
  rank: number
  attempt_no: number
  due_at: number | null
  people: number
}

/** null: no limit of that kind. */
export interface ForecastLimits {
  campaign_slots: number | null
  account_slots: number
  line_slots: number | null
  calls_per_second: number | null
  held_until: string | null
  campaign_day_calls: number | null
  campaign_calls_today: number
  account_day_calls: number | null
  account_calls_today: number
  budget_seconds: number | null
  used_seconds: number
  spendable_seconds: number
  maximum_seconds: number
  first_increment_seconds: number
  billing_increment_seconds: number
  max_attempts: number
  weight: number
  /** The account's other running campaigns. */
  others: { weight: number, people: number }[]
}

export const forecastOutcomes = ['answered', 'voicemail', 'no_answer', 'busy', 'failed', 'canceled'] as const
export type ForecastOutcome = (typeof forecastOutcomes)[number]

/** How often a line did this, and as many equally frequent values of how long the line was held and how long they talked. */
export interface OutcomeHistory {
  outcome: ForecastOutcome
  calls: number
  final_count: number
  line_seconds: number[]
  talk_seconds: number[]
}
export interface CallHistory {
  calls: number
  /** In how many of them somebody asked for another call, and how much later half of those wanted it at most. */
  callbacks: { calls: number, later_seconds: number }
  outcomes: OutcomeHistory[]
}

/** What a minute costs: the balance's average while it lasts, then the smallest pack. */
export interface ForecastPrice {
  balance_micros: number
  balance_seconds: number
  currency: string
  pack_micros_per_minute: number | null
}

/** What the database knows about the future of a campaign: counts, calling times, limits and history. The model makes a forecast of it. */
export interface ForecastFacts {
  campaign_id: string
  status: CampaignStatus
  asked_at: string
  /** When it goes on: now, or at its launch. */
  begins_at: string
  /** The calling times are known up to here. */
  until: string
  ends_at: string | null
  time_zone: string
  account_time_zone: string
  people: ForecastPeople
  lanes: ForecastLane[]
  /** Openings and closings in turn, seconds since 1970. */
  windows: number[][]
  /** Of each zone named, seconds since 1970. */
  midnights: Record<string, number[]>
  queue: ForecastGroup[]
  limits: ForecastLimits
  retries: RetryRule[]
  /** null for those who may not see prices. */
  price: ForecastPrice | null
  history: { campaign: CallHistory, account: CallHistory }
  /** Days of the account on which it called. */
  past: { day: string, calls: number, answered: number, billed_seconds: number }[]
}

/** On whose calls a forecast rests, and on how many. */
export interface ForecastBasis {
  kind: 'campaign' | 'account' | 'priors'
  calls: number
}

/** finished: everybody has a final state. The others: what stopped it, with people left. beyond: no further calling times are known. */
export type ForecastEnd = 'finished' | 'no_minutes' | 'budget' | 'ended' | 'beyond'

/** Half of the runs stay at or below p50, nine of ten at or below p90. */
export interface ForecastRange { p50: number, p90: number }

export interface ForecastFigures {
  seconds: ForecastRange
  /** Millionths of the currency; null for who may not see prices. */
  cost_micros: ForecastRange | null
  dials: ForecastRange
  answered: ForecastRange
  /** Seconds since 1970; null where so many runs do not come to their end. */
  finishes_at: { p50: number | null, p90: number | null }
  /** How most runs end, and how many people are left then on average. */
  end: ForecastEnd
  left: number
  /** Share of the runs in which everybody has a final state. */
  finished: number
}

/** Calls that are likely from one moment to the next, seconds since 1970. */
export interface TimelineStep {
  at: number
  until: number
  dials: number
  answered: number
}
export interface ForecastTimeline { unit: 'hour' | 'day', steps: TimelineStep[] }

/** What is likely to come of a campaign. */
export interface Forecast extends ForecastFigures {
  runs: number
  basis: ForecastBasis
  people: number
  outcomes: Record<ForecastOutcome, number>
  timeline: ForecastTimeline
  /** If somebody topped up in time; null when the minutes last in nearly every run. */
  topped_up: ForecastFigures | null
}

/** What a campaign's forecast said when it started: private.keep_forecast in SQL. */
export interface KeptForecast extends Pick<ForecastFigures, 'seconds' | 'dials' | 'answered' | 'finishes_at'> {
  kept_at: string
  people: number
}

/** How it stands at one moment of a rehearsal; at is in seconds since 1970. */
export interface RehearsalFrame {
  at: number
  calls_at_once: number
  dials: number
  /** Who has a final state. */
  done: number
  seconds: number
  /** Calls by what the line did, in the order of forecastOutcomes. */
  outcomes: number[]
}

/** One possible run of a campaign, in pictures. */
export interface Rehearsal {
  people: number
  begins_at: number
  end: ForecastEnd
  ends_at: number
  frames: RehearsalFrame[]
}
