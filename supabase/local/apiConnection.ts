/** The API's way to Postgres, where it differs from the one that its maker gave it. */
import { asPostgrestWould } from './apiErrors.ts'
import { applyCallSettings, applyRequestSettings } from './apiSession.ts'
import { valueTypes } from './apiTypes.ts'
import { RECONNECT } from './reconnect.ts'

export async function connect(url: string) {
  const { createPostgresConnection } = await import('@supabase/lite/postgres')
  // Its requests pass lists as lists, so the driver has to know their types.
  const connection = createPostgresConnection({ url, postgresOptions: { ...RECONNECT, max: 20, types: valueTypes, fetch_types: true } })
  // Left to itself the connection grants everything on every table with row level security to anon and authenticated.
  // Told that the roles are ready (the bootstrap made them), it leaves our grants alone; a conformance test watches this.
  Object.assign(connection, { rlsState: 'active', applyJwtSessionContext: applyRequestSettings, applyRpcRequestGucs: applyCallSettings,
    normalizeDbError: asPostgrestWould })
  keepStatements(connection.driver)
  return connection
}

/**
 * Statements with parameters stay prepared in their session, as those of PostgREST do: asked again, they take one round trip
 * instead of two and are not parsed anew. A webhook asks the API twice, with thirty round trips before this and twelve since.
 */
function keepStatements(driver: Driver): void {
  const reserve = driver.reserve
  driver.reserve = async () => {
    const session = await reserve()
    const ask = session.unsafe
    session.unsafe = (text, values, options) => ask(text, values, { prepare: true, ...options })
    return session
  }
}

interface Driver { reserve: () => Promise<Session> }
/** The part of a session that the API's query builder asks with. */
interface Session { unsafe(text: string, values?: unknown[], options?: { prepare?: boolean }): unknown }
