import type { CallingWindow } from './campaign.ts'

/**
 * The rules under which an account calls, whatever the campaign: what the company set itself, and what the law says where the
 * called person lives. The strictest of all holds; the database judges, and judges again at every dial.
 */
export interface AccountRulesContent {
  /** Calls a day in the account's zone; null: no cap of its own. */
  daily_cap: number | null
  /** Calls to one number within frequency_hours, over all campaigns, retries and tests. */
  frequency_cap: number
  frequency_hours: number
  /** Between two calls to one number. */
  minimum_gap_seconds: number
  /** Nobody is called on a public holiday of their region. */
  observes_holidays: boolean
  /** Business hours in each contact's zone; none: only campaigns and the law limit. */
  windows: CallingWindow[]
  /** Days (YYYY-MM-DD) of the contact's calendar on which nobody is called. */
  blackout_dates: { day: string, name: string }[]
}

/** What a rule of the law is about. */
export const ruleKinds = [
  /** When people may be called. */
  'hours',
  /** How often. */
  'frequency',
  /** With what consent, by the campaign's purpose. */
  'consent',
  /** That the voice must say it is artificial. */
  'ai_disclosure',
  /** That the call must say how to be left alone. */
  'opt_out_sentence',
  /** Whether a call may be recorded. */
  'recording',
  /** That the caller must say who calls. */
  'identification',
  /** Not on public holidays. */
  'holidays',
] as const

/** One rule of the law. Only a verified one can be on: what comes from a secondary source waits for an operator. */
export interface Rule {
  id: string
  kind: (typeof ruleKinds)[number]
  value: Record<string, unknown>
  citation: string
  effective_from: string
  /** The first day on which it no longer holds. */
  effective_until: string | null
  is_verified: boolean
  is_on: boolean
  hours: CallingWindow[]
}

/** The rules of one law or authority, for the regions it holds in. */
export interface RulePack {
  id: string
  name: string
  regions: string[]
  is_on: boolean
  rules: Rule[]
}

export interface AccountRules extends AccountRulesContent {
  /** Counts every change of the law's rules; a call's proof names the one it was made under. */
  rule_version: number
  packs: RulePack[]
}

/** What holds on a day (YYYY-MM-DD): packs and rules that are on, verified and in their time. Packs without any are left out. */
export function rulesInForce(packs: readonly RulePack[], day: string): RulePack[] {
  const lasts = ({ effective_from, effective_until }: Rule) => effective_from <= day && (effective_until === null || effective_until > day)
  const holds = (rule: Rule) => rule.is_on && rule.is_verified && lasts(rule)
  return packs.filter(({ is_on }) => is_on).map((pack) => ({ ...pack, rules: pack.rules.filter(holds) })).filter(({ rules }) => rules.length > 0)
}

/** Where a rule can be read: of the Code of Federal Regulations there is one address for each section; null for other laws. */
export function citationLink(citation: string): string | null {
  const found = /\b(\d{1,2}) CFR (\d+\.\d+)/.exec(citation)
  return found ? `https://www.ecfr.gov/current/title-${found[1]}/section-${found[2]}` : null
}
