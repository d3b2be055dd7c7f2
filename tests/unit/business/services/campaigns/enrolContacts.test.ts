import { expect, it } from 'vitest'
import { enrolContacts } from '../../../../../business/services/campaigns/enrolContacts.ts'

it('enrols a thousand at a time and adds the answers up', async () => {
  const chunks: number[] = []
  const campaigns = {
    async enrol(_id: string, contactIds: string[]) {
      chunks.push(contactIds.length)
      return { enrolled: contactIds.length - 1, already: 1, blocked: [{ contact_id: 'c', reason: 'do_not_call' as const }] }
    },
  }
  const seen: number[] = []
  const ids = Array.from({ length: 2001 }, (_, index) => `c${index}`)
  const total = await enrolContacts({ campaigns }, 'k', ids, ({ enrolled }) => seen.push(enrolled))
  expect(chunks).toEqual([1000, 1000, 1])
  expect(total).toEqual({ enrolled: 1998, already: 3, blocked: 3 })
  expect(seen).toEqual([999, 1998, 1998])
})
