/**
 * Whom a request acts as, and for a function what was asked, set inside its transaction. Each takes the place of five or six
 * statements of the API's own: one round trip, and the statement timeout of the role, which hosted PostgREST applies and a mere
 * change of role would not.
 */

import { AsyncLocalStorage } from 'node:async_hooks'

/** The headers of the request that is being answered: PostgREST and Storage tell the database of them, the local API only when a function is called. */
const headersOfRequest = new AsyncLocalStorage<string>()

export function withHeadersOf<T>({ headers }: Request, work: () => T): T {
  return headersOfRequest.run(JSON.stringify(Object.fromEntries(headers)), work)
}

interface RequestContext {
  auth?: { role?: string, uid?: string, jwt?: unknown }
  storage?: { operation?: string }
}

/** The part of the API's query builder that runs a statement as it is. */
interface Transaction {
  executeQuery(query: { sql: string, parameters: unknown[], query: { kind: 'RawNode', sqlFragments: string[], parameters: [] }, queryId: { queryId: string } }): Promise<unknown>
}

const ROLES = ['anon', 'authenticated', 'service_role']
/** As bootstrap/roles.sql has them on the roles. */
const TIMEOUTS: Record<string, string> = { anon: '3s' }
const USUAL_TIMEOUT = '8s'

const STATEMENT = `select set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true), set_config('request.jwt.claim.role', $3, true),
  set_config('storage.operation', $4, true), set_config('statement_timeout', $5, true), set_config('request.headers', $6, true), set_config('role', $3, true)`

const CALL_STATEMENT = `select set_config('response.status', '', true), set_config('response.headers', '', true),
  set_config('request.method', $1, true), set_config('request.path', $2, true), set_config('request.headers', $3, true)`

interface FunctionCall { method: string, path: string, requestHeaders?: Record<string, string> }

export async function applyRequestSettings(transaction: Transaction, { auth = {}, storage = {} }: RequestContext): Promise<void> {
  const role = auth.role || 'anon'
  // The hosted API's own role may become these and no other, whatever a token says.
  if (!ROLES.includes(role)) throw Object.assign(new Error(`permission denied to set role "${role}"`), { code: '42501' })
  const claims = auth.jwt && typeof auth.jwt === 'object' ? auth.jwt : { role }
  await run(transaction, STATEMENT, [JSON.stringify(claims), String(auth.uid ?? ''), role, String(storage.operation ?? ''), TIMEOUTS[role] ?? USUAL_TIMEOUT,
    headersOfRequest.getStore() ?? ''])
}

export async function applyCallSettings(transaction: Transaction, { method, path, requestHeaders = {} }: FunctionCall): Promise<void> {
  await run(transaction, CALL_STATEMENT, [method, path, JSON.stringify(requestHeaders)])
}

async function run(transaction: Transaction, sql: string, parameters: string[]): Promise<void> {
  await transaction.executeQuery({ sql, parameters, query: { kind: 'RawNode', sqlFragments: [sql], parameters: [] }, queryId: { queryId: 'request settings' } })
}
