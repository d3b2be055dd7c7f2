import { describe, expect, it, vi } from 'vitest'
import type { ChainPart } from '../../../../../business/models/activity.ts'
import { verifyChain } from '../../../../../business/services/activity/verifyChain.ts'

const part: ChainPart = { broken: null, link_count: 200, line_count: 900, next: 201, waiting_count: 3, linked_at: '2026-01-01T00:00:00Z', fingerprint: 'ab' }
const chain = (...parts: ChainPart[]) => ({ verify: vi.fn((_account: string, from: number) => Promise.resolve(parts[from === 1 ? 0 : 1]!)) })

describe('verifyChain', () => {
  it('goes on where each part ended, and counts', async () => {
    const activity = chain(part, { ...part, link_count: 5, line_count: 7, next: null })
    const heard: number[] = []
    expect(await verifyChain({ activity }, 'a', (count) => heard.push(count))).toMatchObject({ broken: null, link_count: 205, line_count: 907, waiting_count: 3 })
    expect(heard).toEqual([900, 907])
    expect(activity.verify.mock.calls.map(([, from]) => from)).toEqual([1, 201])
  })

  it('ends at the first link that is not as it was written', async () => {
    const activity = chain({ ...part, next: null, broken: { position: 12, reason: 'lines_changed' } })
    expect((await verifyChain({ activity }, 'a', () => undefined)).broken).toEqual({ position: 12, reason: 'lines_changed' })
    expect(activity.verify).toHaveBeenCalledTimes(1)
  })
})
