import { describe, expect, it } from 'vitest'
import type { CallSearch } from '../../../../../business/gateways/calls/callGateway.ts'
import { emptyEvent } from '../../../../../business/gateways/calls/vapi/shapes.ts'
import type { CallCheck, CallToCheck } from '../../../../../business/models/callEvent.ts'
import { reconcileCalls, type ReconcileDeps } from '../../../../../business/services/calls/reconcileCalls.ts'

const found: CallCheck = { kind: 'found', event: { ...emptyEvent, dedupe_key: 'k' } }

function toCheck(n: number, changes: Partial<CallToCheck> = {}): CallToCheck {
  return { call_id: `call-${n}`, attempt_id: `attempt-${n}`, provider_call_id: `p-${n}`, provider: 'vapi', connection_id: null, provider_ref: 'line-1', since: '2025-10-09T08:00:00Z', must_list: false, absence_counts: true, ...changes }
}
const lost = (n: number, changes: Partial<CallToCheck> = {}) => toCheck(n, { provider_call_id: null, must_list: true, ...changes })

function stage(calls: CallToCheck[], { fails = '' } = {}) {
  const seen = { asked: [] as string[], searches: [] as CallSearch[], noted: {} as Record<string, CallCheck>, processed: 0, logged: [] as string[] }
  const deps: ReconcileDeps = {
    dials: {
      listToCheck: async () => calls,
      recordCheck: async (call_id, check) => {
        if (call_id === fails) throw new Error('database away')
        seen.noted[call_id] = check
        return { state: 'unknown' }
      },
      processEvents: async () => ({ processed: ++seen.processed, pending: 0, unsent_ms: null }),
    },
    gatewayOf: async ({ provider }) => provider === 'vapi'
      ? {
          capabilities: { findByAttempt: 'scan', webhooks: true, reportsCost: true, recordingAccess: 'proxy' },
          getCall: async (id) => { seen.asked.push(id); return found },
          findCalls: async (search) => {
            seen.searches.push(search)
            return new Map(search.attempt_ids.map((id) => [id, id === 'attempt-2' ? found : { kind: 'absent' }]))
          },
        }
      : null,
    log: (level, event) => { seen.logged.push(`${level} ${event}`) },
  }
  return { deps, seen }
}

describe('reconcileCalls', () => {
  it('asks by id where the provider gave one', async () => {
    const { deps, seen } = stage([toCheck(1), toCheck(2)])
    expect(await reconcileCalls(deps)).toEqual({ checked: 2 })
    expect(seen.asked).toEqual(['p-1', 'p-2'])
    expect(seen.noted).toEqual({ 'call-1': found, 'call-2': found })
    expect(seen.processed).toBe(1)
  })

  it('looks for lost calls in one listing per line and window', async () => {
    const { deps, seen } = stage([
      lost(3, { since: '2025-10-09T08:20:00Z', absence_counts: false }), lost(1), lost(2, { since: '2025-10-09T08:05:00Z' }), lost(4, { provider_ref: 'line-2' }),
    ])
    await reconcileCalls(deps)
    expect(seen.asked).toEqual([])
    expect(seen.searches).toEqual([
      { provider_ref: 'line-1', attempt_ids: ['attempt-1', 'attempt-2'], since: Date.parse('2025-10-09T08:00:00Z'), until: Date.parse('2025-10-09T08:05:00Z') },
      { provider_ref: 'line-1', attempt_ids: ['attempt-3'], since: Date.parse('2025-10-09T08:20:00Z'), until: Date.parse('2025-10-09T08:20:00Z') },
      { provider_ref: 'line-2', attempt_ids: ['attempt-4'], since: Date.parse('2025-10-09T08:00:00Z'), until: Date.parse('2025-10-09T08:00:00Z') },
    ])
    expect(seen.noted).toEqual({ 'call-1': { kind: 'absent', absence_counts: true }, 'call-2': found, 'call-3': { kind: 'absent', absence_counts: false }, 'call-4': { kind: 'absent', absence_counts: true } })
  })

  it('says unsure for a provider that is not here or cannot list, never absent', async () => {
    const { deps, seen } = stage([toCheck(1, { provider: 'elsewhere' }), lost(2, { provider: 'elsewhere' })])
    await reconcileCalls(deps)
    expect(Object.values(seen.noted).map(({ kind }) => kind)).toEqual(['unsure', 'unsure'])
    const blind = stage([lost(1)])
    await reconcileCalls({ ...blind.deps, gatewayOf: async (at) => {
      const gateway = await blind.deps.gatewayOf(at)
      return gateway && { ...gateway, capabilities: { ...gateway.capabilities, findByAttempt: 'none' } }
    } })
    expect(blind.seen.noted['call-1']).toMatchObject({ kind: 'unsure' })
    expect(blind.seen.searches).toEqual([])
  })

  it('goes on when one answer cannot be noted', async () => {
    const { deps, seen } = stage([toCheck(1), toCheck(2), lost(3)], { fails: 'call-1' })
    await reconcileCalls(deps)
    expect(Object.keys(seen.noted)).toEqual(['call-2', 'call-3'])
    expect(seen.logged).toContain('error check.broken')
  })

  it('does nothing when every call is heard of', async () => {
    const { deps, seen } = stage([])
    expect(await reconcileCalls(deps)).toEqual({ checked: 0 })
    expect(seen.processed).toBe(0)
  })
})
