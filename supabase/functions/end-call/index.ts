import { parseCallEndWish } from '../../../business/models/callEnd.ts'
import { endCall } from '../../../business/services/calls/endCall.ts'
import { createCallGateways } from '../_shared/callGateways.ts'
import { createDeps } from '../_shared/deps.ts'
import { readEnv } from '../_shared/env.ts'
import { createApp, readJson } from '../_shared/http.ts'
import { requireUser } from '../_shared/userAuth.ts'

const env = readEnv()
const deps = createDeps(env, 'end-call')
const app = createApp('end-call', env.logLevel, env.appUrl)

/** The wish is written down with the person's own token: whether they may end the call is the database's answer. */
app.post('/', requireUser(env, deps.limits), async (c) => {
  const { call_id } = parseCallEndWish(await readJson(c))
  const asking = { gatewayOf: createCallGateways(env, deps.connections), askedCalls: c.get('askedCalls'), log: c.get('log') }
  return c.json({ success: true, answer: await endCall({ ...deps, ...asking }, call_id, c.get('userId')) })
})

Deno.serve(app.fetch)
