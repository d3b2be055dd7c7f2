// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest'
import CallRecordingNote from '../../../../../app/components/calls/CallRecordingNote.vue'
import { mountApp } from '../../support/mountApp.ts'

const none = { kept_until: null, deleted_at: null, deleted_after_days: null }
const call = { settled_at: '2026-05-01T10:00:00Z', recording_state: 'stored', recording_path: 'a/c.mp3', recording_fate: none }
const note = (changes: object) => mountApp(CallRecordingNote, { props: { call: { ...call, ...changes } }, deps: { accounts: {} as never } }).text()

afterEach(() => {
  document.body.innerHTML = ''
})

test.each([
  ['until when it is kept', { recording_fate: { ...none, kept_until: '2026-05-31T10:00:00Z' } }, 'Kept until May 31, 2026'],
  ['nothing where no rule ends it', {}, ''],
  ['when and by which rule it went', { recording_state: 'expired', recording_path: null, recording_fate: { kept_until: null, deleted_at: '2026-06-01T10:00:00Z', deleted_after_days: 30 } },
    'The recording was deleted on Jun 1, 2026 by the rule of 30 days.'],
  ['one day as one', { recording_state: 'expired', recording_path: null, recording_fate: { kept_until: null, deleted_at: '2026-06-01T10:00:00Z', deleted_after_days: 1 } },
    'The recording was deleted on Jun 1, 2026 by the rule of 1 day.'],
  ['that it went, where the proof is not there', { recording_state: 'expired', recording_path: null }, 'The recording was deleted after its retention time.'],
  ['that it is not there yet', { settled_at: null }, 'The recording appears when the call is over.'],
])('says %s', (_what, changes, words) => {
  expect(note(changes)).toBe(words)
})
