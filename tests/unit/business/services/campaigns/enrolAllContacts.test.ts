import { expect, it } from 'vitest'
import { enrolAllContacts } from '../../../../../business/services/campaigns/enrolAllContacts.ts'

const answers = [
  { enrolled: 990, already: 4, blocked_count: 6, next_cursor: { id: 'm' } },
  { enrolled: 12, already: 0, blocked_count: 1, next_cursor: null },
]

it('goes on from cursor to cursor until nobody is left, and adds the answers up', async () => {
  const asked: unknown[] = []
  const campaigns = { enrolAll: async (_id: string, _filter: object, cursor: unknown) => (asked.push(cursor), answers[asked.length - 1]!) }
  const seen: number[] = []
  const total = await enrolAllContacts({ campaigns }, 'k', { text: 'acme' }, ({ enrolled }) => seen.push(enrolled))
  expect(asked).toEqual([null, { id: 'm' }])
  expect(total).toEqual({ enrolled: 1002, already: 4, blocked: 7 })
  expect(seen).toEqual([990, 1002])
})

it('stops at a failure and hands it on', async () => {
  const campaigns = { enrolAll: () => Promise.reject(new Error('no network')) }
  await expect(enrolAllContacts({ campaigns }, 'k', {}, () => {})).rejects.toThrow('no network')
})
