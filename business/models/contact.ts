import { z } from 'zod'
import type { CallOutcome, CallState, Disposition } from './call.ts'
import type { Consent, ConsentContent } from './consent.ts'
import type { ListedNumber } from './doNotCall.ts'
import type { BlockReason } from './enrolment.ts'
import { readPhone, type CountryCode } from './phone.ts'

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
  /** E.164. Masked, like name and e-mail, for people who may not see personal values. */
  phone: string
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
  attributes: Record<string, unknown>
  created_at: string
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
}

export interface ContactFilter {
  account_id: string
  text?: string
}

export interface ContactPage {
  rows: Contact[]
  next_cursor: unknown
  /** Exact up to 10,000, then null: beyond that nobody counts rows on a screen. */
  total_count: number | null
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
  attributes?: Record<string, unknown>
  /** Recorded with the contact; left out, nothing is. */
  consent?: ConsentContent | null
}

/** The database asks the same of an address: a sign that it is one, not proof that it exists. */
export const emailPattern = /^[^@\s]{1,64}@[^@\s]+\.[^@\s]+$/

export const shortTextMax = 200

/** A number as people write it, made international; one without its country code belongs to the default country. */
export function phoneField(defaultCountry: CountryCode | null) {
  return z.string().transform((written, context) => {
    const read = readPhone(written, defaultCountry)
    if ('phone' in read) return read.phone
    context.addIssue({ code: 'custom', message: `contacts.faults.${read.fault}` })
    return z.NEVER
  })
}

/** The contact form. */
export function contactSchema(defaultCountry: CountryCode | null) {
  return z.object({
    name: z.string().trim().max(shortTextMax),
    phone: phoneField(defaultCountry),
    email: z.union([z.literal(''), z.string().trim().regex(emailPattern, 'contacts.faults.invalid_email')]),
    company: z.string().trim().max(shortTextMax),
    time_zone: z.string().nullable(),
    region: z.string().nullable(),
    wish: z
      .object({ from: z.string(), until: z.string(), days: z.array(z.number()) })
      .refine(({ from, until }) => (from === '') === (until === ''), { error: 'contacts.wish.errors.half' })
      .refine(({ from, until }) => from === '' || from !== until, { error: 'contacts.wish.errors.same' })
      .transform(({ from, until, days }) => wishOf(from, until, days)),
  })
}

/** All seven days, or none of them, are the same as saying nothing about days. */
function wishOf(from: string, until: string, days: number[]): ContactWish | null {
  const isAnyDay = days.length === 0 || days.length === 7
  if (from === '' && isAnyDay) return null
  return { from: from || null, until: until || null, days: isAnyDay ? null : [...days].sort() }
}

/** A wish as the form shows it. */
export function wishInputOf(wish: ContactWish | null) {
  return { from: wish?.from ?? '', until: wish?.until ?? '', days: wish?.days ?? [] }
}
