import { parseAccountWish } from '../../../business/models/checkoutWish.ts'
import { addCard, refreshCards, removeCard } from '../../../business/services/billing/cards.ts'
import { createDeps } from '../_shared/deps.ts'
import { readEnv } from '../_shared/env.ts'
import { createApp, readJson } from '../_shared/http.ts'
import { paymentGatewayOf } from '../_shared/paymentGateway.ts'
import { requireUser } from '../_shared/userAuth.ts'

const env = readEnv()
const { appUrl } = env
const { payments, limits } = createDeps(env, 'manage-cards')
const gateway = paymentGatewayOf(env)
const app = createApp('manage-cards', env.logLevel, appUrl)

app.post('/add', requireUser(env, limits), async (c) => {
  const { account_id } = parseAccountWish(await readJson(c))
  const deps = { purchases: c.get('purchases'), payments, gateway: gateway(), appUrl, newId: () => crypto.randomUUID() }
  return c.json({ success: true, ...await addCard(deps, account_id) })
})

app.post('/sync', requireUser(env, limits), async (c) => {
  const { account_id } = parseAccountWish(await readJson(c))
  await refreshCards({ purchases: c.get('purchases'), payments, gateway: gateway() }, account_id)
  return c.json({ success: true })
})

app.delete('/:payment_method_id', requireUser(env, limits), async (c) => {
  await removeCard({ purchases: c.get('purchases'), payments, gateway: gateway() }, c.req.param('payment_method_id'))
  return c.json({ success: true })
})

Deno.serve(app.fetch)
