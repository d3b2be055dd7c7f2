/** What tests and the control page may ask of the simulator itself; no part of the provider's interface. */
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { refusedAsForeign } from '../../shared/guard.ts'
import { createDesk, type Desk } from '../desk.ts'
import { FAULTS } from '../faults/index.ts'
import type { Provider } from '../provider.ts'
import { Refusal } from '../wire/refusal.ts'
import { stateOf } from './state.ts'

const order = z.strictObject({ name: z.enum(FAULTS.map((fault) => fault.name)), times: z.number().int().min(0).max(1_000_000).default(1) })
const pace = z.strictObject({ speed: z.number().positive().max(10_000) })
const nothing = z.strictObject({})
const ending = z.strictObject({ ends: z.enum(['succeeded', 'failed']) })
const part = z.strictObject({ amount: z.number().int().positive().optional() })
const kind = z.strictObject({ is_inquiry: z.boolean().default(false) })
const verdict = z.strictObject({ end: z.enum(['won', 'lost', 'escalated']) })

const refused = (status: number, message: string): Response => Response.json({ message }, { status })

/** Each change is answered with the state that it led to. */
export function controlApi(provider: Provider): Hono {
  const app = new Hono()
  const state = () => Response.json(stateOf(provider), { headers: { 'cache-control': 'no-store' } })
  app.use((context, next) => {
    const foreign = refusedAsForeign(context.req.raw)
    return foreign ? Promise.resolve(refused(foreign.status, foreign.why)) : next()
  })
  app.get('/state', state)
  app.delete('/faults', () => {
    provider.faults.clear()
    return state()
  })
  const on = <Schema extends z.ZodType>(path: string, schema: Schema, work: (given: z.infer<Schema>, id: string) => void) => {
    app.post(path, (context) => carriedOut(context, schema, (given) => {
      work(given, context.req.param('id') ?? '')
      return state()
    }))
  }
  on('/faults', order, ({ name, times }) => provider.faults.set(name, times))
  on('/speed', pace, ({ speed }) => provider.pacer.setSpeed(speed))
  atDesk(on, createDesk(provider))
  return app
}

type On = <Schema extends z.ZodType>(path: string, schema: Schema, work: (given: z.infer<Schema>, id: string) => void) => void

function atDesk(on: On, desk: Desk): void {
  on('/sessions/:id/expire', nothing, (_, id) => desk.expire(id))
  on('/payments/:id/settle', ending, ({ ends }, id) => desk.settle(id, ends))
  on('/payments/:id/refund', part, ({ amount }, id) => void desk.refund(id, amount))
  on('/payments/:id/dispute', kind, ({ is_inquiry: isInquiry }, id) => void desk.dispute(id, { isInquiry }))
  on('/disputes/:id/close', verdict, ({ end }, id) => void desk.closeDispute(id, end))
  on('/events/:id/resend', nothing, (_, id) => desk.resend(id))
}

async function carriedOut<Schema extends z.ZodType>(context: Context, schema: Schema, work: (given: z.infer<Schema>) => Response): Promise<Response> {
  const parsed = schema.safeParse(await context.req.json().catch(() => undefined))
  if (!parsed.success) return refused(400, z.prettifyError(parsed.error))
  try {
    return work(parsed.data)
  } catch (error) {
    if (error instanceof Refusal) return refused(error.refusing.status, error.message)
    throw error
  }
}
