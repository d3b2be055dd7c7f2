import { expect, it } from 'vitest'
import { phoneCountries, readPhone } from '../../../../business/models/phone.ts'

it.each([
  ['+1 (202) 555-0101', null, '+12025550101'],
  ['202.555.0101', 'US', '+12025550101'],
  ['0012025550101', 'DE', '+12025550101'],
  ['030 901820', 'DE', '+4930901820'],
  ['\'+12025550101', null, '+12025550101'],
  ['="+12025550101"', null, '+12025550101'],
  ['tel:+12025550101', null, '+12025550101'],
  ['\u202a+12025550101\u202c', null, '+12025550101'],
] as const)('reads %s (default %s) as %s', (written, country, phone) => {
  expect(readPhone(written, country)).toMatchObject({ phone })
})

it.each([
  ['', 'missing_phone'],
  ['  ', 'missing_phone'],
  ['1.20256E+10', 'scientific'],
  ['+12025550101 x5', 'has_extension'],
  ['call me', 'invalid_number'],
  ['=1+2025550101', 'invalid_number'],
  ['+1234', 'invalid_number'],
  ['+12025550101, +12025550102', 'invalid_number'],
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
