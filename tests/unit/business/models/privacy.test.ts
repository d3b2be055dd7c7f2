import { expect, test } from 'vitest'
import { privacyFormOf, privacyOf, privacySchema } from '../../../../business/models/privacy.ts'

test('days or no end: what a person chooses is what is saved', () => {
  expect(privacyFormOf({ records_calls: true, recording_days: null })).toEqual({ records_calls: true, keeps: 'always', recording_days: 365 })
  expect(privacyFormOf({ records_calls: false, recording_days: 30 })).toEqual({ records_calls: false, keeps: 'days', recording_days: 30 })
  expect(privacyOf({ records_calls: true, keeps: 'always', recording_days: 30 })).toEqual({ records_calls: true, recording_days: null })
  expect(privacyOf({ records_calls: true, keeps: 'days', recording_days: 30 })).toEqual({ records_calls: true, recording_days: 30 })
})

test.each([[0, false], [1, true], [3650, true], [3651, false], [1.5, false], [null, false]])('%j days are sound: %j', (recording_days, isSound) => {
  expect(privacySchema.safeParse({ records_calls: true, keeps: 'days', recording_days }).success).toBe(isSound)
})

test('without an end nobody has to say how many days', () => {
  expect(privacySchema.safeParse({ records_calls: true, keeps: 'always', recording_days: null }).success).toBe(true)
})
