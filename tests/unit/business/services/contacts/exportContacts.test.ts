import Papa from 'papaparse'
import { expect, it, vi } from 'vitest'
import type { Contact } from '../../../../../business/models/contact.ts'
import { exportDoNotCall } from '../../../../../business/services/contacts/exportDoNotCall.ts'
import { contactColumns, exportContacts } from '../../../../../business/services/contacts/exportContacts.ts'
import { openTableFile } from '../../../../../business/services/tableFile.ts'

const contact = (name: string, attributes: Record<string, unknown>): Contact => ({
  id: name, name, phone: '+12025550107', email: '', company: '=cmd', time_zone: null, time_zone_source: null, region: 'US', region_is_stated: false, wish: null, status: 'new',
  attributes, locale: 'en', segment: 'vip', tags: [{ id: 't', name: 'Warm' }, { id: 'u', name: 'May' }], lists: [], last_call_at: null, next_attempt_at: null, assistant_id: null, has_consent: false, import_id: null, erased_at: null, created_at: '2026-11-01T00:00:00Z' })
const words = { columnOf: (name: string) => name.toUpperCase(), statusOf: (status: string) => `is ${status}` }
const selection = { account_id: 'a', filter: { text: 'x' } }

const pagesOf = () => vi.fn(async (_selection: object, cursor: unknown) => (cursor === null
  ? { rows: [contact('Ada', { plan: 'A' }), contact('Bob', {})], next_cursor: 1 }
  : { rows: [contact('Eve', { city: 'Rome', plan: 7 })], next_cursor: null }))
const run = (ask: ReturnType<typeof pagesOf>, signal = new AbortController().signal, onRows: (count: number) => void = () => {}) =>
  exportContacts({ contacts: { exportPage: ask }, file: openTableFile('csv') }, { selection, words }, { signal, onRows })

it('writes every page with all columns, and each further field under its own name', async () => {
  const ask = pagesOf()
  const rows = Papa.parse<string[]>(await (await run(ask))!.text()).data
  const at = (row: number, column: string) => rows[row]?.[rows[0]!.indexOf(column)]
  expect(rows[0]).toEqual([...contactColumns.map((name) => name.toUpperCase()), 'plan', 'city'])
  expect(rows).toHaveLength(4)
  expect([at(1, 'NAME'), at(1, 'plan'), at(2, 'plan'), at(3, 'plan'), at(3, 'city')]).toEqual(['Ada', 'A', '', '7', 'Rome'])
  expect([at(1, 'TAGS'), at(1, 'STATUS'), at(1, 'COMPANY'), at(1, 'PHONE')]).toEqual(['Warm, May', 'is new', '\'=cmd', '+12025550107'])
  expect(ask.mock.calls).toEqual([[selection, null], [selection, 1]])
})

it('makes no file once it is stopped', async () => {
  const stop = new AbortController()
  const ask = pagesOf()
  expect(await run(ask, stop.signal, () => stop.abort())).toBeNull()
  expect(ask).toHaveBeenCalledTimes(1)
})

it('writes the do-not-call list with how, why and by whom each number came onto it', async () => {
  const row = { id: 'n', phone: '+12025550107', source: 'hand' as const, reason: '=bad', call_id: null, created_at: '2026-11-01T00:00:00Z', created_by_name: 'Ada', contact_id: 'c', contact_name: 'Grace' }
  const exportPage = vi.fn(async () => ({ rows: [row], next_cursor: null }))
  const task = { account_id: 'a', words: { columnOf: (name: string) => name, sourceOf: (source: string) => `by ${source}` } }
  const file = await exportDoNotCall({ doNotCall: { exportPage }, file: openTableFile('csv') }, task, { signal: new AbortController().signal, onRows: () => {} })
  expect(Papa.parse<string[]>(await file!.text()).data).toEqual([
    ['phone', 'name', 'source', 'reason', 'since', 'by'], ['+12025550107', 'Grace', 'by hand', '\'=bad', '2026-11-01T00:00:00Z', 'Ada']])
})
