import { createMiddleware } from 'hono/factory'
import type { CallWebhook } from '../../../business/gateways/calls/callGateway.ts'
import { isOneOfSecrets } from '../../../business/gateways/sameSecret.ts'
import { AppError } from '../../../business/models/appError.ts'

/** Functions are open to the internet (verify_jwt is off), so each begins with exactly one of these guards. */

/** The database's own clock work. Without a configured secret nobody gets in. */
export function requireCron(secrets: readonly string[]) {
  return createMiddleware(async (c, next) => {
    const given = c.req.header('x-cron-secret') ?? ''
    if (!(await isOneOfSecrets(given, secrets))) throw new AppError('unauthenticated', 'The cron secret is missing or wrong.')
    await next()
  })
}

/** A provider's webhook, judged on the raw bytes before anything is parsed or stored. */
export function requireProvider(webhook: CallWebhook) {
  return createMiddleware(async (c, next) => {
    const raw = new Uint8Array(await c.req.arrayBuffer())
    const verdict = await webhook.verify(raw, c.req.raw.headers)
    if (!verdict.ok) throw new AppError('unauthenticated', `This webhook is not from the provider: ${verdict.reason}.`)
    await next()
  })
}
