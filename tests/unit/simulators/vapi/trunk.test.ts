import { describe, expect, test } from 'vitest'
import { createTrunk } from '../../../../supabase/local/simulators/vapi/trunk.ts'
import { order, OTHER_LINE, simulator, whole } from './support.ts'

const SIP_503 = 'call.in-progress.error-providerfault-outbound-sip-503-service-unavailable'

describe('a phone number', () => {
  test('that is dialled more than twenty times in a second is refused by the trunk, by itself, and recovers', async () => {
    let at = Date.parse('2026-03-02T12:00:00Z')
    const vapi = await simulator({ now: () => new Date(at), concurrencyLimit: 100 })
    const dial = async (changes: Record<string, unknown> = {}) => (await whole(vapi, order('+12124567802', changes))).endedReason
    const first = await Promise.all(Array.from({ length: 22 }, () => dial()))
    expect(first.filter((reason) => reason === SIP_503)).toHaveLength(2)
    expect(await dial({ phoneNumberId: OTHER_LINE })).toBe('customer-busy')
    at += 1000
    expect(await dial()).toBe('customer-busy')
    expect(vapi.violations()).toEqual([])
  })

  test('has the rate that a test gives it', async () => {
    const vapi = await simulator({ now: () => new Date(0), dialsPerSecond: 1 })
    expect((await whole(vapi, order('+12124567802'))).endedReason).toBe('customer-busy')
    expect((await whole(vapi, order('+12124567802'))).endedReason).toBe(SIP_503)
  })
})

describe('a trunk for twenty a second', () => {
  function refusals(dialsPerSecond: number, jitterMs: number): number {
    let at = 0
    const trunk = createTrunk(20, () => new Date(at))
    return Array.from({ length: 10 * dialsPerSecond }, (_, count) => {
      at = count * 1000 / dialsPerSecond + (count % 2 ? jitterMs : 0)
      return trunk.isTooFast('line')
    }).filter(Boolean).length
  }

  test('takes what keeps the rate, a little too early or too late', () => {
    expect(refusals(20, 0)).toBe(0)
    expect(refusals(20, 120)).toBe(0)
  })

  test('refuses about as much of what does not as is too much', () => {
    expect(refusals(25, 0)).toBeGreaterThan(20)
    expect(refusals(25, 0)).toBeLessThan(50)
  })
})
