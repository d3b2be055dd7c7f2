import { runOutbox } from '../../../business/services/outbox/runOutbox.ts'
import { createAnalyser } from '../_shared/analyser.ts'
import { requireCron } from '../_shared/auth.ts'
import { runInBackground } from '../_shared/background.ts'
import { createDeps } from '../_shared/deps.ts'
import { createEmailGateway } from '../_shared/emailGateway.ts'
import { readEnv } from '../_shared/env.ts'
import { createApp } from '../_shared/http.ts'
import { createPaymentGateway } from '../_shared/paymentGateway.ts'
import { createRecordingGateways } from '../_shared/recordingGateways.ts'

const env = readEnv()
const gateways = { gateway: createPaymentGateway(env), email: createEmailGateway(env), analyser: createAnalyser(env) }
const deps = { ...createDeps(env, 'run-outbox'), ...gateways, appUrl: env.appUrl, unsubscribeUrl: `${env.publicUrl}/functions/v1/unsubscribe` }
const app = createApp('run-outbox', env.logLevel)

app.post('/', requireCron(env.cronSecrets, deps.limits), (c) => {
  const log = c.get('log')
  runInBackground(log, () => runOutbox({ ...deps, recordingGatewayOf: createRecordingGateways(env, deps.connections), log }))
  return c.json({ success: true }, 202)
})

Deno.serve(app.fetch)
