import { z } from 'zod'
import type { CallOrder, CampaignWords } from './campaignWords.ts'
import type { KeptForecast } from './forecast.ts'
import type { WaitReason } from './enrolment.ts'
import type { RetryRule } from './retryRules.ts'

/** A campaign calls a set of contacts with one assistant, at the times and as often as it says. */
export const campaignStatusSchema = z.enum([
  /** Being written; nobody is called. start_campaign moves it on; a crash leaves what was saved. */
  'draft',
  /** Starts by itself at launch_at, or is a draft again if something is missing then. The tick moves it on; a crash delays it by a tick. */
  'scheduled',
  /** Calls whoever is due. People pause and stop it, a rule may pause it, its last contact completes it. */
  'active',
  /** Nobody new is called, whoever waits keeps waiting. resume_campaign and stop_campaign move it on. */
  'paused',
  /** Everybody has a final state. More contacts, or a reason removed why some were blocked, make it active again. */
  'completed',
  /** Ended by a person, for good; whoever waited was removed. Duplicating is the way back. */
  'stopped',
  /** Put away; only readable, until somebody takes it out again as what it was. */
  'archived',
])
export type CampaignStatus = z.infer<typeof campaignStatusSchema>

/** What a campaign is for; which consent that needs where is the database's to say. */
export const campaignPurposes = [
  /** To sell something to people who may not expect it: asks for the strongest consent. */
  'sales',
  /** About something the person has with the account: an order, a contract, a question. */
  'service',
  /** To ask for opinions. */
  'survey',
  /** Of an appointment or date the person made. */
  'reminder',
] as const
export type CampaignPurpose = (typeof campaignPurposes)[number]

/** The share of the account's calls beside other campaigns that run: each step is worth twice the one before. */
export const campaignPriorities = ['low', 'normal', 'high'] as const
export type CampaignPriority = (typeof campaignPriorities)[number]

/** Why a rule paused a campaign; it stays paused until a person resumes it. */
export const pauseReasons = [
  /** Too many of its last calls failed: the list or the line is bad. */
  'failure_rate',
  /** Too many of those who answered asked not to be called. */
  'opt_out_rate',
  /** The provider refuses the assistant: it would fail with everybody. */
  'assistant',
  /** Its minutes are used up. */
  'budget',
  /** Its last day is over. */
  'ended',
] as const
export type PauseReason = (typeof pauseReasons)[number]

/** The figures behind a pause: the provider's words, or how many of how many calls against which limit. */
export interface PauseDetails {
  words?: string
  count?: number
  of?: number
  limit_percent?: number
  used_seconds?: number
  budget_seconds?: number
  ends_at?: string
}

export const campaignTransitions: Readonly<Record<CampaignStatus, readonly CampaignStatus[]>> = {
  draft: ['active', 'scheduled'],
  scheduled: ['active', 'draft', 'stopped'],
  active: ['paused', 'completed', 'stopped'],
  paused: ['active', 'stopped'],
  completed: ['active', 'archived'],
  stopped: ['archived'],
  archived: ['completed', 'stopped'],
}

export interface CampaignCounters {
  enrolled: number
  waiting: number
  calling: number
  reached: number
  exhausted: number
  blocked: number
  opted_out: number
  removed: number
}

/** What a list shows of a campaign; seconds and ISO times. wait_reason: why a running campaign does not dial now. */
export interface Campaign {
  id: string
  account_id: string
  name: string
  status: CampaignStatus
  category: string
  purpose: CampaignPurpose
  priority: CampaignPriority
  /** When a scheduled campaign starts by itself. */
  launch_at: string | null
  /** null when a person paused it. */
  pause_reason: PauseReason | null
  pause_details: PauseDetails
  assistant_id: string | null
  assistant_name: string | null
  created_at: string
  started_at: string | null
  finished_at: string | null
  counters: CampaignCounters
  used_seconds: number
  /** null: no budget of its own. */
  budget_seconds: number | null
  /** Calls that ended, and those of them that somebody answered. */
  calls_count: number
  answered_count: number
  /** When anything about it changed last: a setting, a call, a contact. */
  active_at: string
  in_flight: number
  wait_reason: WaitReason | null
  next_at: string | null
  wait_facts: { spendable_seconds: number, needed_seconds: number, hold_until: string | null, hold_reason: string | null, next_time_zone: string | null }
}

/**
 * From opens_at to closes_at of one weekday (ISO, 1 = Monday), in each contact's own zone. A closing at or before the opening
 * is on the next day; "24:00" is the day's end.
 */
export interface CallingWindow {
  weekday: number
  opens_at: string
  closes_at: string
}

/** A day of the contact's calendar on which nobody is called. */
export interface BlackoutDate {
  /** "2026-12-25" */
  day: string
  name: string
}

/** What a person can set; left out of a save it stays as it is. Which of it may change now is in the campaign's editable. */
export interface CampaignContent extends CampaignWords {
  name: string
  description: string
  /** The account's own word, to tell many campaigns apart. */
  category: string
  assistant_id: string | null
  /** Contacts that have an assistant of their own are called by that one, as it was published when they were brought in. */
  uses_preferred_assistants: boolean
  call_order: CallOrder
  purpose: CampaignPurpose
  priority: CampaignPriority
  /** Days of caps, starts_at and ends_at are meant in it; calling times are meant in each contact's own. */
  time_zone: string
  max_attempts: number
  retries: RetryRule[]
  windows: CallingWindow[]
  blackout_dates: BlackoutDate[]
  /** Local time of the campaign's zone, "2026-03-01T09:00"; nobody is called before it. */
  starts_at: string | null
  /** Local time, too; nobody is called from then on, and the campaign pauses. */
  ends_at: string | null
  /** null: as many as the account may. */
  concurrency_max: number | null
  /** null: no limit. A day of the campaign's zone. */
  daily_cap: number | null
  /** null: no limit. */
  budget_seconds: number | null
  failure_limit_percent: number
  opt_out_limit_percent: number
}
export type CampaignSetting = keyof CampaignContent

export interface ConsentOverride {
  reason: string
  at: string
  by_name: string | null
}

/** A copy of another campaign's contacts that broke off, or is under way elsewhere. */
export interface UnfinishedCopy {
  campaign_id: string
  name: string
  /** Where it goes on. */
  cursor: number
  left_count: number
}

export interface CampaignDetails extends Campaign, CampaignContent {
  /** The settings that may change in its state; others are refused with a conflict that names them. */
  editable: CampaignSetting[]
  /** The version it calls with, fixed when it started; null before. A paused campaign can take the newest. */
  assistant_version: number | null
  newest_assistant_version: number | null
  /** Contacts blocked for want of a consent record; 10,001 means more than 10,000. */
  no_consent_count: number
  consent_override: ConsentOverride | null
  unfinished_copy: UnfinishedCopy | null
  kept_forecast: KeptForecast | null
  resumed_at: string | null
  archived_at: string | null
  outcomes: Record<'answered' | 'voicemail' | 'no_answer' | 'busy' | 'failed' | 'canceled', number>
}

/** What a field needs that asks for a campaign. */
export type CampaignName = Pick<Campaign, 'id' | 'name' | 'status'>

/** Stands between a campaign and its first call; the database decides, the page words it. */
export interface CampaignBlocker {
  code: 'no_assistant' | 'no_contacts' | 'no_callable_contacts' | 'no_window' | 'no_line' | 'not_enough_minutes' | 'budget_used' | 'ended'
    | 'window_never_open' | 'terms_not_accepted' | 'voice_language'
  details: {
    spendable_seconds?: number
    needed_seconds?: number
    enrolled?: number
    no_consent_count?: number
    used_seconds?: number
    budget_seconds?: number
    ends_at?: string
    voice_name?: string
    language?: string
  }
}

export interface EnrolAnswer {
  enrolled: number
  already: number
  blocked_count: number
  next_cursor: unknown
}

/** Those in which somebody may still be called. */
export const openStatuses: readonly CampaignStatus[] = ['draft', 'scheduled', 'active', 'paused']
