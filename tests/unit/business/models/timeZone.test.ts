import { expect, it } from 'vitest'
import { dayIn, instantAt, readTimeZone, timeZoneOfCountry } from '../../../../business/models/timeZone.ts'

it.each([
  ['America/New_York', null, 'America/New_York'],
  ['america/new york', null, 'America/New_York'],
  ['New York', null, 'America/New_York'],
  ['Berlin', null, 'Europe/Berlin'],
  ['UTC', null, 'UTC'],
  ['US/Eastern', null, 'America/New_York'],
  ['EST', 'US', 'America/New_York'],
  ['Eastern', 'CA', 'America/New_York'],
  ['Eastern Standard Time', 'US', 'America/New_York'],
  ['Pacific Time', 'US', 'America/Los_Angeles'],
])('reads %s (country %s) as %s', (written, country, zone) => {
  expect(readTimeZone(written, country)).toBe(zone)
})

it.each([
  ['EST', null],
  ['Eastern', 'AU'],
  ['CST', 'CN'],
  ['MST', 'US'],
  ['UTC+2', 'DE'],
  ['+05:30', 'IN'],
  ['GMT', 'GB'],
  ['Atlantis/Deep', null],
  ['constructor', 'US'],
  ['../../etc/passwd', null],
])('refuses %s (country %s), which could mean another zone or none', (written, country) => {
  expect(readTimeZone(written, country)).toBeNull()
})

it('knows further names of a zone', () => {
  expect(readTimeZone('Asia/Kolkata', null)).toMatch(/^Asia\/(Kolkata|Calcutta)$/)
})

it('is certain of a country only when its clocks agree', () => {
  expect(timeZoneOfCountry('GB')).toBe('Europe/London')
  expect(timeZoneOfCountry('DE')).toBe('Europe/Berlin')
  expect(timeZoneOfCountry('US')).toBeNull()
  expect(timeZoneOfCountry('CN')).toBeNull()
  expect(timeZoneOfCountry(null)).toBeNull()
})

it.each([
  ['an ordinary time', '2026-11-21 09:30', 'America/New_York', '2026-11-21T14:30:00.000Z'],
  ['a skipped hour', '2026-03-08 02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
  ['an hour shown twice', '2026-11-01 01:30', 'America/New_York', '2026-11-01T06:30:00.000Z'],
  ['half an hour of difference', '2026-04-05 12:00', 'Australia/Lord_Howe', '2026-04-05T01:30:00.000Z'],
  ['the other side of the date line', '2026-11-21 12:00', 'Pacific/Kiritimati', '2026-11-20T22:00:00.000Z'],
])('knows the instant of %s', (_, shown, zone, instant) => {
  const [day = '', time = ''] = shown.split(' ')
  expect(instantAt(day, time, zone)).toBe(instant)
  expect(dayIn(zone, new Date(instant))).toBe(day)
})
