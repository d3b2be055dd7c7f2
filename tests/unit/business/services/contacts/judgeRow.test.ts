import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ColumnUse } from '../../../../../business/models/contactFile.ts'
import { judgeRow, type ImportPlan } from '../../../../../business/services/contacts/judgeRow.ts'

const plan: ImportPlan = {
  columns: ['Name', 'Phone', 'E-mail', 'Company', 'Zone', 'City', 'Secret'], uses: ['name', 'phone', 'email', 'company', 'time_zone', 'attribute', 'ignore'],
  country: 'US', default_time_zone: null, consent: { purposes: ['service'], channel: 'web_form', text_shown: '' }, today: '2026-11-21', emptied: [], fixes: {},
}
const judge = (cells: string[], changes: Partial<ImportPlan> = {}) => judgeRow({ row: 2, cells }, { ...plan, ...changes })

/** One value in a column of its own, beside a good number. */
const judgeField = (use: ColumnUse, value: string, changes: Partial<ImportPlan> = {}) =>
  judge(['+12025550101', value], { columns: ['Phone', 'Value'], uses: ['phone', use], ...changes })

it('makes a contact of a good row', () => {
  expect(judge(['Ada', '(202) 555-0101', 'ada@example.com', 'Engines', 'America/New_York', 'Washington', 'x'])).toEqual({
    row: 2, name: 'Ada', phone: '+12025550101', email: 'ada@example.com', company: 'Engines', time_zone: 'America/New_York', attributes: { City: 'Washington' } })
})

it.each([
  ['email', 'invalid_email', ['A', '+12025550101', 'no mail@x']],
  ['time_zone', 'unknown_time_zone', ['A', '+12025550101', '', '', 'Atlantis/Deep']],
  ['phone', 'missing_phone', ['A', ' ']],
  ['phone', 'scientific', ['A', '1.20256E+10']],
  ['phone', 'two_numbers', ['A', '+1 202 555 0101 / +1 202 555 0102']],
  ['phone', 'letters', ['A', '1-800-FLOWERS']],
  ['name', 'length', ['x'.repeat(201), '+12025550101']],
  ['attributes', 'shape', ['A', '+12025550101', '', '', '', 'x'.repeat(1_000_000)]],
])('refuses a row for its %s: %s', (field, code, cells) => {
  expect(judge(cells)).toMatchObject({ field, code })
})

it('leaves an unreadable value out when a person says so, and the row goes in', () => {
  const cells = ['A', '+12025550101', 'no mail', '', 'Atlantis/Deep']
  expect(judge(cells, { emptied: ['email'] })).toMatchObject({ field: 'time_zone' })
  expect(judge(cells, { emptied: ['email', 'time_zone'] })).toMatchObject({ email: '', time_zone: null })
  expect(judge(['A', '12'], { emptied: ['phone'] }), 'a row without a number is no contact').toMatchObject({ field: 'phone' })
})

it('takes what a person corrected instead of what the file says', () => {
  expect(judge(['A', '12'], { fixes: { 2: { 1: '+12025550101', 2: 'a@b.co' } } })).toMatchObject({ phone: '+12025550101', email: 'a@b.co' })
  const broken = { row: 2, cells: ['"A', '+12025550101'], has_broken_quotes: true }
  expect(judgeRow(broken, plan)).toMatchObject({ field: 'row', code: 'quotes' })
  expect(judgeRow(broken, { ...plan, fixes: { 2: { 0: 'A' } } })).toMatchObject({ name: 'A' })
})

it('splits an extension off and keeps it', () => {
  expect(judge(['A', '+1 202-555-0101 x12'])).toMatchObject({ phone: '+12025550101', attributes: { extension: '12' } })
})

it('puts first and last name together', () => {
  expect(judge(['Ada', '+12025550101', 'Lovelace'], { uses: ['first_name', 'phone', 'last_name'] })).toMatchObject({ name: 'Ada Lovelace' })
})

it('counts an emoji as one character', () => {
  expect(judge(['😀'.repeat(200), '+12025550101'])).toMatchObject({ phone: '+12025550101' })
})

it('reads the zone off a number whose country has one, unless the file or the person said one', () => {
  expect(judge(['Kai', '+49 30 901820'])).toMatchObject({ time_zone: 'Europe/Berlin', time_zone_source: 'number' })
  expect(judge(['Ada', '+12025550101'])).toMatchObject({ time_zone: null })
  expect(judge(['Kai', '+49 30 901820'], { default_time_zone: 'America/Chicago' })).toMatchObject({ time_zone: null })
  expect(judge(['Kai', '+49 30 901820', '', '', 'Europe/Paris'])).toMatchObject({ time_zone: 'Europe/Paris' })
})

it.each([['FL', 'US-FL'], ['', undefined], ['Germany', 'DE']])('takes the region %j that the file states', (written, region) => {
  expect(judgeField('region', written)).toMatchObject(region ? { region } : { phone: '+12025550101' })
})

it('refuses a region that nobody knows only where states have rules of their own', () => {
  expect(judgeField('region', 'Flordia')).toMatchObject({ field: 'region', code: 'unknown_region', value: 'Flordia' })
  expect(judge(['+4930901820', 'Bayern'], { columns: ['Phone', 'State'], uses: ['phone', 'region'] })).not.toHaveProperty('code')
})

it.each([['de', 'de'], ['pt_BR', 'pt-BR'], ['English', 'en'], ['Deutsch', 'de']])('reads the language %s', (written, locale) => {
  expect(judgeField('locale', written)).toMatchObject({ locale })
})

it('refuses a language that nobody knows', () => {
  expect(judgeField('locale', 'Klingonese')).toMatchObject({ field: 'locale', code: 'unknown_locale' })
})

it.each([
  ['yes', 'express'], ['X', 'express'], ['Signed', 'express_written'], ['existing customer', 'implied'],
])('reads the consent %j', (written, basis) => {
  expect(judgeField('consent_basis', written, { consent: { ...plan.consent, text_shown: 'You may call me.' } }))
    .toMatchObject({ consent: { basis, purposes: ['service'], channel: 'web_form' } })
})

it.each(['no', '', '0'])('takes %j for no consent, not for a fault', (written) => {
  expect(judgeField('consent_basis', written)).not.toHaveProperty('consent')
  expect(judgeField('consent_basis', written)).toHaveProperty('phone')
})

it('refuses consent that it would have to guess', () => {
  expect(judgeField('consent_basis', 'perhaps')).toMatchObject({ field: 'consent_basis', code: 'unknown_consent' })
  expect(judgeField('consent_basis', 'written'), 'written consent without its words proves nothing').toMatchObject({ field: 'consent_text' })
  expect(judgeField('consent_basis', 'yes', { consent: { ...plan.consent, purposes: [] } })).toMatchObject({ field: 'consent_purposes' })
})

it.each([
  ['2026-03-04', '2026-03-04T12:00'], ['2026-03-04 09:30', '2026-03-04T09:30'], ['4.3.2026', '2026-03-04T12:00'], ['25/03/2026', '2026-03-25T12:00'], ['03/25/2026', '2026-03-25T12:00'],
])('reads %s as a day of consent', (written, given_at) => {
  expect(judgeField('consent_given_at', written)).toMatchObject({ consent: { basis: 'express', given_at } })
})

it.each(['03/04/2026', '2026-02-30', '2027-01-01', 'last year'])('refuses %s as a day of consent', (written) => {
  expect(judgeField('consent_given_at', written)).toMatchObject({ field: 'consent_given_at', code: 'unclear_date' })
})

it('answers for any row whatever, with a number that can be dialled or with a reason', () => {
  const cell = fc.oneof(fc.string({ unit: fc.integer({ min: 0, max: 0x2fff }).map((code) => String.fromCodePoint(code)), maxLength: 30 }), fc.constantFrom('+12025550101', '1.5E+10', '030 901820', '', '=1+1', '٠٣٠'))
  fc.assert(fc.property(fc.array(cell, { maxLength: 9 }), fc.constantFrom('US', 'DE', null), (cells, country) => {
    const judged = judge(cells, { country, default_time_zone: 'Europe/Berlin' })
    if ('code' in judged) expect(judged.field).not.toBe('')
    else expect(judged.phone).toMatch(/^\+[1-9]\d{6,14}$/)
  }))
})
