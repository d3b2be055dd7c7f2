import { expect, test } from 'vitest'
import { privacyFormOf, privacyOf, privacySchemaOf } from '../../../../business/models/privacy.ts'

const privacySchema = privacySchemaOf({ is_hipaa: false })
const others = { transcript_days: 90, event_days: 30 }

test('days or no end: what a person chooses is what is saved', () => {
  expect(privacyFormOf({ records_calls: true, recording_days: null, ...others })).toEqual({ records_calls: true, keeps: 'always', recording_days: 365, ...others })
  expect(privacyFormOf({ records_calls: false, recording_days: 30, ...others })).toEqual({ records_calls: false, keeps: 'days', recording_days: 30, ...others })
  expect(privacyOf({ records_calls: true, keeps: 'always', recording_days: 30, ...others })).toEqual({ records_calls: true, recording_days: null, ...others })
  expect(privacyOf({ records_calls: true, keeps: 'days', recording_days: 30, ...others })).toEqual({ records_calls: true, recording_days: 30, ...others })
})

test.each([[0, false], [1, true], [3650, true], [3651, false], [1.5, false], [null, false]])('%j days are sound: %j', (recording_days, isSound) => {
  expect(privacySchema.safeParse({ records_calls: true, keeps: 'days', recording_days, ...others }).success).toBe(isSound)
})

test('without an end nobody has to say how many days', () => {
  expect(privacySchema.safeParse({ records_calls: true, keeps: 'always', recording_days: null, ...others }).success).toBe(true)
})

test.each([['transcript_days', 0, false], ['transcript_days', 3650, true], ['transcript_days', null, true], ['event_days', 31, false], ['event_days', 1, true], ['event_days', null, false]])('%s of %j are sound: %j', (kind, days, isSound) => {
  expect(privacySchema.safeParse({ records_calls: true, keeps: 'always', recording_days: null, ...others, [kind]: days }).success).toBe(isSound)
})

test.each([['recording_days', 30, true], ['recording_days', 31, false], ['transcript_days', 30, true], ['transcript_days', 31, false], ['transcript_days', null, false]])('in HIPAA mode %s of %j are sound: %j', (kind, days, isSound) => {
  const content = { records_calls: true, keeps: 'days', recording_days: 7, transcript_days: 7, event_days: 7, [kind]: days }
  expect(privacySchemaOf({ is_hipaa: true }).safeParse(content).success).toBe(isSound)
})
