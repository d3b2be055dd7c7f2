import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max'

export type { CountryCode }

export type PhoneFault
  = | 'missing_phone'
  /** 1.20256E+10: the last digits are lost. */
    | 'scientific'
    | 'has_extension'
    | 'two_numbers'
  /** FLOWERS, or an O for a 0. */
    | 'letters'
    | 'invalid_number'

/** extension: split off, because only the number before it can be dialled. Empty where there is none. */
export type ReadPhone = { phone: string, country: CountryCode | null, extension: string } | { fault: Exclude<PhoneFault, 'has_extension'> }

/** What spreadsheets and address books put around a number: ="…", a leading apostrophe, tel:, invisible marks of direction. */
const wrapping = /^(?:=?["']|tel:|phone:)+|["']+$|[\p{Cc}\p{Cf}]/giu
/** A spreadsheet stores long digits as 1.20256E+10: the last digits are lost, and no guess may be dialled. */
const scientific = /^\d(?:[.,]\d+)?e\+?\d+$/i

/**
 * Reads a number as people write it into E.164; one without its country code belongs to the default country. A number
 * that says its country only needs a possible length, because tables of valid ranges are always behind; for one we have
 * to complete ourselves the tables decide.
 */
export function readPhone(written: string, defaultCountry: CountryCode | null): ReadPhone {
  const text = written.trim().replace(wrapping, '').trim()
  if (!text) return { fault: 'missing_phone' }
  if (scientific.test(text)) return { fault: 'scientific' }
  if (halfNumber.test(text)) return { fault: 'two_numbers' }
  const read = parse(text, defaultCountry) ?? completed(text, defaultCountry)
  return read ?? { fault: faultOf(text, defaultCountry) }
}

/** "901820/21" names two numbers by the end of the second: joined, they would be somebody else's. */
const halfNumber = /\d(?:[\s().-]*\d){5,}\s*\/\s*\d{1,4}$/

type GoodPhone = Extract<ReadPhone, { phone: string }>

function parse(text: string, defaultCountry: CountryCode | null): GoodPhone | null {
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: defaultCountry ?? undefined, extract: false })
  if (!parsed) return null
  const isGood = text.startsWith('+') ? parsed.isPossible() : parsed.isValid()
  if (!isGood || !/^\+[1-9]\d{6,14}$/.test(parsed.number)) return null
  return { phone: parsed.number, country: parsed.country ?? null, extension: parsed.ext ?? '' }
}

/**
 * Only what cannot mean anything else: 00 begins an international number wherever it begins none of the country's own, and a
 * spreadsheet drops the leading zero of a number that is none without it (Italy).
 */
function completed(text: string, defaultCountry: CountryCode | null): GoodPhone | null {
  if (/^00[1-9]/.test(text)) return parse(`+${text.slice(2)}`, defaultCountry)
  return defaultCountry && /^[1-9]\d{5,12}$/.test(text) ? parse(`0${text}`, defaultCountry) : null
}

function faultOf(text: string, country: CountryCode | null): Exclude<PhoneFault, 'has_extension'> {
  const parts = text.split(/[,;/|&]|\s(?:or|and|oder|und|ou|o|y)\s|\s(?=\+)/i).filter((part) => /\d/.test(part))
  if (parts.length > 1 && parts.filter((part) => parse(part.trim(), country)).length > 1) return 'two_numbers'
  return /\p{L}/u.test(text) && /\d/.test(text) ? 'letters' : 'invalid_number'
}

/** What answers at a number. Where numbers of both kinds look alike, as in North America, nobody can tell them apart. */
export const phoneKinds = ['mobile', 'landline', 'landline_or_mobile', 'toll_free', 'voip', 'premium', 'unknown'] as const
export type PhoneKind = (typeof phoneKinds)[number]

const kinds: Partial<Record<string, PhoneKind>> = {
  MOBILE: 'mobile', FIXED_LINE: 'landline', FIXED_LINE_OR_MOBILE: 'landline_or_mobile', TOLL_FREE: 'toll_free', VOIP: 'voip', PREMIUM_RATE: 'premium',
  SHARED_COST: 'premium',
}

export function phoneKind(e164: string): PhoneKind {
  return kinds[parsePhoneNumberFromString(e164)?.getType() ?? ''] ?? 'unknown'
}
