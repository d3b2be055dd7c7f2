import { requireLinkToken } from '../_shared/auth.ts'
import { createDeps } from '../_shared/deps.ts'
import { readEnv } from '../_shared/env.ts'
import { createApp } from '../_shared/http.ts'
import { limitAddress } from '../_shared/limits.ts'

const env = readEnv()
const { outbox, limits } = createDeps(env, 'unsubscribe')
const app = createApp('unsubscribe', env.logLevel, env.appUrl)

/** From a mail program's own button or from the app's page, in nobody's name. A GET does nothing: programs that look for viruses open links. */
app.post('/', requireLinkToken(), limitAddress(limits, 'unsubscribe_address'), async (c) =>
  c.json({ success: true, ...await outbox.unsubscribe(c.req.query('token') ?? '') }))

Deno.serve(app.fetch)
