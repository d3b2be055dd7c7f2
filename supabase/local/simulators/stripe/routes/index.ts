/** The provider's HTTP interface, as far as a shop for prepaid minutes needs it. */
import { Hono } from 'hono'
import type { Provider } from '../provider.ts'
import { guard } from '../wire/answer.ts'
import { customers } from './customers.ts'
import { events } from './events.ts'
import { intents } from './intents.ts'
import { paymentMethods } from './methods.ts'
import { refunds } from './refunds.ts'
import { sessions } from './sessions.ts'

export function routes(provider: Provider): Hono {
  const app = new Hono()
  const v1 = new Hono()
  v1.use(guard(provider))
  for (const part of [customers, paymentMethods, sessions, intents, refunds, events]) part(v1, provider)
  app.route('/v1', v1)
  app.notFound((context) => Response.json({ error: { type: 'invalid_request_error', message: `Unrecognized request URL (${context.req.method}: ${context.req.path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.` } }, { status: 404 }))
  app.onError(() => Response.json({ error: { type: 'api_error', message: 'An unknown error occurred' } }, { status: 500 }))
  return app
}
