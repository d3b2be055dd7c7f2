import { receivePaymentEvent } from '../../../business/services/billing/receivePaymentEvent.ts'
import { requireProvider } from '../_shared/auth.ts'
import { runInBackground } from '../_shared/background.ts'
import { createDeps } from '../_shared/deps.ts'
import { readEnv } from '../_shared/env.ts'
import { createApp, webhookBodyBytes } from '../_shared/http.ts'
import { createPaymentWebhook } from '../_shared/paymentWebhook.ts'

const env = readEnv()
const { payments, limits } = createDeps(env, 'receive-payment-event')
const webhook = createPaymentWebhook(env)
const { isLive } = env.stripe
const app = createApp('receive-payment-event', env.logLevel, '', webhookBodyBytes)

/** Stores the fact, answers, and only then lets the database work on it. */
app.post('/', requireProvider(webhook, limits), async (c) => {
  const log = c.get('log')
  const { is_new, afterwards } = await receivePaymentEvent({ webhook, payments, isLive, log }, new Uint8Array(await c.req.arrayBuffer()))
  runInBackground(log, afterwards)
  return c.json({ success: true, is_new })
})

Deno.serve(app.fetch)
