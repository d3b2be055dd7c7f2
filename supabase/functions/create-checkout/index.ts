import { parseCheckoutWish } from '../../../business/models/checkoutWish.ts'
import { createCheckout } from '../../../business/services/billing/createCheckout.ts'
import { cancelCheckout, checkCheckout, continueCheckout } from '../../../business/services/billing/openCheckout.ts'
import { createDeps } from '../_shared/deps.ts'
import { readEnv } from '../_shared/env.ts'
import { createApp, readJson } from '../_shared/http.ts'
import { paymentGatewayOf } from '../_shared/paymentGateway.ts'
import { requireUser } from '../_shared/userAuth.ts'

const env = readEnv()
const { appUrl } = env
const { payments, limits } = createDeps(env, 'create-checkout')
const gateway = paymentGatewayOf(env)
const app = createApp('create-checkout', env.logLevel, appUrl)

/** The order is made with the person's own token: whether they may buy is the database's answer. */
app.post('/', requireUser(env, limits), async (c) => {
  const wish = parseCheckoutWish(await readJson(c))
  return c.json({ success: true, ...await createCheckout({ purchases: c.get('purchases'), payments, gateway: gateway(), appUrl }, wish) })
})

app.post('/:order_id/continue', requireUser(env, limits), async (c) =>
  c.json({ success: true, ...await continueCheckout({ purchases: c.get('purchases') }, c.req.param('order_id')) }))

app.post('/:order_id/cancel', requireUser(env, limits), async (c) =>
  c.json({ success: true, ...await cancelCheckout({ purchases: c.get('purchases'), payments, gateway: gateway() }, c.req.param('order_id')) }))

app.post('/:order_id/check', requireUser(env, limits), async (c) =>
  c.json({ success: true, ...await checkCheckout({ purchases: c.get('purchases'), payments, gateway: gateway() }, c.req.param('order_id')) }))

Deno.serve(app.fetch)
