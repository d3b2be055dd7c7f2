import { getCountries, getCountryCallingCode, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max'

export type { CountryCode }

export type PhoneFault = 'missing_phone' | 'scientific' | 'has_extension' | 'invalid_number'

export type ReadPhone = { phone: string, country: CountryCode | null } | { fault: PhoneFault }

/** What spreadsheets and address books put around a number: ="…", a leading apostrophe, tel:, invisible marks of direction. */
const wrapping = /^(?:=?["']|tel:|phone:)+|["']+$|[\p{Cc}\p{Cf}]/giu
/** A spreadsheet stores long digits as 1.20256E+10: the last digits are lost, and no guess may be dialled. */
const scientific = /^\d(?:[.,]\d+)?e\+?\d+$/i

/**
 * Reads a number as people write it into E.164; one without its country code belongs to the default country. A number
 * that says its country only needs a possible length, because tables of valid ranges are always behind; for one we have
 * to complete ourselves the tables decide. Extensions are refused: a call would end at somebody else's desk.
 */
export function readPhone(written: string, defaultCountry: CountryCode | null): ReadPhone {
  const text = written.trim().replace(wrapping, '').trim()
  if (!text) return { fault: 'missing_phone' }
  if (scientific.test(text)) return { fault: 'scientific' }
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: defaultCountry ?? undefined, extract: false })
  if (!parsed) return { fault: 'invalid_number' }
  if (parsed.ext) return { fault: 'has_extension' }
  const isGood = text.startsWith('+') ? parsed.isPossible() : parsed.isValid()
  if (!isGood || !/^\+[1-9]\d{6,14}$/.test(parsed.number)) return { fault: 'invalid_number' }
  return { phone: parsed.number, country: parsed.country ?? null }
}

export interface PhoneCountry {
  code: CountryCode
  name: string
  calling_code: string
}

/** Every country with numbers of its own, by name. */
export function phoneCountries(): PhoneCountry[] {
  const names = new Intl.DisplayNames(['en'], { type: 'region' })
  return getCountries()
    .map((code) => ({ code, name: names.of(code) ?? code, calling_code: `+${getCountryCallingCode(code)}` }))
    .sort((a, b) => a.name.localeCompare(b.name))
}
