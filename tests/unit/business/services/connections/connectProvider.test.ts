import { describe, expect, it, vi } from 'vitest'
import type { NumberGateway } from '../../../../../business/gateways/calls/callGateway.ts'
import { AppError } from '../../../../../business/models/appError.ts'
import { connectProvider } from '../../../../../business/services/connections/connectProvider.ts'
import { refreshNumbers } from '../../../../../business/services/connections/refreshNumbers.ts'

type Listed = Awaited<ReturnType<NumberGateway['listNumbers']>>
const listing = { customer_ref: 'org', numbers: [{ provider_ref: 'n1', e164: '+12025550101', label: '' }] }
const wish = { account_id: 'a1', api_key: 'the-private-key' }

function setting(answer: Listed, { refused = false, key = { api_key: 'kept-key', key_id: 'k1' } as { api_key: string, key_id: string } | null } = {}) {
  const seen = { asked: [] as string[], kept: [] as unknown[][], listed: [] as unknown[][] }
  const checkRight = vi.fn(() => refused ? Promise.reject(new AppError('forbidden', 'no')) : Promise.resolve({}))
  return {
    seen, checkRight,
    asked: { checkRight, connect: (connection_id: string) => Promise.resolve({ connection_id, is_replacement: false }) },
    connections: {
      keepKey: (...args: unknown[]) => { seen.kept.push(args); return Promise.resolve({ connection_id: 'c1' }) },
      findKey: () => Promise.resolve(key),
      recordListing: (...args: unknown[]) => { seen.listed.push(args); return Promise.resolve({}) },
    },
    gateway: { id: 'vapi', listNumbers: (given: string) => { seen.asked.push(given); return Promise.resolve(answer) } },
  }
}
const codes = async (work: Promise<unknown>) => {
  const { code, details } = await work.then(() => { throw new Error('went ahead') }, (error: AppError) => error)
  return [code, ...((details ?? []) as { field: string, code: string }[]).map((detail) => `${detail.field} ${detail.code}`)]
}

describe('connectProvider', () => {
  it('keeps a key that lists numbers, and has the person take it on', async () => {
    const deps = setting({ kind: 'listed', listing })
    expect(await connectProvider(deps, wish)).toEqual({ connection_id: 'c1', is_replacement: false })
    expect(deps.seen.kept).toEqual([['a1', 'vapi', 'the-private-key', listing]])
  })

  it.each<[string, Listed, string[]]>([
    ['the provider does not know', { kind: 'refused' }, ['invalid_input', 'api_key refused']],
    ['nobody could ask about', { kind: 'unsure', cause: 'HTTP 502' }, ['unavailable']],
    ['has no number', { kind: 'listed', listing: { customer_ref: 'org', numbers: [] } }, ['invalid_input', 'api_key no_numbers']],
    ['is nobody\'s', { kind: 'listed', listing: { ...listing, customer_ref: '' } }, ['invalid_input', 'api_key no_numbers']],
  ])('keeps nothing of a key that %s, and repeats it nowhere', async (_what, answer, expected) => {
    const deps = setting(answer)
    expect(await codes(connectProvider(deps, wish))).toEqual(expected)
    expect(deps.seen.kept).toEqual([])
    const error = await connectProvider(deps, wish).catch((thrown: AppError) => thrown)
    expect(JSON.stringify([error, String(error)])).not.toContain(wish.api_key)
  })

  it('shows no key to the provider for somebody who may not connect', async () => {
    const deps = setting({ kind: 'listed', listing }, { refused: true })
    expect(await codes(connectProvider(deps, wish))).toEqual(['forbidden'])
    expect(deps.seen.asked).toEqual([])
  })
})

describe('refreshNumbers', () => {
  const again = { account_id: 'a1', connection_id: 'c1' }

  it('tells what the key lists now, and which key that was', async () => {
    const deps = setting({ kind: 'listed', listing })
    await refreshNumbers(deps, again)
    expect([deps.seen.asked, deps.seen.listed]).toEqual([['kept-key'], [['c1', 'k1', listing]]])
    expect(deps.checkRight).toHaveBeenCalledWith('a1', 'c1')
  })

  it('changes nothing when the key is refused, unanswered or gone', async () => {
    for (const [answer, key, expected] of [[{ kind: 'refused' }, undefined, 'invalid_input'], [{ kind: 'unsure', cause: 'x' }, undefined, 'unavailable'], [{ kind: 'listed', listing }, null, 'not_found']] as const) {
      const deps = setting(answer, { key })
      expect((await codes(refreshNumbers(deps, again)))[0]).toBe(expected)
      expect(deps.seen.listed).toEqual([])
    }
  })
})
