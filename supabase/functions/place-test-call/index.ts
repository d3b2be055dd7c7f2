import type { Context } from 'hono'
import { parseNumberCheckWish, parseTestCallWish } from '../../../business/models/testCall.ts'
import { placeCodeCall, placeTestCall } from '../../../business/services/calls/placeTestCall.ts'
import { createCallGateways } from '../_shared/callGateways.ts'
import { createDeps } from '../_shared/deps.ts'
import { readEnv } from '../_shared/env.ts'
import { createApp, readJson } from '../_shared/http.ts'
import { limitAddress } from '../_shared/limits.ts'
import { requireUser, type UserContext } from '../_shared/userAuth.ts'

const env = readEnv()
const deps = createDeps(env, 'place-test-call')
const app = createApp('place-test-call', env.logLevel, env.appUrl)
const placing = (c: Context<UserContext>) => ({ ...deps, gatewayOf: createCallGateways(env, deps.connections), askedCalls: c.get('askedCalls'), log: c.get('log') })

/** The call is asked for with the person's own token: whether they may have it is the database's answer. */
app.post('/', requireUser(env, deps.limits), async (c) => {
  const wish = parseTestCallWish(await readJson(c))
  return c.json({ success: true, ...await placeTestCall(placing(c), wish) }, 201)
})

/** A call that speaks a code, to verify the number. */
app.post('/code', requireUser(env, deps.limits), limitAddress(deps.limits, 'code_call_address'), async (c) => {
  const wish = parseNumberCheckWish(await readJson(c))
  return c.json({ success: true, ...await placeCodeCall(placing(c), wish) }, 201)
})

Deno.serve(app.fetch)
