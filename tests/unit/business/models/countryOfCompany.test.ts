import { expect, it } from 'vitest'
import { countryOfCompany } from '../../../../business/models/countryOfCompany.ts'

it.each([
  ['Europe/Berlin', ['de-DE'], 'DE'],
  ['Europe/London', ['en-US'], 'GB'],
  ['America/New_York', ['en-US', 'en'], 'US'],
  ['America/Toronto', ['fr-CA'], 'CA'],
  ['UTC', ['de-DE'], 'US'],
])('takes a company in %s with languages %j for one of %s', (zone, languages, country) => {
  expect(countryOfCompany(zone, languages)).toBe(country)
})
