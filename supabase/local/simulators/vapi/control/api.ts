/** What tests and the control page may ask of the simulator itself; no part of the provider's interface. */
import { Hono } from 'hono'
import { z } from 'zod'
import { sampleOf } from '../audio/recording.ts'
import type { Customers } from '../customers.ts'
import type { Exchange } from '../exchange.ts'
import { FAULTS } from '../faults/index.ts'
import { refusal, sentencesOf } from '../refusal.ts'
import { bodyOf } from '../routes/savedThings.ts'
import { refusedAsForeign } from '../../shared/guard.ts'
import { stateOf } from './state.ts'

const order = z.strictObject({ name: z.enum(FAULTS.map((fault) => fault.name)), times: z.number().int().min(0).max(1_000_000).default(1) })
/** One more key of whoever has the other one. */
const newKey = z.strictObject({ key: z.string().min(8), besides: z.string() })
const pace = z.strictObject({ speed: z.number().positive().max(10_000) })

/** Each change is answered with the state that it led to. */
export function controlApi(exchange: Exchange, customers: Customers): Hono {
  const app = new Hono()
  const state = () => Response.json(stateOf(exchange), { headers: { 'cache-control': 'no-store' } })
  app.use((context, next) => {
    const refused = refusedAsForeign(context.req.raw)
    return refused ? Promise.resolve(refusal(refused.status, refused.why)) : next()
  })
  app.get('/state', state)
  // The provider offers no samples of its voices; the editor of the embedded stack plays these.
  app.get('/voices/:file{.+\\.wav}', (context) => new Response(sampleOf(context.req.param('file').replace(/\.wav$/, '')), {
    headers: { 'content-type': 'audio/wav', 'cache-control': 'private, max-age=3600' },
  }))
  app.post('/faults', async (context) => {
    const parsed = order.safeParse(await bodyOf(context))
    if (!parsed.success) return refusal(400, sentencesOf(parsed.error))
    exchange.faults.set(parsed.data.name, parsed.data.times)
    return state()
  })
  app.delete('/faults', () => {
    exchange.faults.clear()
    return state()
  })
  app.post('/speed', async (context) => {
    const parsed = pace.safeParse(await bodyOf(context))
    if (!parsed.success) return refusal(400, sentencesOf(parsed.error))
    exchange.pacer.setSpeed(parsed.data.speed)
    return state()
  })
  app.post('/keys', async (context) => {
    const parsed = newKey.safeParse(await bodyOf(context))
    if (!parsed.success) return refusal(400, sentencesOf(parsed.error))
    return customers.addKey(parsed.data.key, parsed.data.besides) ? state() : refusal(404, 'Nobody has that key.')
  })
  app.delete('/keys/:key', (context) => customers.revoke(context.req.param('key')) ? state() : refusal(404, 'Nobody has that key.'))
  app.post('/calls/:id/hang-up', (context) => {
    const call = exchange.callsOfAll.get(context.req.param('id'))
    if (!call) return refusal(404, 'There is no such call.')
    if (call.status !== 'in-progress') return refusal(409, 'Nobody is on the line.')
    call.line.abort('customer-ended-call')
    return state()
  })
  return app
}
