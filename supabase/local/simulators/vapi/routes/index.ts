/** The provider's HTTP interface, as far as a dialler needs it. */
import { Hono, type Context } from 'hono'
import type { Exchange } from '../exchange.ts'
import { refusal } from '../refusal.ts'
import { deleteCall, updateCall } from './changeCall.ts'
import { control } from './control.ts'
import { placeCall } from './placeCall.ts'
import { listCalls, showCall } from './readCalls.ts'
import { RECORDINGS, redirectToRecording, storedRecording } from './recordings.ts'

/** Tells the server to destroy the connection instead of answering. */
export const DROP = 'x-simulator-drop'

const INVALID_KEY = 'Invalid Key. Hot tip, you may be using the public key instead of the private key, or vice versa.'

export function routes(exchange: Exchange): Hono {
  const app = new Hono()
  app.route('/__simulator', control(exchange))
  app.get('/__storage/:file', (context) => storedRecording(exchange, context.req.param('file')))
  app.use(async (context, next) => {
    const [fault] = exchange.faults.draw('guard')
    if (fault?.guard) return fault.guard()
    return context.req.header('authorization') === `Bearer ${exchange.apiKey}` ? next() : refusal(401, INVALID_KEY)
  })
  app.post('/call', async (context) => {
    const body = await bodyOf(context)
    if (body === undefined) return refusal(400, 'Unexpected token in JSON')
    return await placeCall(exchange, body) ?? new Response(null, { status: 500, headers: { [DROP]: 'yes' } })
  })
  app.get('/call', (context) => listCalls(exchange, context.req.query()))
  app.get('/call/:id', (context) => showCall(exchange, context.req.param('id')))
  app.patch('/call/:id', async (context) => updateCall(exchange, context.req.param('id'), await bodyOf(context)))
  app.delete('/call/:id', async (context) => deleteCall(exchange, context.req.param('id'), await bodyOf(context)))
  for (const kind of RECORDINGS) app.get(`/call/:id/${kind}`, (context) => redirectToRecording(exchange, context.req.param('id') ?? '', kind))
  app.notFound((context) => refusal(404, `Cannot ${context.req.method} ${context.req.path}`))
  return app
}

/** Undefined when it is no JSON. */
async function bodyOf(context: Context): Promise<unknown> {
  return context.req.json<unknown>().catch(() => undefined)
}
