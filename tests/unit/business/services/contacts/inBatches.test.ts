import { expect, it, vi } from 'vitest'
import type { ContactSelection } from '../../../../../business/models/contact.ts'
import { inBatches } from '../../../../../business/services/contacts/inBatches.ts'

const onCounts = () => {}
const going = () => new AbortController().signal
const idsOf = (part: ContactSelection) => ('contact_ids' in part ? part.contact_ids.length : 0)

it('asks for ids a thousand at a time', async () => {
  const contact_ids = Array.from({ length: 2500 }, (_, index) => `c${index}`)
  const ask = vi.fn(async (part: ContactSelection) => ({ deleted: idsOf(part), next_cursor: null }))
  expect(await inBatches({ account_id: 'a', contact_ids }, ask, { signal: going(), onCounts })).toEqual({ counts: { deleted: 2500 }, isWhole: true })
  expect(ask.mock.calls.map(([part]) => idsOf(part))).toEqual([1000, 1000, 500])
})

it('follows the cursor of a filter and adds up what each part answers', async () => {
  const selection = { account_id: 'a', filter: { text: 'Ada' } }
  const ask = vi.fn(async (_part: ContactSelection, cursor: unknown) =>
    ({ deleted: 2, refused: { called: 1 }, ids: ['x'], next_cursor: cursor === null ? 1 : null }))
  const seen: unknown[] = []
  const { counts } = await inBatches(selection, ask, { signal: going(), onCounts: (sofar) => seen.push(sofar.deleted) })
  expect(counts).toEqual({ deleted: 4, refused: { called: 2 } })
  expect(seen).toEqual([2, 4])
  expect(ask.mock.calls).toEqual([[selection, null], [selection, 1]])
})

it('asks no more once it is stopped, and says so', async () => {
  const stop = new AbortController()
  const ask = vi.fn(async () => ({ deleted: 1, next_cursor: 1 }))
  const answer = await inBatches({ account_id: 'a', filter: {} }, ask, { signal: stop.signal, onCounts: () => stop.abort() })
  expect(answer).toEqual({ counts: { deleted: 1 }, isWhole: false })
  expect(ask).toHaveBeenCalledTimes(1)
})
