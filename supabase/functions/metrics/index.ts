import { prometheusText } from '../../../business/services/health/prometheusText.ts'
import { requireCollector } from '../_shared/auth.ts'
import { createDeps } from '../_shared/deps.ts'
import { readEnv } from '../_shared/env.ts'
import { createApp } from '../_shared/http.ts'

const env = readEnv()
const { health, limits } = createDeps(env, 'metrics')
const app = createApp('metrics', env.logLevel)

app.get('/', requireCollector(env.metricsSecrets, limits), async (c) =>
  c.text(prometheusText(await health.figures()), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }))

Deno.serve(app.fetch)
