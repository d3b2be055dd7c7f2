import { describe, expect, it, vi } from 'vitest'
import type { CallGateway } from '../../../../../business/gateways/calls/callGateway.ts'
import { endCall, type EndDeps } from '../../../../../business/services/calls/endCall.ts'

function setting(answer: Awaited<ReturnType<CallGateway['cancel']>>, { asked = null, provider = 'vapi' }: { asked?: 'asked' | 'over' | 'not_yet' | null, provider?: string } = {}) {
  const cancel = vi.fn(() => Promise.resolve(answer))
  const recordEnd = vi.fn(() => Promise.resolve({ is_recorded: true }))
  const deps: EndDeps = {
    askedCalls: { askEnd: () => Promise.resolve({ answer: asked }) },
    dials: { findToEnd: () => Promise.resolve({ provider, connection_id: null, provider_call_id: 'p1' }), recordEnd },
    gatewayOf: async (at) => at.provider === 'vapi' ? { cancel } : null, log: () => undefined,
  }
  return { end: () => endCall(deps, 'c1', 'u1'), cancel, recordEnd }
}

describe('endCall', () => {
  it.each([['canceled', 'hung_up'], ['already_ended', 'over'], ['unsupported', 'not_yet']] as const)('keeps and tells what %s means', async (found, answer) => {
    const { end, recordEnd } = setting(found)
    expect(await end()).toBe(answer)
    expect(recordEnd).toHaveBeenCalledWith('c1', answer)
  })

  it.each(['asked', 'over', 'not_yet'] as const)('leaves the provider alone when the database says %s', async (asked) => {
    const { end, cancel } = setting('canceled', { asked })
    expect(await end()).toBe(asked)
    expect(cancel).not.toHaveBeenCalled()
  })

  it('keeps a failure before it tells it, so that it may be asked for again', async () => {
    const { end, recordEnd } = setting('failed')
    await expect(end()).rejects.toMatchObject({ code: 'provider_refused' })
    expect(recordEnd).toHaveBeenCalledWith('c1', 'failed')
  })

  it('fails where this installation has no such provider', async () => {
    const { end, recordEnd, cancel } = setting('canceled', { provider: 'other' })
    await expect(end()).rejects.toMatchObject({ code: 'provider_refused' })
    expect([recordEnd.mock.calls, cancel.mock.calls]).toEqual([[['c1', 'failed']], []])
  })
})
