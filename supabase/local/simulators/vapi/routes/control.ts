/** What tests and a control page may ask of the simulator itself; no part of the provider's interface. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Exchange } from '../exchange.ts'
import { FAULTS } from '../faults/index.ts'
import { refusal, sentencesOf } from '../refusal.ts'
import { publicView } from '../views.ts'

const order = z.strictObject({ name: z.enum(FAULTS.map((fault) => fault.name)), times: z.number().int().min(0).max(1_000_000).default(1) })
const pace = z.strictObject({ speed: z.number().positive().max(10_000) })

export function control(exchange: Exchange): Hono {
  const app = new Hono()
  const state = () => ({
    speed: exchange.pacer.speed(), concurrency_limit: exchange.concurrencyLimit, alive: exchange.aliveCount(), violations: exchange.violations, faults: exchange.faults.pending(),
    available_faults: Object.fromEntries(FAULTS.map(({ name, description }) => [name, description])), calls: [...exchange.calls.values()].map(publicView),
  })
  // A page of another site can send no JSON without asking first, and is not answered when it asks.
  app.use(async (context, next) => {
    const isJson = context.req.header('content-type')?.startsWith('application/json') ?? false
    return context.req.method === 'POST' && !isJson ? refusal(415, 'Send JSON.') : next()
  })
  app.get('/state', (context) => context.json(state()))
  app.post('/faults', async (context) => {
    const parsed = order.safeParse(await context.req.json().catch(() => null))
    if (!parsed.success) return refusal(400, sentencesOf(parsed.error))
    exchange.faults.set(parsed.data.name, parsed.data.times)
    return context.json({ faults: exchange.faults.pending() })
  })
  app.delete('/faults', (context) => {
    exchange.faults.clear()
    return context.json({ faults: {} })
  })
  app.post('/speed', async (context) => {
    const parsed = pace.safeParse(await context.req.json().catch(() => null))
    if (!parsed.success) return refusal(400, sentencesOf(parsed.error))
    exchange.pacer.setSpeed(parsed.data.speed)
    return context.json({ speed: parsed.data.speed })
  })
  return app
}
