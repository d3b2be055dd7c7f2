import type { CampaignPurpose } from './campaign.ts'

/**
 * Consent is a record of what a contact agreed to: for which purposes, how, when and in which words. It is never changed,
 * only revoked; a campaign whose purpose needs consent calls nobody without a record that is strong enough.
 */

/** How strong an agreement is, in rising order: a stronger one covers what asks for a weaker. */
export const consentBases = [
  /** Follows from what the person did: a customer, an enquiry. */
  'implied',
  /** The person said yes to being called. */
  'express',
  /** The person signed or ticked, knowing that an automated or artificial voice calls. */
  'express_written',
] as const
export type ConsentBasis = (typeof consentBases)[number]

/** How the person agreed. */
export const consentChannels = ['web_form', 'paper', 'spoken', 'email', 'text_message', 'other'] as const
export type ConsentChannel = (typeof consentChannels)[number]

/** What somebody writes down about an agreement. given_at absent: now. */
export interface ConsentContent {
  basis: ConsentBasis
  purposes: CampaignPurpose[]
  channel: ConsentChannel
  /** ISO time. */
  given_at?: string
  /** The words the person agreed to. */
  text_shown?: string
  /** Where the proof lies: a form's address, a file's name. */
  evidence?: string
}

export interface Consent extends Required<ConsentContent> {
  id: string
  created_at: string
  /** null when an import brought it and the person who ran it is gone. */
  recorded_by_name: string | null
  revoked_at: string | null
  revoke_reason: string | null
}

export interface RecordedConsents {
  recorded: number
  already: number
  /** Left out, because the person withdrew after the day on which they are said to have agreed. */
  withdrawn: number
  missing: number
}
