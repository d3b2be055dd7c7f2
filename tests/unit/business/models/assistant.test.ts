import { expect, it } from 'vitest'
import { assistantSchema, sampleAssistant, saysWhoCalls } from '../../../../business/models/assistant.ts'
import { unknownPlaceholders } from '../../../../business/models/placeholders.ts'

it('offers a first assistant that can be saved as it is', () => {
  const sample = sampleAssistant('Acme Inc.', { id: 'emma', language: 'en' })
  expect(assistantSchema.safeParse(sample).success).toBe(true)
  expect(saysWhoCalls(sample.greeting, 'Acme Inc.')).toBe(true)
  expect(unknownPlaceholders(`${sample.greeting} ${sample.instructions} ${sample.voicemail_message}`, [])).toEqual([])
})

it.each([
  ['Hello, this is Acme. Do you have a minute?', 'Acme Inc.', true],
  ['Hello from ACME, INC!', 'Acme Inc.', true],
  ['Hello, do you have a minute?', 'Acme Inc.', false],
  ['This is Acmeville calling', 'Acme', false],
  ['Grüezi, hier ist Müller & Söhne', 'Müller & Söhne GmbH', true],
])('judges whether "%s" says that %s calls: %s', (greeting, account, isSaid) => {
  expect(saysWhoCalls(greeting, account)).toBe(isSaid)
})
