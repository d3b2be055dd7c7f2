/** The provider's HTTP interface, as far as a dialler needs it. */
import { Hono } from 'hono'
import { dropped } from '../../shared/httpServer.ts'
import { controlApi } from '../control/api.ts'
import type { Customers } from '../customers.ts'
import type { Exchange } from '../exchange.ts'
import { refusal } from '../refusal.ts'
import { credential, savedAssistant } from '../saved/things.ts'
import { deleteCall, updateCall } from './changeCall.ts'
import { files } from './files.ts'
import { controlCall } from './monitor.ts'
import { phoneNumbers } from './phoneNumbers.ts'
import { placeCall } from './placeCall.ts'
import { listCalls, showCall } from './readCalls.ts'
import { RECORDINGS, redirectToRecording, storedRecording } from './recordings.ts'
import { bodyOf, savedThings } from './savedThings.ts'

const INVALID_KEY = 'Invalid Key. Hot tip, you may be using the public key instead of the private key, or vice versa.'

export function routes(exchange: Exchange, customers: Customers): Hono {
  const app = new Hono()
  app.route('/__simulator', controlApi(exchange, customers))
  app.get('/__storage/:file', (context) => storedRecording(exchange, context.req.param('file')))
  app.post('/__monitor/:id/control', async (context) => controlCall(exchange, context.req.param('id'), await bodyOf(context)))
  app.use(async (context, next) => {
    const [fault] = exchange.faults.draw('guard')
    return fault?.guard ? fault.guard() : next()
  })
  app.all('*', (context) => {
    const customer = customers.find((context.req.header('authorization') ?? '').replace('Bearer ', ''))
    return customer ? desk(customer).fetch(context.req.raw) : refusal(401, INVALID_KEY)
  })
  return app
}

/** What a customer may ask for with a key. */
function desk(exchange: Exchange): Hono {
  const { shelves } = exchange
  const app = new Hono()
  app.route('/call', calls(exchange))
  app.route('/assistant', savedThings({ noun: 'assistant', shelf: shelves.assistants, creation: savedAssistant, changes: savedAssistant }))
  app.route('/phone-number', savedThings(phoneNumbers(exchange)))
  app.route('/credential', savedThings({ noun: 'credential', shelf: shelves.credentials, creation: credential, changes: credential.partial() }))
  app.route('/file', files(exchange))
  app.notFound((context) => refusal(404, `Cannot ${context.req.method} ${context.req.path}`))
  return app
}

function calls(exchange: Exchange): Hono {
  const app = new Hono()
  app.post('/', async (context) => {
    const body = await bodyOf(context)
    if (body === undefined) return refusal(400, 'Unexpected token in JSON')
    return await placeCall(exchange, body) ?? dropped()
  })
  app.get('/', (context) => listCalls(exchange, context.req.query()))
  app.get('/:id', (context) => showCall(exchange, context.req.param('id')))
  app.patch('/:id', async (context) => updateCall(exchange, context.req.param('id'), await bodyOf(context)))
  app.delete('/:id', async (context) => deleteCall(exchange, context.req.param('id'), await bodyOf(context)))
  for (const kind of RECORDINGS) app.get(`/:id/${kind}`, (context) => redirectToRecording(exchange, context.req.param('id') ?? '', kind))
  return app
}
