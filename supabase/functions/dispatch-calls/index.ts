import { dispatchCalls } from '../../../business/services/calls/dispatchCalls.ts'
import { requireCron } from '../_shared/auth.ts'
import { runInBackground } from '../_shared/background.ts'
import { createCallGateways } from '../_shared/callGateways.ts'
import { createDeps } from '../_shared/deps.ts'
import { readEnv } from '../_shared/env.ts'
import { createApp } from '../_shared/http.ts'

const env = readEnv()
const deps = createDeps(env, 'dispatch-calls')
const app = createApp('dispatch-calls', env.logLevel)

/** Answers at once, because cron waits five seconds at most, and dials afterwards. */
app.post('/', requireCron(env.cronSecrets, deps.limits), (c) => {
  const log = c.get('log')
  runInBackground(log, () => dispatchCalls({ ...deps, gatewayOf: createCallGateways(env, deps.connections), log }))
  return c.json({ success: true }, 202)
})

Deno.serve(app.fetch)
