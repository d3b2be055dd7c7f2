import { checkHealth, rememberFor } from '../../../business/services/health/checkHealth.ts'
import { createDeps } from '../_shared/deps.ts'
import { readEnv } from '../_shared/env.ts'
import { createApp } from '../_shared/http.ts'

const env = readEnv()
const { health, clock } = createDeps(env, 'health')
const app = createApp('health', env.logLevel)
/** Anybody may ask, so the database is asked once in five seconds, whoever does. */
const report = rememberFor(5_000, clock, () => checkHealth({ health }))

/** For whoever watches: no guard, and nothing in the answer but whether each part keeps up. */
app.get('/', async (c) => {
  const { isWell, parts } = await report()
  return c.json({ success: isWell, ...parts }, isWell ? 200 : 503)
})

Deno.serve(app.fetch)
