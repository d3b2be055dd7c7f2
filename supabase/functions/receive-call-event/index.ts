import type { Context } from 'hono'
import { createEventWorker } from '../../../business/services/calls/eventWorker.ts'
import { receiveCallEvent } from '../../../business/services/calls/receiveCallEvent.ts'
import { requireProvider } from '../_shared/auth.ts'
import { runInBackground } from '../_shared/background.ts'
import { createCallWebhook } from '../_shared/callWebhooks.ts'
import { createDeps } from '../_shared/deps.ts'
import { readEnv } from '../_shared/env.ts'
import { createApp, webhookBodyBytes } from '../_shared/http.ts'

const env = readEnv()
const { dials, sleep, limits } = createDeps(env, 'receive-call-event')
const workOnEvents = createEventWorker({ dials, sleep })
const app = createApp('receive-call-event', env.logLevel, '', webhookBodyBytes)

/** Stores the fact, answers, and only then lets the database work on it. An account's own connection has an address, and secrets, of its own. */
app.post('/vapi/:connection_id?', requireProvider(webhookOf, limits), async (c) => {
  const deps = { webhook: await webhookOf(c), dials, workOnEvents, connection_id: connectionOf(c) }
  const { is_new, reply, afterwards } = await receiveCallEvent(deps, new Uint8Array(await c.req.arrayBuffer()))
  runInBackground(c.get('log'), afterwards)
  return c.json(reply ?? { success: true, is_new })
})

function webhookOf(c: Context) {
  return createCallWebhook(env, connectionOf(c))
}

/** As it is written in the address, upon which its secret depends. */
function connectionOf(c: Context): string | null {
  return c.req.param('connection_id') ?? null
}

Deno.serve(app.fetch)
