import { reconcilePayments } from '../../../business/services/billing/reconcilePayments.ts'
import { requireCron } from '../_shared/auth.ts'
import { runInBackground } from '../_shared/background.ts'
import { createDeps } from '../_shared/deps.ts'
import { readEnv } from '../_shared/env.ts'
import { createApp } from '../_shared/http.ts'
import { paymentGatewayOf } from '../_shared/paymentGateway.ts'

const env = readEnv()
const { payments, limits } = createDeps(env, 'reconcile-payments')
const gateway = paymentGatewayOf(env)
const app = createApp('reconcile-payments', env.logLevel)

app.post('/', requireCron(env.cronSecrets, limits), (c) => {
  const log = c.get('log')
  runInBackground(log, () => reconcilePayments({ payments, gateway: gateway(), log }))
  return c.json({ success: true }, 202)
})

Deno.serve(app.fetch)
