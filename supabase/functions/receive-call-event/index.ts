import { createEventWorker } from '../../../business/services/calls/eventWorker.ts'
import { receiveCallEvent } from '../../../business/services/calls/receiveCallEvent.ts'
import { requireProvider } from '../_shared/auth.ts'
import { runInBackground } from '../_shared/background.ts'
import { createCallWebhooks } from '../_shared/callWebhooks.ts'
import { createDeps } from '../_shared/deps.ts'
import { readEnv } from '../_shared/env.ts'
import { createApp, webhookBodyBytes } from '../_shared/http.ts'

const env = readEnv()
const { dials, sleep, limits } = createDeps(env, 'receive-call-event')
const workOnEvents = createEventWorker({ dials, sleep })
const webhook = createCallWebhooks(env).vapi
const app = createApp('receive-call-event', env.logLevel, '', webhookBodyBytes)

/** Stores the fact, answers, and only then lets the database work on it. */
app.post('/vapi', requireProvider(webhook, limits), async (c) => {
  const { is_new, reply, afterwards } = await receiveCallEvent({ webhook, dials, workOnEvents }, new Uint8Array(await c.req.arrayBuffer()))
  runInBackground(c.get('log'), afterwards)
  return c.json(reply ?? { success: true, is_new })
})

Deno.serve(app.fetch)
