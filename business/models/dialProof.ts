import type { CallOutcome } from './call.ts'
import type { CampaignPurpose } from './campaign.ts'
import type { ConsentBasis, ConsentChannel } from './consent.ts'
import type { ListChange, OptOutSource } from './doNotCall.ts'
import type { Rule } from './accountRules.ts'

/** What a decision about one contact was made from, kept with it; a fact that said nothing then is left out. */
export interface DialFacts {
  time_zone?: string
  region?: string
  purpose?: CampaignPurpose
  /** The weakest basis that allows the call there; absent: nobody needed to agree. */
  needed_consent?: ConsentBasis
  consent_id?: string
  /** The reason with which an admin let the campaign call without consent. */
  consent_override?: string
  /** Calls to the number, of any campaign, in the per_hours before. */
  calls_in_period?: number
  max_calls?: number
  per_hours?: number
  minimum_gap_seconds?: number
  /** When the person's own wish, the cap, the pause between calls would have allowed it. */
  wish_opens_at?: string
  cap_frees_at?: string
  gap_ends_at?: string
  /** Until when the calling hours lasted. */
  open_until?: string
}

/** The record on which a call was made, as it stands now. */
export interface ProofConsent {
  id: string
  basis: ConsentBasis
  purposes: CampaignPurpose[]
  channel: ConsentChannel
  text_shown: string
  evidence: string
  given_at: string
  created_at: string
  revoked_at: string | null
  revoke_reason: string | null
}

/** Why a number was not dialled when its turn had come. */
export const denialReasons = [
  'do_not_call', 'no_consent', 'attempts', 'wish', 'frequency_cap', 'minimum_gap', 'in_other_call',
  'switched_off', 'campaign_not_active', 'window_closed', 'day_over', 'line_held', 'account_held',
] as const
export type DenialReason = (typeof denialReasons)[number]

interface Decision {
  at: string
  campaign_id: string | null
  campaign_name: string | null
  /** What the clocks of the contact showed, "2026-11-23T14:05:00"; null for a test call. */
  local_time: string | null
  rule_version: number
  region: string | null
  facts: DialFacts | null
  /** The number's place on the do-not-call list at that instant. */
  list: { is_listed: boolean, source?: OptOutSource, since?: string }
}

/** A dial, with what it was allowed by. */
export interface AllowedDial extends Decision {
  decision: 'allowed'
  call_id: string
  outcome: CallOutcome | null
  /** False: it turned out that nothing rang. */
  is_counted: boolean
  consent: ProofConsent | null
}

/** A dial that was not made. Written when the answer changed, not each second for which it stayed the same. */
export interface DeniedDial extends Decision {
  decision: 'denied'
  enrolment_id: string | null
  reason: DenialReason
}

export type DialDecision = AllowedDial | DeniedDial

/** A rule as a version of the law's rules said it. */
export type ProofRule = Pick<Rule, 'id' | 'kind' | 'value' | 'citation' | 'effective_from' | 'effective_until' | 'hours'> & { pack: string }

export interface ProofRules {
  version: number
  region: string
  rules: ProofRule[]
}

export interface ProofListChange {
  change: ListChange
  source: OptOutSource
  reason: string
  created_at: string
}

/** What answers a complaint: every decision about a number in a time, and the rules as they were then. */
export interface DialProof {
  phone: string
  from_at: string
  to_at: string
  /** False when there were more than 1,000 decisions: choose a shorter time. */
  is_complete: boolean
  /** The oldest first. */
  decisions: DialDecision[]
  rules: ProofRules[]
  /** Of all time, the oldest first. */
  list_history: ProofListChange[]
}
