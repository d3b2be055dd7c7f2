import { expect, it } from 'vitest'
import { contactSchema } from '../../../../business/models/contact.ts'

const content = { name: ' Ada ', phone: '202 555 0101', email: '', company: '', time_zone: null }

it('makes a number of the default country international and trims the rest', () => {
  expect(contactSchema('US').parse(content)).toEqual({ ...content, name: 'Ada', phone: '+12025550101' })
})

it.each([
  [{ phone: '' }, 'contacts.faults.missing_phone'],
  [{ phone: '12' }, 'contacts.faults.invalid_number'],
  [{ email: 'nobody' }, 'contacts.faults.invalid_email'],
])('refuses %j with %s', (change, message) => {
  const { error } = contactSchema('US').safeParse({ ...content, ...change })
  expect(error?.issues[0]?.message).toBe(message)
})
