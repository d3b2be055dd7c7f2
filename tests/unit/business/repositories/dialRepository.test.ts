import { PostgrestClient } from '@supabase/postgrest-js'
import { describe, expect, it } from 'vitest'
import { createDialRepository } from '../../../../business/repositories/dialRepository.ts'
import { emptyEvent } from '../../../../business/gateways/calls/vapi/shapes.ts'
import { always, startServer } from '../gateways/calls/vapi/localServer.ts'
import { order } from '../gateways/calls/vapi/samples.ts'

async function repositoryAgainst(...answer: Parameters<typeof always>) {
  const { url, requests } = await startServer(always(...answer))
  return { dials: createDialRepository(new PostgrestClient(url, { retry: false })), requests }
}

describe('the dial repository', () => {
  it('begins a dial with one request, also when the answer is an error', async () => {
    const { dials, requests } = await repositoryAgainst(503, { code: 'PGRST000', message: 'away', details: null, hint: null })
    await expect(dials.begin('c')).rejects.toMatchObject({ code: 'unavailable' })
    expect(requests).toMatchObject([{ method: 'POST', url: '/rpc/begin_dial', body: '{"call_id":"c"}' }])
  })

  it('knows "do not dial" from an order', async () => {
    expect(await (await repositoryAgainst(200, 'null')).dials.begin('c')).toBeNull()
    expect(await (await repositoryAgainst(200, order())).dials.begin('c')).toEqual(order())
  })

  it.each([[[1], { raw: [1] }], ['x', { raw: 'x' }], [null, { raw: null }], [{ a: 1 }, { a: 1 }]])('sends the body %j as %j', async (body, sent) => {
    const { dials, requests } = await repositoryAgainst(200, { is_new: true })
    await dials.recordEvent(emptyEvent, body)
    expect(JSON.parse(requests[0]!.body)).toEqual({ event: { ...emptyEvent, connection_id: null }, body: sent })
  })

  it('says by whose address an event came', async () => {
    const { dials, requests } = await repositoryAgainst(200, { is_new: true })
    await dials.recordEvent(emptyEvent, {}, 'c1')
    expect(JSON.parse(requests[0]!.body)).toMatchObject({ event: { connection_id: 'c1' } })
  })

  it('sends nothing that Postgres would refuse for ever', async () => {
    const { dials, requests } = await repositoryAgainst(200, { is_new: true })
    await dials.recordEvent({ ...emptyEvent, transcript: 'a\u0000b\ud800' }, { message: '\u0000' })
    expect(requests[0]!.body).not.toMatch(/\\u0000|\\ud800/)
  })
})
