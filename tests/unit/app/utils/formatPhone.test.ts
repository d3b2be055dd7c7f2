import { describe, expect, it } from 'vitest'
import { formatPhone } from '../../../../app/utils/formatPhone.ts'

describe('formatPhone', () => {
  it.each([
    ['+14155550101', '+1 415 555 0101'],
    ['+4930901820', '+49 30 901820'],
    ['+4915112345678', '+49 1511 2345678'],
    ['+33123456789', '+33 1 23 45 67 89'],
    ['+442079460018', '+44 20 7946 0018'],
    ['+971501234567', '+971 50 123 4567'],
  ])('groups %s as its country does', (e164, grouped) => {
    expect(formatPhone(e164)).toBe(grouped)
  })

  it.each(['+1 202 ••• ••07', '•••', ''])('leaves %j alone, which is no number', (text) => {
    expect(formatPhone(text)).toBe(text)
  })
})
