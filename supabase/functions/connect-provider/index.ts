import { parseKeyWish, parseListingWish } from '../../../business/models/providerConnection.ts'
import { connectProvider } from '../../../business/services/connections/connectProvider.ts'
import { refreshNumbers } from '../../../business/services/connections/refreshNumbers.ts'
import { createDeps } from '../_shared/deps.ts'
import { readEnv } from '../_shared/env.ts'
import { createApp, readJson } from '../_shared/http.ts'
import { limitAddress } from '../_shared/limits.ts'
import { createNumberGateway } from '../_shared/numberGateway.ts'
import { requireUser } from '../_shared/userAuth.ts'

const env = readEnv()
const { connections, limits } = createDeps(env, 'connect-provider')
const gateway = createNumberGateway(env)
const app = createApp('connect-provider', env.logLevel, env.appUrl)

/** The key is asked about and taken on with the person's own token: whether they may is the database's answer. No answer repeats it. */
app.post('/', requireUser(env, limits), limitAddress(limits, 'provider_key_address'), async (c) => {
  const wish = parseKeyWish(await readJson(c))
  return c.json({ success: true, ...await connectProvider({ asked: c.get('askedConnections'), connections, gateway }, wish) })
})

/** The numbers of a connection as its provider lists them now. */
app.post('/numbers', requireUser(env, limits), limitAddress(limits, 'provider_key_address'), async (c) => {
  const wish = parseListingWish(await readJson(c))
  await refreshNumbers({ asked: c.get('askedConnections'), connections, gateway }, wish)
  return c.json({ success: true })
})

Deno.serve(app.fetch)
