import { expect, it, vi } from 'vitest'
import { listNumbers } from '../../../../../business/services/contacts/listNumbers.ts'

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `+1202555${String(index).padStart(4, '0')}`)
const answer = { added_count: 10, already_count: 1, enrolments_count: 2, voided_count: 0, refused: [] }

it('sends a thousand at a time, adds up what came of each, and says how far it is', async () => {
  const doNotCall = { import: vi.fn().mockResolvedValue(answer) }
  const heard: number[] = []
  const sum = await listNumbers({ doNotCall }, { account_id: 'a', phones: numbers(2_300), reason: 'Left' }, (count) => heard.push(count))
  expect(doNotCall.import.mock.calls.map(([, phones, reason]) => [(phones as string[]).length, reason])).toEqual([[1000, 'Left'], [1000, 'Left'], [300, 'Left']])
  expect(heard).toEqual([1000, 2000, 2300])
  expect(sum).toEqual({ added_count: 30, already_count: 3, enrolments_count: 6, refused: [] })
})

it('names a refused number, not its place in the chunk', async () => {
  const phones = numbers(1_001)
  const refusal = { ...answer, refused: [{ row: 1, field: 'phone', code: 'invalid_number' }] }
  const doNotCall = { import: vi.fn().mockResolvedValueOnce(answer).mockResolvedValue(refusal) }
  const { refused } = await listNumbers({ doNotCall }, { account_id: 'a', phones, reason: '' }, () => {})
  expect(refused).toEqual([phones[1_000]])
})
