import { z } from 'zod'
import { campaignPurposes } from './campaign.ts'
import type { ConsentBasis, ConsentChannel, ConsentContent } from './consent.ts'

/** The answer that nothing is to be recorded, where that is an answer at all: for a file of contacts. */
export const noBasis = 'none'

export const consentTextMax = 4000
export const consentEvidenceMax = 500

/**
 * The consent form, for one contact and for a file of them. With "none" nothing else is asked. Written consent without the
 * words that were agreed to proves nothing. `today` is the company's own calendar day, which nothing was agreed after.
 */
export const consentSchema = z
  .object({
    basis: z.string().refine((basis) => basis !== '', { error: 'contacts.consent.errors.basis' }),
    purposes: z.array(z.enum(campaignPurposes)),
    channel: z.string().nullable(),
    given_on: z.string(),
    text_shown: z.string().trim().max(consentTextMax),
    evidence: z.string().trim().max(consentEvidenceMax),
    today: z.string(),
  })
  .refine(({ basis, purposes }) => basis === noBasis || purposes.length > 0, { error: 'contacts.consent.errors.purposes', path: ['purposes'], when: always })
  .refine(({ basis, channel }) => basis === noBasis || channel !== null, { error: 'contacts.consent.errors.channel', path: ['channel'], when: always })
  .refine(({ basis, given_on }) => basis === noBasis || /^\d{4}-\d\d-\d\d$/.test(given_on), { error: 'contacts.consent.errors.given_on', path: ['given_on'], when: always })
  .refine(({ basis, given_on, today }) => basis === noBasis || given_on <= today, { error: 'contacts.consent.errors.future', path: ['given_on'], when: always })
  .refine(({ basis, text_shown }) => basis !== 'express_written' || text_shown.trim() !== '', { error: 'contacts.consent.errors.text', path: ['text_shown'], when: always })
export type ConsentFormInput = z.input<typeof consentSchema>

export function emptyConsent(basis: string, today: string): ConsentFormInput {
  return { basis, purposes: [], channel: null, given_on: today, text_shown: '', evidence: '', today }
}

/**
 * Null where nothing is to be recorded. Today needs no time: the database knows it better. Another day is meant by the company's
 * clock, at noon, so that it is the same day in most of the world.
 */
export function consentContentOf(values: ConsentFormInput): ConsentContent | null {
  const { basis, purposes, channel, given_on, today, text_shown, evidence } = values
  if (basis === noBasis) return null
  return {
    basis: basis as ConsentBasis,
    purposes: campaignPurposes.filter((purpose) => purposes.includes(purpose)),
    channel: channel as ConsentChannel,
    text_shown: text_shown.trim(),
    evidence: evidence.trim(),
    ...(given_on === today ? {} : { given_at: `${given_on}T12:00` }),
  }
}

/** Rules over several fields would otherwise wait until every single field is right, and complain in a second round. */
function always(): boolean {
  return true
}
