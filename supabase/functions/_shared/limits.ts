import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { AppError } from '../../../business/models/appError.ts'
import type { RequestKind, RequestLimitRepository } from '../../../business/repositories/requestLimitRepository.ts'
import { clientAddress } from './clientAddress.ts'

export type Limits = Pick<RequestLimitRepository, 'spend'>

/** Counts the request against where it came from, after the guard and before anything is done. */
export function limitAddress(limits: Limits, kind: RequestKind) {
  return createMiddleware(async (c, next) => {
    refuseWhenSpent(await limits.spend({ [kind]: clientAddress(c) }))
    await next()
  })
}

export function refuseWhenSpent(seconds: number | null): void {
  if (seconds !== null) throw new AppError('rate_limited', 'This was asked for too often.', { retry_after_seconds: seconds })
}

/**
 * What somebody with a wrong secret is told: unauthenticated, and after many of them rate_limited. Who has the right one is never
 * counted, so that nobody can keep a provider or cron out; and when nobody can count, the refusal stays what it is.
 */
export async function refusalOf(c: Context, limits: Limits, message: string): Promise<AppError> {
  const seconds = await limits.spend({ refused_address: clientAddress(c) }).catch(() => null)
  if (seconds !== null) return new AppError('rate_limited', 'Too many wrong secrets.', { retry_after_seconds: seconds })
  return new AppError('unauthenticated', message)
}
