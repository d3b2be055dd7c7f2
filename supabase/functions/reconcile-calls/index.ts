import { reconcileCalls } from '../../../business/services/calls/reconcileCalls.ts'
import { requireCron } from '../_shared/auth.ts'
import { runInBackground } from '../_shared/background.ts'
import { createCallGateways } from '../_shared/callGateways.ts'
import { createDeps } from '../_shared/deps.ts'
import { readEnv } from '../_shared/env.ts'
import { createApp } from '../_shared/http.ts'

const env = readEnv()
const deps = createDeps(env, 'reconcile-calls')
const app = createApp('reconcile-calls', env.logLevel)

app.post('/', requireCron(env.cronSecrets, deps.limits), (c) => {
  const log = c.get('log')
  runInBackground(log, () => reconcileCalls({ ...deps, gatewayOf: createCallGateways(env, deps.connections), log }))
  return c.json({ success: true }, 202)
})

Deno.serve(app.fetch)
