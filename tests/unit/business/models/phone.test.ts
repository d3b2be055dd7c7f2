import fc from 'fast-check'
import { expect, it } from 'vitest'
import { phoneKind, readPhone } from '../../../../business/models/phone.ts'
import { phoneCountries } from '../../../../business/models/phoneCountry.ts'

it.each([
  ['+1 (202) 555-0101', null, '+12025550101'],
  ['202.555.0101', 'US', '+12025550101'],
  ['0012025550101', 'DE', '+12025550101'],
  ['030 901820', 'DE', '+4930901820'],
  ['\'+12025550101', null, '+12025550101'],
  ['="+12025550101"', null, '+12025550101'],
  ['tel:+12025550101', null, '+12025550101'],
  ['\u202a+12025550101\u202c', null, '+12025550101'],
  // 00 is dialled from most countries, though not from this one.
  ['0049 30 901820', 'US', '+4930901820'],
  // Spreadsheets drop leading zeros; an Italian number is none without.
  ['612345678', 'IT', '+390612345678'],
  ['30901820', 'DE', '+4930901820'],
] as const)('reads %s (default %s) as %s', (written, country, phone) => {
  expect(readPhone(written, country)).toMatchObject({ phone })
})

it.each([
  ['', 'missing_phone'],
  ['  ', 'missing_phone'],
  ['1.20256E+10', 'scientific'],
  ['call me', 'invalid_number'],
  ['=1+2025550101', 'invalid_number'],
  ['+1234', 'invalid_number'],
  ['+12025550101, +12025550102', 'two_numbers'],
  ['202 555 0101 or 202 555 0102', 'two_numbers'],
  ['1-800-FLOWERS', 'letters'],
  ['2O2 555 O1O1', 'letters'],
  ['111 111 1111', 'invalid_number'],
])('refuses %j: %s', (written, fault) => {
  expect(readPhone(written, 'US')).toEqual({ fault })
})

it('does not complete a number when no country is known', () => {
  expect(readPhone('202 555 0101', null)).toEqual({ fault: 'invalid_number' })
})

it('lists countries by name with their calling codes', () => {
  expect(phoneCountries().find(({ code }) => code === 'CH')).toEqual({ code: 'CH', name: 'Switzerland', calling_code: '+41' })
})

it.each([
  ['+1 202-555-0101 x12', '12'], ['(202) 555-0101 ext. 7', '7'], ['+4930901820;ext=3', '3'], ['+12025550101', ''],
])('splits the extension off %s', (written, extension) => {
  expect(readPhone(written, 'US')).toMatchObject({ extension })
})

it('joins no two numbers, of which the second has only its end', () => {
  expect(readPhone('030 901820/21', 'DE')).toEqual({ fault: 'two_numbers' })
  expect(readPhone('030/901820', 'DE')).toMatchObject({ phone: '+4930901820' })
})

it('reads every notation of a number the same way', () => {
  const digits = fc.integer({ min: 2_000_000, max: 9_999_999 }).map((number) => `212${number}`)
  const marks = fc.array(fc.constantFrom('', ' ', '-', '.', '\u00a0', '\u200e'), { minLength: 9, maxLength: 9 })
  fc.assert(fc.property(digits, marks, fc.constantFrom('', '+1 ', '1-', '\'', '="', 'tel:+1'), (number, between, before) => {
    const written = before + Array.from(number, (digit, index) => digit + (between[index] ?? '')).join('')
    expect(readPhone(written, 'US')).toMatchObject({ phone: `+1${number}` })
  }))
})

it.each([
  ['+4915123456789', 'mobile'], ['+4930901820', 'landline'], ['+12025550101', 'landline_or_mobile'], ['+18005550199', 'toll_free'], ['+19005550199', 'premium'], ['+999123456', 'unknown'],
])('knows what answers at %s: %s', (phone, kind) => {
  expect(phoneKind(phone)).toBe(kind)
})
