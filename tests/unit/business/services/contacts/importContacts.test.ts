import { expect, it } from 'vitest'
import type { ImportRow } from '../../../../../business/models/import.ts'
import { importContacts, newImportState, type ImportState } from '../../../../../business/services/contacts/importContacts.ts'

const rows = Array.from({ length: 2500 }, (_, index): ImportRow => ({
  row: index + 2, name: '', phone: `+1202${2000000 + index}`, email: '', company: '', time_zone: null, attributes: {},
}))
const job = { account_id: 'a', file_name: 'people.csv', default_time_zone: null, consent: null, rows }

/** Answers as import_contacts does: a chunk it has seen gets the stored answer; answers can be lost on the way. */
function createDatabase({ loseAnswerOf = -1 } = {}) {
  const chunks = new Map<number, number>()
  const opened: string[] = []
  let lost = false
  return {
    chunks,
    opened,
    finished: [] as string[],
    async create() {
      opened.push(`import-${opened.length + 1}`)
      return { import_id: opened.at(-1)!, same_file: null }
    },
    async importChunk(_id: string, chunk: number, sent: ImportRow[]) {
      chunks.set(chunk, (chunks.get(chunk) ?? 0) + 1)
      if (chunk === loseAnswerOf && !lost) {
        lost = true
        throw new Error('no network')
      }
      const refused = sent.filter(({ row }) => row === 1502).map(({ row }) => ({ row, field: 'phone', code: 'invalid_number', message: '', content: null }))
      return { created: sent.length - refused.length, updated: 0, unchanged: 0, skipped: 0, do_not_call: 0, no_time_zone: 0, refused, contact_ids: sent.map(({ row }) => `c${row}`) }
    },
    async finish(id: string) {
      this.finished.push(id)
      return { status: 'completed' as const }
    },
  }
}

it('sends a thousand rows at a time, adds the answers up and closes the import', async () => {
  const imports = createDatabase()
  const { totals } = await importContacts({ imports }, job, newImportState(), () => {})
  expect([...imports.chunks.keys()]).toEqual([0, 1, 2])
  expect(totals.created).toBe(2499)
  expect(totals.refused).toEqual([{ row: 1502, field: 'phone', code: 'invalid_number', value: rows[1500]?.phone }])
  expect(totals.contact_ids).toHaveLength(2500)
  expect(imports.finished).toEqual(['import-1'])
})

it('goes on with the same import at the chunk whose answer was lost', async () => {
  const imports = createDatabase({ loseAnswerOf: 1 })
  let state: ImportState = newImportState()
  const report = (current: ImportState) => (state = current)
  await expect(importContacts({ imports }, job, state, report)).rejects.toThrow('no network')
  expect(state.next_chunk).toBe(1)

  const { totals } = await importContacts({ imports }, job, state, report)
  expect(imports.opened).toEqual(['import-1'])
  expect(imports.chunks.get(0)).toBe(1)
  expect(totals.created).toBe(2499)
})
