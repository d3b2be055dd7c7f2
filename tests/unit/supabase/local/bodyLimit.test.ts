/** How much one request may bring, by what it says and by what it sends. */
import { expect, it } from 'vitest'
import { withinLimit } from '../../../../supabase/local/bodyLimit.ts'

const MOST = 10
let taken = 0
/** A body in pieces of four bytes, without a length; it goes on for as long as somebody reads. */
function pieces(count: number): Request {
  taken = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (taken === count) return controller.close()
      taken += 1
      controller.enqueue(new TextEncoder().encode('four'))
    },
  }, { highWaterMark: 0 })
  return new Request('http://here.example/functions/v1/x', { method: 'POST', body, headers: { 'x-kept': 'yes' }, duplex: 'half' } as RequestInit)
}
const said = (length: number) => new Request('http://here.example', { method: 'POST', body: 'x', headers: { 'content-length': String(length) } })
async function refused(request: Request): Promise<unknown> {
  const answer = await withinLimit(request, MOST)
  return answer instanceof Response && { status: answer.status, closes: answer.headers.get('connection'), body: await answer.json() as unknown }
}
const tooLarge = { status: 413, closes: 'close', body: { success: false, error: { code: 'too_large', message: 'The body is too large.', details: null },
  code: 'too_large', message: 'The body is too large.', details: null, hint: null } }

it('lets through what says that it fits, unread, and what has no body', async () => {
  const [fits, empty] = [said(MOST), new Request('http://here.example')]
  expect(await withinLimit(fits, MOST)).toBe(fits)
  expect(fits.bodyUsed).toBe(false)
  expect(await withinLimit(empty, MOST)).toBe(empty)
})

it('refuses what says that it is larger, before reading it', async () => {
  expect(await refused(said(MOST + 1))).toEqual(tooLarge)
})

it('hands over whole what comes in pieces and fits', async () => {
  const answer = await withinLimit(pieces(2), MOST)
  expect(answer).toBeInstanceOf(Request)
  expect([(answer as Request).method, (answer as Request).headers.get('x-kept'), await answer.text()]).toEqual(['POST', 'yes', 'fourfour'])
})

it('refuses what comes in pieces and never ends, as soon as it is too much', async () => {
  expect(await refused(pieces(Infinity))).toEqual(tooLarge)
  expect(taken).toBeLessThanOrEqual(4)
})
