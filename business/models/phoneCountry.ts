import { getCountries, getCountryCallingCode, type CountryCode } from 'libphonenumber-js/min'

export type { CountryCode }

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
