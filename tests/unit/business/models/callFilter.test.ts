import { expect, test } from 'vitest'
import { addressOfCalls, narrowingOfCalls, queryOfCalls, readCallConditions, type CallConditions } from '../../../../business/models/callFilter.ts'

const id = '0b0e8f0a-6c1d-4d6e-9f3a-1a2b3c4d5e6f'
const everything: CallConditions = {
  text: 'see you', period: '7', states: ['settled'], outcomes: ['answered', 'busy'], dispositions: ['interested'], own_disposition_ids: [id], sentiments: ['negative'], campaign_id: id, assistant_id: id,
  list_id: id, tag_ids: [id], talk_from: 30, talk_until: 600, has_recording: false, kind: 'test',
  contact_id: id, disposition_by: id, hour: 0, contact_hour: 23, contact_weekday: 7,
}

test('what the address is given it gives back', () => {
  expect(readCallConditions(queryOfCalls(everything))).toEqual(everything)
  expect(readCallConditions(Object.fromEntries(new URLSearchParams(addressOfCalls(everything))))).toEqual(everything)
  const days = { from_day: '2026-03-01', until_day: '2026-03-31', has_recording: true }
  expect(readCallConditions(queryOfCalls(days))).toEqual(days)
  expect(addressOfCalls({})).toBe('')
})

test('what somebody wrote there wrongly is as if it were not there', () => {
  expect(readCallConditions({
    period: '8', from: '2026-02-31', to: 'x', status: 'odd', outcome: 'odd,busy', disposition: '', own: 'x', sentiment: 'sad', campaign: '1', tag: `x,${id}`, longer: '-1', shorter: '99999', recording: 'maybe', kind: 'x',
    by: 'somebody', hour: '24', their_hour: '-1', their_day: '0',
  })).toEqual({ outcomes: ['busy'], tag_ids: [id] })
})

test('days that move with today take the place of chosen ones', () => {
  expect(readCallConditions({ period: 'today', from: '2026-03-01' })).toEqual({ period: 'today' })
})

test('a search leaves calls out beside the filters, which have their own signs', () => {
  expect(narrowingOfCalls({ text: 'price', outcomes: ['busy'], tag_ids: [] })).toEqual(['outcomes'])
})
