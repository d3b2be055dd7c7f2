import { describe, expect, it } from 'vitest'
import type { Claim, DialOrder, DialResult } from '../../../../../business/models/dial.ts'
import { dispatchCalls, type DispatchDeps } from '../../../../../business/services/calls/dispatchCalls.ts'
import { order } from '../../gateways/calls/vapi/samples.ts'

const accepted: DialResult = { kind: 'accepted', provider_call_id: 'p' }
const ids = (n: number, from = 0) => Array.from({ length: n }, (_, i) => ({ call_id: `call-${from + i}`, dial_in_ms: 0 }))

interface Script {
  claims?: Claim[]
  begin?: (call_id: string) => DialOrder | null | Error
  place?: (order: DialOrder) => Promise<DialResult> | DialResult
  record?: (call_id: string, attempt: number) => void
}

/** An engine and a provider that do what the test says, on a clock that only sleeping moves. */
function stage({ claims = [], begin, place = () => accepted, record }: Script) {
  let now = 0
  const seen = {
    asked: [] as number[],
    begun: [] as string[],
    placedAt: [] as [string, number][],
    recorded: [] as [string, DialResult][],
    logged: [] as string[],
    atOnce: 0,
    most: 0,
  }
  const deps: DispatchDeps = {
    dials: {
      claim: async (limit) => {
        seen.asked.push(limit)
        return claims.shift() ?? { call_ids: [], more: false }
      },
      begin: async (call_id) => {
        seen.begun.push(call_id)
        const answer = begin ? begin(call_id) : order({ call_id })
        if (answer instanceof Error) throw answer
        return answer
      },
      record: async (call_id, result) => {
        seen.recorded.push([call_id, result])
        record?.(call_id, seen.recorded.filter(([id]) => id === call_id).length)
        return { state: 'dialing' }
      },
    },
    gatewayOf: async ({ provider }) => provider === 'vapi'
      ? {
          placeCall: async (dialOrder) => {
            seen.placedAt.push([dialOrder.call_id, now])
            seen.most = Math.max(seen.most, ++seen.atOnce)
            await Promise.resolve()
            const result = await place(dialOrder)
            seen.atOnce--
            return result
          },
        }
      : null,
    clock: () => now,
    sleep: async (ms) => { now += ms },
    log: (level, event) => { seen.logged.push(`${level} ${event}`) },
  }
  return { deps, seen, advance: (ms: number) => { now += ms } }
}

describe('dispatchCalls', () => {
  it('dials each claimed call once and notes the answer', async () => {
    const { deps, seen } = stage({ claims: [{ call_ids: ids(3), more: false }] })
    expect(await dispatchCalls(deps)).toEqual({ dialled: 3 })
    expect(seen.placedAt.map(([id]) => id)).toEqual(['call-0', 'call-1', 'call-2'])
    expect(seen.recorded).toEqual([['call-0', accepted], ['call-1', accepted], ['call-2', accepted]])
    expect(seen.asked).toEqual([25])
  })

  it('dials nobody when begin_dial says no', async () => {
    const { deps, seen } = stage({ claims: [{ call_ids: ids(2), more: false }], begin: (id) => (id === 'call-0' ? null : order({ call_id: id })) })
    expect(await dispatchCalls(deps)).toEqual({ dialled: 1 })
    expect(seen.placedAt.map(([id]) => id)).toEqual(['call-1'])
    expect(seen.recorded.map(([id]) => id)).toEqual(['call-1'])
    expect(seen.logged.filter((line) => !line.startsWith('info'))).toEqual([])
  })

  it('begins each call once, even when the answer to begin is lost, and goes on with the others', async () => {
    const { deps, seen } = stage({ claims: [{ call_ids: ids(2), more: false }], begin: (id) => (id === 'call-0' ? new Error('lost') : order({ call_id: id })) })
    await dispatchCalls(deps)
    expect(seen.begun).toEqual(['call-0', 'call-1'])
    expect(seen.placedAt.map(([id]) => id)).toEqual(['call-1'])
    expect(seen.logged).toContain('error dial.broken')
  })

  it('waits for the turn that the database gave each call', async () => {
    const calls = [0, 400, 800].map((dial_in_ms, i) => ({ call_id: `call-${i}`, dial_in_ms }))
    const { deps, seen } = stage({ claims: [{ call_ids: calls, more: false }] })
    const slept: number[] = []
    deps.sleep = async (ms) => { slept.push(ms) }
    await dispatchCalls(deps)
    expect(slept.filter((ms) => ms > 0)).toEqual([400, 800])
    expect(seen.recorded).toHaveLength(3)
  })

  it('has at most ten requests open at once', async () => {
    const place = () => new Promise<DialResult>((done) => setTimeout(done, 2, accepted))
    const { deps, seen } = stage({ claims: [{ call_ids: ids(25), more: false }], place })
    await dispatchCalls(deps)
    expect(seen.most).toBe(10)
    expect(seen.recorded).toHaveLength(25)
  })

  it('stops after fifty calls', async () => {
    const round = (from: number) => ({ call_ids: ids(25, from), more: true })
    const { deps, seen } = stage({ claims: [round(0), round(25), round(50)] })
    expect(await dispatchCalls(deps)).toEqual({ dialled: 50 })
    expect(seen.asked).toEqual([25, 25])
  })

  it('begins no round after twenty seconds', async () => {
    const place = () => {
      staged.advance(20_001)
      return accepted
    }
    const staged = stage({ claims: [{ call_ids: ids(1), more: true }, { call_ids: ids(1, 1), more: true }], place })
    await dispatchCalls(staged.deps)
    expect(staged.seen.asked).toHaveLength(1)
  })

  it('asks again only while more is due', async () => {
    const { deps, seen } = stage({ claims: [{ call_ids: ids(2), more: true }, { call_ids: [], more: true }] })
    await dispatchCalls(deps)
    expect(seen.asked).toEqual([25, 25])
  })

  it('tells the answer again when it could not be noted, three times in all, and never dials again', async () => {
    const twice = stage({ claims: [{ call_ids: ids(1), more: false }], record: (_id, attempt) => { if (attempt < 3) throw new Error('database away') } })
    expect(await dispatchCalls(twice.deps)).toEqual({ dialled: 1 })
    expect(twice.seen.recorded).toHaveLength(3)
    const always = stage({ claims: [{ call_ids: ids(1), more: false }], record: () => { throw new Error('database away') } })
    await dispatchCalls(always.deps)
    expect(always.seen.recorded).toHaveLength(3)
    expect(always.seen.placedAt).toHaveLength(1)
    expect(always.seen.logged).toContain('error dial.broken')
  })

  it('refuses for the line when there is no such provider here', async () => {
    const foreign = (call_id: string) => order({ call_id, from: { provider: 'elsewhere', connection_id: null, provider_ref: 'x' } })
    const { deps, seen } = stage({ claims: [{ call_ids: ids(1), more: false }], begin: foreign })
    await dispatchCalls(deps)
    expect(seen.placedAt).toEqual([])
    expect(seen.recorded[0]![1]).toMatchObject({ kind: 'refused', class: 'auth' })
  })

  it('does nothing when nothing is due', async () => {
    const { deps, seen } = stage({})
    expect(await dispatchCalls(deps)).toEqual({ dialled: 0 })
    expect(seen.begun).toEqual([])
  })
})
