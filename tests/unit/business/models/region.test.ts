import { expect, it } from 'vitest'
import { readRegion, regionChoices, regionName } from '../../../../business/models/region.ts'

it.each([
  ['US-FL', 'Florida, United States'],
  ['CA-QC', 'Quebec, Canada'],
  ['DE', 'Germany'],
  ['AU-NSW', 'AU-NSW'],
  ['', ''],
])('calls %j %j', (code, name) => {
  expect(regionName(code)).toBe(name)
})

it('offers every state, province and country once', () => {
  const codes = regionChoices(['DE', 'US']).map(({ code }) => code)
  expect(codes.filter((code) => code.startsWith('US-'))).toHaveLength(51)
  expect(codes.filter((code) => code.startsWith('CA-'))).toHaveLength(13)
  expect(new Set(codes).size).toBe(codes.length)
  expect(codes).toEqual(expect.arrayContaining(['DE', 'US']))
})

it.each([
  ['FL', 'US', 'US-FL'],
  [' florida ', null, 'US-FL'],
  ['us-fl', 'DE', 'US-FL'],
  ['CA', 'US', 'US-CA'],
  ['CA', 'CA', 'CA'],
  ['ON', 'CA', 'CA-ON'],
  ['DE', 'US', 'US-DE'],
  ['DE', 'DE', 'DE'],
  ['Germany', 'US', 'DE'],
  ['USA', null, 'US'],
  ['Flordia', 'US', null],
  ['ZZ9', 'US', null],
  ['constructor', 'US', null],
])('reads %s for a number of %s as %s', (written, country, region) => {
  expect(readRegion(written, country)).toBe(region)
})
