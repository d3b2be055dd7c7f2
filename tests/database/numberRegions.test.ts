/** Which region a number calls, compared with the numbering plans that libphonenumber knows. */
import { getCountries, parsePhoneNumber, type CountryCode } from 'libphonenumber-js/max'
import { getExampleNumber } from 'libphonenumber-js'
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' }
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from '../support/database.ts'

/** Territories whose numbers cannot be told from their neighbour's, and the region they count to. */
const SHARED: Partial<Record<CountryCode, string>> = { BL: 'GP', MF: 'GP', AX: 'FI', SJ: 'NO', CC: 'AU', CX: 'AU', EH: 'MA', VA: 'IT', YT: 'RE', TA: 'SH' }

describe('the region of a number', () => {
  let db: TestDatabase
  const regionOf = async (phone: string) => (await db.sql<{ region: string }[]>`select private.region_of_number(${phone}) as region`)[0]?.region
  beforeAll(async () => {
    db = await createDatabase()
  })
  afterAll(() => db.drop())

  test('is the country of every numbering plan', async () => {
    const wrong: string[] = []
    for (const country of getCountries()) {
      const number = getExampleNumber(country, examples)?.number
      if (!number) continue
      const region = await regionOf(number)
      const found = region?.startsWith('US-') && ['PR', 'VI', 'GU', 'MP', 'AS'].includes(region.slice(3)) ? region.slice(3) : region?.split('-')[0]
      if (found !== country && found !== SHARED[country]) wrong.push(`${country} ${number} is ${region}`)
    }
    expect(wrong).toEqual([])
  })

  test('agrees with the North American plan on the country of each area code', async () => {
    const rows = await db.sql<{ prefix: string, region: string }[]>`select prefix, region from public.number_regions where prefix like '1___'`
    const wrong = rows.filter(({ prefix, region }) => {
      const country = parsePhoneNumber(`+${prefix}2345678`).country
      const ours = region.startsWith('US-') && ['PR', 'VI', 'GU', 'MP', 'AS'].includes(region.slice(3)) ? region.slice(3) : region.split('-')[0]
      return country !== undefined && country !== ours
    })
    expect(wrong).toEqual([])
    expect(rows.length).toBeGreaterThan(420)
  })
})
