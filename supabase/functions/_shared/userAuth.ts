import { AuthClient } from '@supabase/auth-js'
import { PostgrestClient } from '@supabase/postgrest-js'
import { createMiddleware } from 'hono/factory'
import { AppError } from '../../../business/models/appError.ts'
import { createAskedCallRepository, type AskedCallRepository } from '../../../business/repositories/askedCallRepository.ts'
import { createAskedConnectionRepository, type AskedConnectionRepository } from '../../../business/repositories/connectionRepository.ts'
import { createPurchaseRepository, type PurchaseRepository } from '../../../business/repositories/purchaseRepository.ts'
import { clientAddress, vouchFor } from './clientAddress.ts'
import { databaseTimeoutMs } from './deps.ts'
import type { Env } from './env.ts'
import type { FunctionContext } from './http.ts'
import { refusalOf, refuseWhenSpent, type Limits } from './limits.ts'
import { fetchWithinRequest } from './requestScope.ts'

/** What a handler behind this guard may do: with the person's own token, so that the database decides what they may. */
export interface UserContext {
  Variables: FunctionContext['Variables'] & {
    userId: string
    purchases: PurchaseRepository
    askedCalls: AskedCallRepository
    askedConnections: AskedConnectionRepository
  }
}

/**
 * A signed-in person. The token is verified (with the project's published keys, or by the auth service where it signs with a
 * secret) and the request counted before anything is done; who they are in which account is never decided here.
 */
export function requireUser(env: Env, limits: Limits) {
  const { supabaseUrl, publishableKey } = env
  const auth = new AuthClient({ url: `${supabaseUrl}/auth/v1`, headers: { apikey: publishableKey }, autoRefreshToken: false, persistSession: false })
  return createMiddleware<UserContext>(async (c, next) => {
    const token = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    if (!token) throw new AppError('unauthenticated', 'Sign in first.')
    const { data, error } = await auth.getClaims(token)
    if (error && isOutage(error)) throw new AppError('unavailable', 'The auth service did not answer.')
    if (data?.claims.role !== 'authenticated' || !data.claims.sub) throw await refusalOf(c, limits, 'This session has ended.')
    const address = clientAddress(c)
    refuseWhenSpent(await limits.spend({ function_person: data.claims.sub, function_address: address }))
    const client = clientOf(env, token, await vouchFor(address, data.claims.sub, env.cronSecrets))
    c.set('userId', data.claims.sub)
    c.set('purchases', createPurchaseRepository(client))
    c.set('askedCalls', createAskedCallRepository(client))
    c.set('askedConnections', createAskedConnectionRepository(client))
    await next()
  })
}

/** Nobody is to be told that they are signed out because a service was away. */
const isOutage = ({ name, status }: { name: string, status?: number }) => name === 'AuthRetryableFetchError' || (status !== undefined && status >= 500)

function clientOf({ supabaseUrl, publishableKey }: Env, token: string, vouched: Record<string, string>): PostgrestClient {
  const headers = { apikey: publishableKey, authorization: `Bearer ${token}`, ...vouched }
  return new PostgrestClient(`${supabaseUrl}/rest/v1`, { headers, fetch: fetchWithinRequest, timeout: databaseTimeoutMs, retry: false })
}
