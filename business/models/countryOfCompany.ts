import type { CountryCode } from './phone.ts'
import { phoneCountries } from './phoneCountry.ts'
import { countryHasZone } from './timeZone.ts'

/**
 * The country whose numbers a company most likely writes without a code: that of the person's language when its clocks
 * fit the company's zone, else the first that has the zone, else the United States. A first proposal, always shown.
 */
export function countryOfCompany(companyZone: string, languages: readonly string[]): CountryCode {
  const countries = phoneCountries().map(({ code }) => code)
  const spoken = languages.map((language) => language.split('-')[1]?.toUpperCase())
  const candidates = [...countries.filter((code) => spoken.includes(code)), ...countries]
  return candidates.find((code) => countryHasZone(code, companyZone)) ?? 'US'
}
