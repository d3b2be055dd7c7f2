import { expect, it } from 'vitest'
import { createEdgeClient } from '../../../../business/repositories/edge.ts'

const answering = (answer: () => Response) => createEdgeClient('https://api/functions/v1', async () => answer())

it('sends JSON to the function and answers what it answered', async () => {
  const sent: [string, RequestInit | undefined][] = []
  const edge = createEdgeClient('https://api/functions/v1', async (url, init) => {
    sent.push([String(url), init])
    return Response.json({ url: 'https://pay' })
  })
  await expect(edge.send('POST', 'create-checkout', { pack_id: 'p' })).resolves.toEqual({ url: 'https://pay' })
  expect(sent).toEqual([['https://api/functions/v1/create-checkout', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"pack_id":"p"}' }]])
})

it('hands on what a function refused, with its code and its words', async () => {
  const refusal = { success: false, error: { code: 'conflict', message: 'This order is paid.', details: { status: 'paid' } } }
  const edge = answering(() => Response.json(refusal, { status: 409 }))
  await expect(edge.send('POST', 'x')).rejects.toMatchObject({ code: 'conflict', message: 'This order is paid.', details: { status: 'paid' } })
})

it.each([
  ['a page of some proxy', () => new Response('<html>', { status: 502 }), 'unavailable'],
  ['an ended session', () => new Response('', { status: 401 }), 'unauthenticated'],
  ['no answer at all', () => { throw new TypeError('fetch failed') }, 'unavailable'],
])('makes of %s a failure with a code', async (_what, answer, code) => {
  await expect(answering(answer).send('DELETE', 'x')).rejects.toMatchObject({ code })
})
