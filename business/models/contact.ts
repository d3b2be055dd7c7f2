import type { CallOutcome, CallState, Disposition } from './call.ts'
import type { Consent, ConsentContent } from './consent.ts'
import type { ListedNumber, ListedNumberChange } from './doNotCall.ts'
import type { BlockReason, Explanation } from './enrolment.ts'

/**
 * What a person is to the account right now. Derived by the database, never set; the first that fits in the order
 * opted_out, calling, queued, success, called, failed, new.
 */
export const contactStatuses = [
  /** In no campaign that runs, and never reached. */
  'new',
  /** Waits in an active campaign. */
  'queued',
  /** On the line, or about to be. */
  'calling',
  /** Was reached; nothing waits. */
  'called',
  /** A conversation ended the way the account wishes for. */
  'success',
  /** Every attempt is used up, or the number does not exist. */
  'failed',
  /** On the do-not-call list: nothing dials this number again. */
  'opted_out',
] as const
export type ContactStatus = (typeof contactStatuses)[number]

/** Where a contact's zone comes from: a file's column, the import's answer for rows without one, the number, a person. */
export const timeZoneSources = ['file', 'import', 'number', 'hand'] as const
export type TimeZoneSource = (typeof timeZoneSources)[number]

/** When the person wants to be called, in their own time zone. It only narrows the hours that rules and campaigns leave. */
export interface ContactWish {
  /** "09:00"; null, with until: at any hour. An end before the beginning is on the next day. */
  from: string | null
  until: string | null
  /** ISO weekdays, 1 = Monday; null: on any day. */
  days: number[] | null
}

/** A person or company that can be called: one number, and whatever else is known about them. */
export interface Contact {
  id: string
  name: string
  /** E.164. Masked, like name and e-mail, for people who may not see personal values; '' once the person was erased. */
  phone: string
  /** When everything personal went at the person's wish; null while it is there. */
  erased_at: string | null
  email: string
  company: string
  /** null: unknown, and then nobody calls, because it might be night there. */
  time_zone: string | null
  time_zone_source: TimeZoneSource | null
  /** Whose calling rules apply: US-FL, US, DE. Empty where the number tells none. */
  region: string
  /** Somebody stated the region; otherwise it was read off the number. */
  region_is_stated: boolean
  wish: ContactWish | null
  status: ContactStatus
  /** The language the person speaks, such as pt-BR; '' when nobody said. */
  locale: string
  segment: string
  /** Who should call, in campaigns that say so. */
  assistant_id: string | null
  /** There is a consent that was not revoked. */
  has_consent: boolean
  tags: Named[]
  /** The static lists it is in. */
  lists: Named[]
  last_call_at: string | null
  /** When the next attempt of a running campaign is due at the earliest; the page of the campaign says what else it waits for. */
  next_attempt_at: string | null
  attributes: Record<string, unknown>
  /** The import that created it. */
  import_id: string | null
  created_at: string
}

interface Named {
  id: string
  name: string
}

/** What became of a contact in one campaign: the enrolment's status. */
export interface ContactCampaign {
  campaign_id: string
  name: string
  status: 'waiting' | 'calling' | 'reached' | 'exhausted' | 'blocked' | 'opted_out' | 'removed'
  /** Why it is blocked. */
  reason: BlockReason | null
}

/** One call to the contact, as much of it as its page shows. */
export interface ContactCall {
  id: string
  campaign_name: string | null
  state: CallState
  outcome: CallOutcome | null
  disposition: Disposition | null
  /** The account's own word for it. */
  own_disposition: string | null
  created_at: string
  dialled_at: string | null
  started_at: string | null
  talk_seconds: number | null
  billed_seconds: number | null
}

export interface ContactDetails extends Contact {
  account_id: string
  /** How the number came onto the do-not-call list; null when it does not stand there. */
  opt_out: Pick<ListedNumber, 'source' | 'reason' | 'call_id' | 'created_at' | 'created_by_name'> | null
  /** The newest first, revoked ones among them. */
  consents: Consent[]
  campaigns: ContactCampaign[]
  /** The newest 50, newest first. */
  calls: ContactCall[]
  /** Why number and name stay as they are and nobody can delete the contact; null: both can be done. */
  history: 'called' | 'corrected' | null
  /** The contact that goes on with the corrected number; this one is closed. And the one this one goes on for. */
  replaced_by: string | null
  replaces: string | null
  erased_by_name: string | null
  assistant_name: string | null
  next_attempts: NextAttempt[]
  /** The newest 100, newest first; none for people who may not see personal values. */
  notes: ContactNote[]
}

/** Where the contact waits or is being called, with every gate before the next call. */
export interface NextAttempt {
  enrolment_id: string
  campaign_id: string
  campaign_name: string
  attempts: number
  due_at: string | null
  explanation: Explanation
}

export interface ContactNote {
  id: string
  body: string
  created_at: string
  created_by: string | null
  created_by_name: string | null
}

/** One thing that happened to a contact. */
export type ContactEvent = { at: string, key: string, actor_name: string | null } & (
  | { kind: 'call', details: ContactEventCall }
  | { kind: 'note', details: { note_id: string, body: string } }
  | { kind: 'consent', details: Pick<Consent, 'basis' | 'purposes' | 'channel' | 'given_at'> & { consent_id: string, import_id: string | null } }
  | { kind: 'consent_revoked', details: { consent_id: string, reason: string | null } }
  | { kind: 'do_not_call', details: Pick<ListedNumberChange, 'change' | 'source' | 'call_id'> & { reason: string | null } }
  | { kind: 'enrolled', details: { campaign_id: string, campaign_name: string, enrolment_id: string } }
  | { kind: 'imported', details: { import_id: string, file_name: string } }
  /** verb as the log has it: contact.created, contact.changed with the names of its fields, contact.tagged, contact.listed … */
  | { kind: 'change', details: { verb: string, fields?: string[], contact_id?: string, replaces?: string, list_id?: string, added?: string[], removed?: string[] } }
)

interface ContactEventCall {
  call_id: string
  campaign_id: string
  campaign_name: string | null
  attempt_no: number
  state: CallState
  outcome: CallOutcome | null
  disposition: Disposition | null
  talk_seconds: number
}

export interface ContactTimeline {
  rows: ContactEvent[]
  next_cursor: unknown
}

export const noteMax = 4000

export const contactSorts = ['newest', 'oldest', 'name', 'last_called'] as const
export type ContactSort = (typeof contactSorts)[number]

/** Everything that is named must hold; of several values of one name, one. */
export interface ContactCriteria {
  /** Words of name, e-mail or company, each a part of one; or a number in any notation. */
  text?: string
  statuses?: ContactStatus[]
  tag_ids?: string[]
  /** A static list or an audience. */
  list_id?: string
  campaign_id?: string
  /** The outcome of the newest call of an enrolment: of the campaign's, if one is named. */
  outcomes?: CallOutcome[]
  /** Days of the account's zone, "2026-03-01", both included. */
  added_from?: string
  added_until?: string
  has_consent?: boolean
  /** An IANA name, or 'unknown'. */
  time_zone?: string
  import_id?: string
}

export interface ContactFilter extends ContactCriteria {
  account_id: string
  sort?: ContactSort
}

export interface ContactPage {
  rows: Contact[]
  next_cursor: unknown
  /** Exact up to 10,000. Null: there are more, or only counting says how many there are. */
  total_count: number | null
}

/** Chosen contacts, at most 1,000; or all whom criteria fit, of which each request works on the next thousand. */
export type ContactSelection = { account_id: string, contact_ids: string[] } | { account_id: string, filter: ContactCriteria & { sort?: ContactSort } }

/** One step of something done to a selection: again with next_cursor until that is null. */
export interface SelectionStep {
  /** How many this step was about. */
  contacts: number
  next_cursor: unknown
}

/** What a person can say about a contact. */
export interface ContactContent {
  name: string
  phone: string
  email: string
  company: string
  time_zone: string | null
  /** Null: read off the number. */
  region: string | null
  wish: ContactWish | null
  locale?: string
  segment?: string
  assistant_id?: string | null
  attributes?: Record<string, unknown>
  /** Recorded with the contact; left out, nothing is. */
  consent?: ConsentContent | null
}

/** What was changed of it: the rest is not sent, so that it stays as somebody else may have made it meanwhile. */
export function changesOf<Content extends object>(before: Content, after: Content): Partial<Content> {
  const isChanged = ([name, value]: [string, unknown]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Content])
  return Object.fromEntries(Object.entries(after).filter(isChanged)) as Partial<Content>
}

/** The database asks the same of an address: a sign that it is one, not proof that it exists. */
export const emailPattern = /^[^@\s]{1,64}@[^@\s]+\.[^@\s]+$/

export const shortTextMax = 200
