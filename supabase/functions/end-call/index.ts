import { endCall } from '../../../business/services/calls/endCall.ts'
import { createCallGateways } from '../_shared/callGateways.ts'
import { createDeps } from '../_shared/deps.ts'
import { readEnv } from '../_shared/env.ts'
import { createApp } from '../_shared/http.ts'
import { requireUser } from '../_shared/userAuth.ts'

const env = readEnv()
const deps = { ...createDeps(env), gateways: createCallGateways(env) }
const app = createApp('end-call', env.logLevel, env.appUrl)

/** The wish is written down with the person's own token: whether they may end the call is the database's answer. */
app.post('/:call_id', requireUser(env), async (c) =>
  c.json({ success: true, answer: await endCall({ ...deps, askedCalls: c.get('askedCalls'), log: c.get('log') }, c.req.param('call_id'), c.get('userId')) }))

Deno.serve(app.fetch)
