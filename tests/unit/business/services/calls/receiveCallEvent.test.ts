import { describe, expect, it } from 'vitest'
import { parseWebhook } from '../../../../../business/gateways/calls/vapi/parseWebhook.ts'
import { AppError } from '../../../../../business/models/appError.ts'
import type { CallEvent, LiveLine } from '../../../../../business/models/callEvent.ts'
import { receiveCallEvent, type ReceiveDeps } from '../../../../../business/services/calls/receiveCallEvent.ts'
import { report, staleCall, status } from '../../gateways/calls/vapi/samples.ts'

const bytes = (body: unknown) => new TextEncoder().encode(JSON.stringify(body))

/** An inbox that keeps each key once. */
function inbox({ failure }: { failure?: AppError } = {}) {
  const stored = new Map<string, { event: CallEvent, body: unknown }>()
  const relayed: LiveLine[] = []
  let runs = 0
  const dials: ReceiveDeps['dials'] = {
    recordEvent: async (event, body) => {
      if (failure) throw failure
      const is_new = !stored.has(event.dedupe_key)
      if (is_new) stored.set(event.dedupe_key, { event, body })
      return { is_new }
    },
    relayLine: async (line) => { relayed.push(line) },
  }
  return { deps: { webhook: { parse: parseWebhook }, dials, workOnEvents: async () => { runs++ } }, stored, relayed, runs: () => runs }
}

describe('receiveCallEvent', () => {
  it('stores the event with the body it came from, and works on it only afterwards', async () => {
    const { deps, stored, runs } = inbox()
    const { is_new, afterwards } = await receiveCallEvent(deps, bytes(report()))
    expect(is_new).toBe(true)
    expect([...stored.values()]).toMatchObject([{ event: { is_report: true }, body: { message: { type: 'end-of-call-report' } } }])
    expect(runs()).toBe(0)
    await afterwards()
    expect(runs()).toBe(1)
  })

  it('has nothing to do for a fact that is known already', async () => {
    const { deps, runs } = inbox()
    await receiveCallEvent(deps, bytes(report()))
    const again = await receiveCallEvent(deps, bytes(report({ timestamp: 1 })))
    expect(again.is_new).toBe(false)
    await again.afterwards()
    expect(runs()).toBe(0)
  })

  it('stores what says nothing, and does nothing about it', async () => {
    const { deps, stored, runs } = inbox()
    for (const body of [[], 'x', null, 7, {}, status('levitating'), { message: { type: 'hang', call: staleCall } }]) {
      await (await receiveCallEvent(deps, bytes(body))).afterwards()
    }
    expect(stored.size).toBe(7)
    expect(runs()).toBe(0)
  })

  it('passes a live line on and stores nothing', async () => {
    const { deps, stored, relayed } = inbox()
    const { is_new, afterwards } = await receiveCallEvent(deps, bytes({ message: { type: 'transcript', transcript: 'Hello', role: 'user', call: staleCall } }))
    await afterwards()
    expect(is_new).toBeNull()
    expect(stored.size).toBe(0)
    expect(relayed).toMatchObject([{ text: 'Hello', role: 'contact' }])
  })

  it.each(['', '{', 'not json', '{"message":'])('refuses %j as malformed and stores nothing', async (text) => {
    const { deps, stored } = inbox()
    await expect(receiveCallEvent(deps, new TextEncoder().encode(text))).rejects.toMatchObject({ code: 'invalid_input' })
    expect(stored.size).toBe(0)
  })

  it('reads bytes that are no UTF-8 as far as they go', async () => {
    const { deps, stored } = inbox()
    const raw = bytes(status('ringing', { note: 'X' })).map((byte) => (byte === 'X'.charCodeAt(0) ? 0xff : byte))
    await receiveCallEvent(deps, raw)
    expect([...stored.values()]).toMatchObject([{ event: { state: 'ringing' } }])
  })

  it.each(['unavailable', 'internal', 'invalid_input', 'conflict'] as const)('asks the provider to come again when the database says %s', async (code) => {
    const { deps } = inbox({ failure: new AppError(code, 'words') })
    await expect(receiveCallEvent(deps, bytes(report()))).rejects.toMatchObject({ code: 'unavailable' })
  })
})
