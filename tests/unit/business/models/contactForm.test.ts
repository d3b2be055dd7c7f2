import { expect, it } from 'vitest'
import { changesOf } from '../../../../business/models/contact.ts'
import { attributeLines, contactSchema, wishInputOf } from '../../../../business/models/contactForm.ts'

const anyTime = { from: '', until: '', days: [] as number[] }
const content = { name: ' Ada ', phone: '202 555 0101', email: '', company: '', time_zone: null, region: null, locale: '', segment: '', assistant_id: null, attributes: [], wish: anyTime }

it('makes a number of the default country international and trims the rest', () => {
  expect(contactSchema('US').parse(content)).toEqual({ ...content, name: 'Ada', phone: '+12025550101', attributes: {}, wish: null })
})

it.each([
  [{ phone: '' }, 'contacts.faults.missing_phone'],
  [{ phone: '12' }, 'contacts.faults.invalid_number'],
  [{ email: 'nobody' }, 'contacts.faults.invalid_email'],
])('refuses %j with %s', (change, message) => {
  const { error } = contactSchema('US').safeParse({ ...content, ...change })
  expect(error?.issues[0]?.message).toBe(message)
})

it.each([
  [{ from: '17:00', until: '', days: [] }, 'contacts.wish.errors.half'],
  [{ from: '', until: '19:00', days: [1] }, 'contacts.wish.errors.half'],
  [{ from: '17:00', until: '17:00', days: [] }, 'contacts.wish.errors.same'],
])('refuses the wish %j at its own place', (wish, message) => {
  const { error } = contactSchema('US').safeParse({ ...content, wish })
  expect(error?.issues.map((issue) => [issue.path.join('.'), issue.message])).toEqual([['wish', message]])
})

it.each([
  [anyTime, null],
  [{ ...anyTime, days: [7, 6, 5, 4, 3, 2, 1] }, null],
  [{ from: '17:00', until: '19:00', days: [] }, { from: '17:00', until: '19:00', days: null }],
  [{ from: '20:00', until: '02:00', days: [] }, { from: '20:00', until: '02:00', days: null }],
  [{ from: '', until: '', days: [3, 1] }, { from: null, until: null, days: [1, 3] }],
])('makes of the wish %j no more than was said', (wish, meant) => {
  expect(contactSchema('US').parse({ ...content, wish }).wish).toEqual(meant)
  if (meant) expect(contactSchema('US').parse({ ...content, wish: wishInputOf(meant) }).wish).toEqual(meant)
})

it('makes fields of the lines that have a name, and refuses a name that is there twice', () => {
  const attributes = [{ name: ' plan ', value: 'A' }, { name: '', value: 'lost' }, { name: 'city', value: '' }]
  expect(contactSchema('US').parse({ ...content, attributes }).attributes).toEqual({ plan: 'A', city: '' })
  expect(attributeLines({ plan: 'A', size: 7 })).toEqual([{ name: 'plan', value: 'A' }, { name: 'size', value: '7' }])
  const twice = contactSchema('US').safeParse({ ...content, attributes: [{ name: 'plan', value: 'A' }, { name: 'plan ', value: 'B' }] })
  expect(twice.error?.issues[0]).toMatchObject({ path: ['attributes'], message: 'contacts.attributes.twice' })
})

it.each([['en', true], ['pt-BR', true], ['english', false], ['e', false]])('takes %s for a language: %s', (locale, isOne) => {
  expect(contactSchema('US').safeParse({ ...content, locale }).success).toBe(isOne)
})

it('sends only what was changed: also what became empty, and fields whose parts differ', () => {
  const before = { name: 'Ada', company: 'Acme', wish: { from: '09:00' }, attributes: { plan: 'gold' }, region: null }
  expect(changesOf(before, { ...before })).toEqual({})
  expect(changesOf(before, { ...before, company: '', wish: { from: '10:00' }, region: 'DE' as never })).toEqual({ company: '', wish: { from: '10:00' }, region: 'DE' })
})
