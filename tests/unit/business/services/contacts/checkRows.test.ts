import { expect, it } from 'vitest'
import type { ColumnUse } from '../../../../../business/models/import.ts'
import { checkRows, type CheckOptions } from '../../../../../business/services/contacts/checkRows.ts'

const columns = ['Name', 'Phone', 'E-mail', 'Company', 'Zone', 'City', 'Secret']
const uses: ColumnUse[] = ['name', 'phone', 'email', 'company', 'time_zone', 'attribute', 'ignore']

function check(rows: string[][], options: Partial<CheckOptions> = {}) {
  const numbered = rows.map((cells, index) => ({ row: index + 2, cells }))
  return checkRows(numbered, { columns, uses, country: 'US', default_time_zone: null, ...options })
}

it('lets good rows in although others are bad', () => {
  const { good, refused } = check([
    ['Ada', '(202) 555-0101', 'ada@example.com', 'Engines', 'America/New_York', 'Washington', 'x'],
    ['Bob', '12', '', '', '', '', ''],
  ])
  expect(good).toEqual([
    { row: 2, name: 'Ada', phone: '+12025550101', email: 'ada@example.com', company: 'Engines', time_zone: 'America/New_York', attributes: { City: 'Washington' } },
  ])
  expect(refused).toEqual([{ row: 3, field: 'phone', code: 'invalid_number', value: '12' }])
})

it('refuses the second row with the same number and names the first', () => {
  const { refused } = check([['Ada', '+12025550101'], ['Ada again', '202-555-0101']])
  expect(refused).toEqual([{ row: 3, field: 'phone', code: 'duplicate', value: '+12025550101', first_row: 2 }])
})

it('lets a good row in when an earlier one with its number was refused', () => {
  const { good } = check([['Ada', '+12025550101', 'no-mail'], ['Ada', '+12025550101', 'a@b.co']])
  expect(good.map(({ row }) => row)).toEqual([3])
})

it.each([
  ['email', 'invalid_email', ['A', '+12025550101', 'no mail@x']],
  ['time_zone', 'unknown_time_zone', ['A', '+12025550101', '', '', 'Atlantis/Deep']],
  ['phone', 'missing_phone', ['A', ' ']],
  ['phone', 'scientific', ['A', '1.20256E+10']],
  ['phone', 'has_extension', ['A', '+1 202-555-0101 x12']],
  ['name', 'length', ['x'.repeat(201), '+12025550101']],
  ['attributes', 'shape', ['A', '+12025550101', '', '', '', 'x'.repeat(6000)]],
])('refuses a row for its %s: %s', (field, code, cells) => {
  expect(check([cells]).refused).toMatchObject([{ row: 2, field, code }])
})

it('puts first and last name together', () => {
  const { good } = check([['Ada', '+12025550101', 'Lovelace']], { uses: ['first_name', 'phone', 'last_name'] })
  expect(good[0]?.name).toBe('Ada Lovelace')
})

it('counts an emoji as one character', () => {
  expect(check([['😀'.repeat(200), '+12025550101']]).good).toHaveLength(1)
})

it('leaves rows without a zone to the answer of the person', () => {
  const { good, without_zone_count } = check([['Ada', '+12025550101']], { default_time_zone: 'America/Chicago' })
  expect(good[0]?.time_zone).toBeNull()
  expect(without_zone_count).toBe(0)
})

it('reads the zone off a number whose country has one, and counts those whose country has several', () => {
  const { good, without_zone_count } = check([['Kai', '+49 30 901820'], ['Ada', '+12025550101']])
  expect(good.map(({ time_zone, time_zone_source }) => [time_zone, time_zone_source])).toEqual([['Europe/Berlin', 'number'], [null, undefined]])
  expect(without_zone_count).toBe(1)
})

it('checks fifty thousand rows without help', () => {
  const rows = Array.from({ length: 50_000 }, (_, index) => ['A', `+1202${2000000 + index}`])
  expect(check(rows).good).toHaveLength(50_000)
})

it('takes the region that the file states, and refuses one that nobody knows where states have rules of their own', () => {
  const { good, refused } = check([
    ['+12025550101', 'FL'], ['+12025550102', ''], ['+12025550103', 'Flordia'], ['+4930901820', 'Bayern'], ['+4930901821', 'Germany'],
  ], { columns: ['Phone', 'State'], uses: ['phone', 'region'] })
  expect(good.map(({ phone, region }) => [phone, region])).toEqual([
    ['+12025550101', 'US-FL'], ['+12025550102', undefined], ['+4930901820', undefined], ['+4930901821', 'DE'],
  ])
  expect(refused).toEqual([{ row: 4, field: 'region', code: 'unknown_region', value: 'Flordia' }])
})
