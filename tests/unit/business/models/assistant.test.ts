import { expect, it } from 'vitest'
import { saysWhoCalls } from '../../../../business/models/assistant.ts'

it.each([
  ['Hello, this is Acme. Do you have a minute?', 'Acme Inc.', true],
  ['Hello from ACME, INC!', 'Acme Inc.', true],
  ['Hello, do you have a minute?', 'Acme Inc.', false],
  ['This is Acmeville calling', 'Acme', false],
  ['Grüezi, hier ist Müller & Söhne', 'Müller & Söhne GmbH', true],
])('judges whether "%s" says that %s calls: %s', (greeting, account, isSaid) => {
  expect(saysWhoCalls(greeting, account)).toBe(isSaid)
})
