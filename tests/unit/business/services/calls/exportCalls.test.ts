import Papa from 'papaparse'
import { expect, it, vi } from 'vitest'
import type { CallRecord } from '../../../../../business/models/callRecord.ts'
import { exportCalls } from '../../../../../business/services/calls/exportCalls.ts'
import { openTableFile } from '../../../../../business/services/tableFile.ts'

const call = (id: string, facts: Partial<CallRecord> = {}): CallRecord => ({
  id, campaign_id: 'c', campaign_name: 'Spring', contact_id: 'p', contact_name: '=SUM(A1)', phone: '+12025550107', assistant_name: 'Ava', kind: 'campaign', attempt_no: 2, state: 'settled',
  outcome: 'answered', failure_scope: null, ended_reason: 'customer-ended-call', created_at: '2026-11-01T03:59:00Z', dialled_at: '2026-11-01T04:30:00Z', started_at: null, ended_at: null,
  settled_at: null, talk_seconds: 61, billed_seconds: 66, recording_state: 'stored', disposition: 'interested', own_disposition_id: null, own_disposition: null, sentiment: 'positive', ...facts })
const words = {
  columnOf: (name: string) => name.toUpperCase(), stateOf: (state: string) => `is ${state}`, outcomeOf: (word: string) => `was ${word}`,
  dispositionOf: (word: string) => `meant ${word}`, sentimentOf: (word: string) => `felt ${word}`,
}
const task = { filter: { account_id: 'a', outcomes: ['answered' as const] }, timeZone: 'America/New_York', words }

it('writes every call of every page, by the account\'s clock, and no cell that a spreadsheet would calculate', async () => {
  const ask = vi.fn(async (_filter: object, cursor: unknown) => (cursor === null
    ? { rows: [call('one'), call('own', { own_disposition: 'Visit booked' })], next_cursor: 1 }
    : { rows: [call('two', { outcome: null, disposition: null, sentiment: null, billed_seconds: null, campaign_name: null, dialled_at: null })], next_cursor: null }))
  const file = await exportCalls({ calls: { exportPage: ask }, file: openTableFile('csv') }, task, { signal: new AbortController().signal, onRows: () => {} })
  expect(Papa.parse<string[]>(await file!.text()).data).toEqual([
    ['TIME', 'CONTACT', 'PHONE', 'CAMPAIGN', 'ASSISTANT', 'ATTEMPT', 'STATUS', 'OUTCOME', 'DISPOSITION', 'SENTIMENT', 'TALK_SECONDS', 'BILLED_SECONDS', 'ENDED', 'ID'],
    ['2026-11-01 00:30:00', '\'=SUM(A1)', '+12025550107', 'Spring', 'Ava', '2', 'is settled', 'was answered', 'meant interested', 'felt positive', '61', '66', 'customer-ended-call', 'one'],
    ['2026-11-01 00:30:00', '\'=SUM(A1)', '+12025550107', 'Spring', 'Ava', '2', 'is settled', 'was answered', 'Visit booked', 'felt positive', '61', '66', 'customer-ended-call', 'own'],
    ['2026-10-31 23:59:00', '\'=SUM(A1)', '+12025550107', '', 'Ava', '2', 'is settled', '', '', '', '61', '', 'customer-ended-call', 'two'],
  ])
  expect(ask.mock.calls.map(([filter, cursor]) => [filter, cursor])).toEqual([[task.filter, null], [task.filter, 1]])
})
