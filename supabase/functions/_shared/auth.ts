import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { isOneOfSecrets } from '../../../business/gateways/sameSecret.ts'
import type { SignedWebhook } from '../../../business/gateways/webhookVerdict.ts'
import { AppError } from '../../../business/models/appError.ts'
import { refusalOf, type Limits } from './limits.ts'

/** Functions are open to the internet (verify_jwt is off), so each begins with exactly one guard: these, or userAuth.ts. */

/** The database's own clock work. Without a configured secret nobody gets in. */
export function requireCron(secrets: readonly string[], limits: Limits) {
  return createMiddleware(async (c, next) => {
    const given = c.req.header('x-cron-secret') ?? ''
    if (!(await isOneOfSecrets(given, secrets))) throw await refusalOf(c, limits, 'The cron secret is missing or wrong.')
    await next()
  })
}

/** Whoever collects figures, by a secret of their own as collectors send it. */
export function requireCollector(secrets: readonly string[], limits: Limits) {
  return createMiddleware(async (c, next) => {
    const given = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
    if (!(await isOneOfSecrets(given, secrets))) throw await refusalOf(c, limits, 'The secret for metrics is missing or wrong.')
    await next()
  })
}

/** A link that we signed: what it allows is judged with it, in the database. What cannot be one is not even asked about. */
export function requireLinkToken() {
  return createMiddleware(async (c, next) => {
    if (!/^[\w.+-]{100,400}$/.test(c.req.query('token') ?? '')) throw new AppError('not_found', 'This link is not complete.')
    await next()
  })
}

/** A provider's webhook, judged on the raw bytes before anything is parsed or stored. What it is judged by may depend on the address it came to. */
export function requireProvider(webhook: SignedWebhook | ((c: Context) => Promise<SignedWebhook>), limits: Limits) {
  return createMiddleware(async (c, next) => {
    const raw = new Uint8Array(await c.req.arrayBuffer())
    const { verify } = typeof webhook === 'function' ? await webhook(c) : webhook
    const verdict = await verify(raw, c.req.raw.headers)
    if (!verdict.ok) throw await refusalOf(c, limits, `This webhook is not from the provider: ${verdict.reason}.`)
    await next()
  })
}
