import { describe, expect, it } from 'vitest'
import { createVapiWebhook } from '../../../../../business/gateways/calls/vapi/webhook.ts'
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
    answerTools: async (event, body) => {
      const { is_new } = await dials.recordEvent(event, body, null)
      return { is_new, results: (event.tools ?? []).map(({ id, name }) => name === 'opt_out' ? { id, result: 'Done.' } : { id, error: 'There is no such tool.' }) }
    },
    relayLine: async (line) => { relayed.push(line) },
  }
  return { deps: { webhook: createVapiWebhook([]), dials, workOnEvents: async () => { runs++ }, connection_id: null }, stored, relayed, runs: () => runs }
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

  const toolCalls = (...tools: [id: string, name: string][]) => bytes({ message: { type: 'tool-calls', call: staleCall,
    toolCallList: tools.map(([id, name]) => ({ id, type: 'function', function: { name, arguments: '{"words":"stop"}' } })) } })

  it('answers the tools in the words of the database, each by its id, after they are stored', async () => {
    const { deps, stored } = inbox()
    const { reply } = await receiveCallEvent(deps, toolCalls(['t1', 'opt_out'], ['t2', 'fly']))
    expect(reply).toEqual({ results: [{ toolCallId: 't1', result: 'Done.' }, { toolCallId: 't2', error: 'There is no such tool.' }] })
    expect([...stored.values()]).toMatchObject([{ event: { type: 'tool-calls', tools: [{ id: 't1', name: 'opt_out', arguments: { words: 'stop' } }, { id: 't2' }] } }])
  })

  it('answers the same tools again, and stores them once', async () => {
    const { deps, stored } = inbox()
    const first = await receiveCallEvent(deps, toolCalls(['t1', 'opt_out']))
    expect((await receiveCallEvent(deps, toolCalls(['t1', 'opt_out']))).reply).toEqual(first.reply)
    expect(stored.size).toBe(1)
  })

  it('gives the provider no answer when tools could not be stored, so that it asks again', async () => {
    const { deps } = inbox({ failure: new AppError('internal', 'words') })
    await expect(receiveCallEvent(deps, toolCalls(['t1', 'opt_out']))).rejects.toMatchObject({ code: 'unavailable' })
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
