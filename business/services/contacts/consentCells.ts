import { campaignPurposes, type CampaignPurpose } from '../../models/campaign.ts'
import { consentChannels, type ConsentBasis, type ConsentChannel, type ConsentContent } from '../../models/consent.ts'

/** What a file leaves unsaid about its consent, answered once for all its rows. */
export interface ConsentDefaults {
  purposes: CampaignPurpose[]
  channel: ConsentChannel
  text_shown: string
}

export type ConsentCells = Record<'basis' | 'purposes' | 'channel' | 'given_at' | 'text' | 'evidence', string>

export type ReadConsent = { consent: ConsentContent | null } | { fault: 'unknown_consent' | 'unclear_date', field: string, value: string }

/**
 * What a row says its person agreed to. "No" and an empty cell are no consent, never a refusal of the row; what nobody can read is
 * refused, because a guess could be a call that was not allowed.
 */
export function readConsentCells(cells: ConsentCells, defaults: ConsentDefaults, today: string): ReadConsent {
  const basis = basisOf(cells.basis, cells.given_at)
  if (basis === undefined) return { fault: 'unknown_consent', field: 'consent_basis', value: cells.basis }
  if (basis === null) return { consent: null }
  const given_at = dayOf(cells.given_at)
  if (given_at === null || given_at.slice(0, 10) > today) return { fault: 'unclear_date', field: 'consent_given_at', value: cells.given_at }
  const purposes = cells.purposes ? purposesOf(cells.purposes) : defaults.purposes
  if (!purposes || purposes.length === 0) return { fault: 'unknown_consent', field: 'consent_purposes', value: cells.purposes }
  const text_shown = (cells.text || defaults.text_shown).slice(0, 4000)
  if (basis === 'express_written' && !text_shown) return { fault: 'unknown_consent', field: 'consent_text', value: '' }
  const channel = cells.channel ? channelOf(cells.channel) : defaults.channel
  const isEarlier = given_at !== '' && given_at.slice(0, 10) !== today
  return { consent: { basis, purposes, channel, text_shown, evidence: cells.evidence.slice(0, 500), ...(isEarlier && { given_at }) } }
}

const bases: Record<string, ConsentBasis | null> = {
  '': null, no: null, n: null, false: null, 0: null, none: null, nein: null, non: null, 'opted out': null,
  yes: 'express', y: 'express', true: 'express', 1: 'express', x: 'express', ja: 'express', oui: 'express', si: 'express', express: 'express', 'opted in': 'express', 'opt-in': 'express',
  written: 'express_written', 'express written': 'express_written', express_written: 'express_written', signed: 'express_written', pewc: 'express_written',
  implied: 'implied', customer: 'implied', 'existing customer': 'implied', 'existing relationship': 'implied', ebr: 'implied',
}

/** Undefined: not known. A file with only a date of consent means that it was given. */
function basisOf(written: string, given: string): ConsentBasis | null | undefined {
  const word = written.trim().toLowerCase()
  if (word === '' && given) return 'express'
  return Object.hasOwn(bases, word) ? bases[word] : undefined
}

function purposesOf(written: string): CampaignPurpose[] | null {
  const words = written.toLowerCase().split(/[,;|/]/).map((word) => word.trim()).filter(Boolean)
  const found = words.map((word) => campaignPurposes.find((purpose) => word === purpose || word === `${purpose}s`))
  return found.includes(undefined) ? null : campaignPurposes.filter((purpose) => found.includes(purpose))
}

const channels: Record<string, ConsentChannel> = {
  web: 'web_form', website: 'web_form', form: 'web_form', online: 'web_form', phone: 'spoken', call: 'spoken', verbal: 'spoken', mail: 'email', 'e-mail': 'email', sms: 'text_message', text: 'text_message', contract: 'paper',
}

function channelOf(written: string): ConsentChannel {
  const word = written.trim().toLowerCase()
  return consentChannels.find((channel) => channel === word.replace(/[\s-]/g, '_')) ?? (Object.hasOwn(channels, word) ? channels[word] as ConsentChannel : 'other')
}

/** An ISO day or time; empty when nothing is written; null when it is no date, or could be two (03/04/2026). */
function dayOf(written: string): string | null {
  const text = written.trim()
  if (!text) return ''
  const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.exec(text)
  if (iso) return real(Number(iso[1]), Number(iso[2]), Number(iso[3])) && `${text.slice(0, 10)}T${iso[4] ?? '12:00'}${iso[5] ?? ''}`
  const [, first, mark, second, year] = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/.exec(text) ?? []
  if (!first || !second || !year) return null
  const [a, b] = [Number(first), Number(second)]
  // With dots the day comes first everywhere; otherwise only a number above 12, or two equal ones, tell.
  if (mark === '.' || a > 12) return real(Number(year), b, a)
  return b > 12 || a === b ? real(Number(year), a, b) : null
}

function real(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day))
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? `${at.toISOString().slice(0, 10)}T12:00` : null
}
