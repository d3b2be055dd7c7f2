import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { callRpc, type RpcClient } from '../../../../business/repositories/rpc.ts'

const answering = (data: unknown): RpcClient => ({ rpc: async () => ({ data, error: null, status: 200 }) })
const failing = (status: number, code: string, details: string | null = null): RpcClient => ({
  rpc: async () => ({ data: null, status, error: { code, message: 'words', details, hint: 'try this' } }),
})

describe('callRpc', () => {
  it('answers what the function answered', async () => {
    expect(await callRpc(answering({ a: 1 }), 'f', {})).toEqual({ a: 1 })
    expect(await callRpc(answering({ a: 1, b: 2 }), 'f', {}, z.object({ a: z.number() }))).toEqual({ a: 1 })
  })

  it('fails at the border when the answer has another shape', async () => {
    await expect(callRpc(answering({ a: 'x' }), 'f', {}, z.object({ a: z.number() }))).rejects.toMatchObject({ code: 'internal', message: expect.stringContaining('f answered') })
  })

  it('keeps the code, details and hint that the database raised', async () => {
    const client = failing(400, 'invalid_input', '[{"field":"phone","code":"format","message":"m"}]')
    await expect(callRpc(client, 'f', {})).rejects.toMatchObject({ code: 'invalid_input', message: 'words', hint: 'try this', details: [{ field: 'phone' }] })
  })

  it.each([['22P05', null], ['22P02', 'Unicode high surrogate must not follow a high surrogate.']])('words a character that no text can hold (%s)', async (code, details) => {
    await expect(callRpc(failing(400, code, details), 'f', {})).rejects.toMatchObject({ code: 'invalid_input', message: 'It holds a character that cannot be kept.' })
  })

  it.each([
    [401, 'PGRST301', 'unauthenticated'], [403, '42501', 'forbidden'], [404, 'PGRST202', 'not_found'], [406, 'PGRST116', 'not_found'], [409, '23505', 'conflict'],
    [413, '', 'too_large'], [429, '', 'rate_limited'], [400, '22P02', 'invalid_input'], [500, '57014', 'internal'], [503, 'PGRST000', 'unavailable'], [0, '', 'unavailable'],
  ])('reads status %i with code %j as %s', async (status, code, expected) => {
    await expect(callRpc(failing(status, code), 'f', {})).rejects.toMatchObject({ code: expected })
  })
})
