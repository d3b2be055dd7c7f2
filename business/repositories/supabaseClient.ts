import { AuthClient, type GoTrueClient } from '@supabase/auth-js'
import type { PostgrestClient } from '@supabase/postgrest-js'
import type { RealtimeClient } from '@supabase/realtime-js'
import type { StorageClient } from '@supabase/storage-js'
import { createEdgeClient, type EdgeClient } from './edge.ts'
import type { RpcClient } from './rpc.ts'

export interface SupabaseConfig {
  apiUrl: string
  publishableKey: string
}

/**
 * The browser's way to Supabase, put together from its parts: sign-in and database functions are needed on every page,
 * while plain tables, the socket and the file storage arrive with the first page that asks for them. supabase-js would
 * load all of it before anything shows.
 */
export interface BrowserSupabase {
  auth: GoTrueClient
  functions: RpcClient
  edge: EdgeClient
  tables: () => Promise<PostgrestClient>
  realtime: () => Promise<RealtimeClient>
  storage: () => Promise<StorageClient>
}

export function createBrowserSupabase(config: SupabaseConfig): BrowserSupabase {
  const auth = createAuth(config)
  const send = authorizedFetch(config, auth)
  return {
    auth,
    functions: createFunctions(config, send),
    edge: createEdgeClient(`${config.apiUrl}/functions/v1`, send),
    tables: once(() => createTables(config, send)),
    realtime: once(() => createRealtime(config, auth)),
    storage: once(() => createStorage(config, send)),
  }
}

function createAuth({ apiUrl, publishableKey }: SupabaseConfig) {
  return new AuthClient({
    url: `${apiUrl}/auth/v1`,
    headers: { apikey: publishableKey },
    storageKey: 'outdial-session',
    // A confirmation link is often opened on another device than the form was filled in on, and only the implicit
    // flow works there: PKCE needs the verifier of the first browser.
    flowType: 'implicit',
    // What a link brings is read by sessionRepository.find: read here it would change the address under the first navigation.
    detectSessionInUrl: false,
  })
}

/**
 * Adds the project's key, an id by which functions and database know the request again in their logs, and, when somebody is signed
 * in, a token that is still valid at the moment of sending.
 */
function authorizedFetch({ publishableKey }: SupabaseConfig, auth: GoTrueClient): typeof fetch {
  return async (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('apikey', publishableKey)
    headers.set('x-request-id', crypto.randomUUID())
    const token = await accessToken(auth)
    if (token) headers.set('authorization', `Bearer ${token}`)
    const response = await fetch(input, { ...init, headers })
    // Perhaps the session was ended elsewhere: the auth service knows, and who hears so from it forgets the session here, in every tab.
    if (response.status === 401 && token) void auth.getUser()
    return response
  }
}

/** One POST, so it needs no library: an answer that is no JSON (a proxy's page) or none at all is an error with a status. */
function createFunctions({ apiUrl }: SupabaseConfig, send: typeof fetch): RpcClient {
  const failure = (message: string) => ({ code: '', message, details: null, hint: null })
  return {
    async rpc(name, args) {
      const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(args) }
      try {
        const response = await send(`${apiUrl}/rest/v1/rpc/${name}`, request)
        const body: unknown = await response.json().catch(() => null)
        return response.ok
          ? { data: body, error: null, status: response.status }
          : { data: null, error: { ...failure(response.statusText), ...(body as object) }, status: response.status }
      } catch (error) {
        return { data: null, error: failure(String(error)), status: 0 }
      }
    },
  }
}

async function createTables({ apiUrl }: SupabaseConfig, send: typeof fetch) {
  const { PostgrestClient } = await import('@supabase/postgrest-js')
  return new PostgrestClient(`${apiUrl}/rest/v1`, { fetch: send })
}

async function createRealtime({ apiUrl, publishableKey }: SupabaseConfig, auth: GoTrueClient) {
  const { RealtimeClient } = await import('@supabase/realtime-js')
  const client = new RealtimeClient(`${apiUrl.replace(/^http/, 'ws')}/realtime/v1`, {
    params: { apikey: publishableKey },
    accessToken: () => accessToken(auth),
  })
  // The first channel joins with the token the client holds at that moment, so it must hold one before it is handed out.
  await client.setAuth()
  // The server closes a channel when its token ends; a refreshed one has to reach it before that.
  auth.onAuthStateChange((event) => {
    if (event === 'TOKEN_REFRESHED' || event === 'SIGNED_IN') void client.setAuth()
    if (event === 'SIGNED_OUT') void client.disconnect()
  })
  return client
}

async function createStorage({ apiUrl }: SupabaseConfig, send: typeof fetch) {
  const { StorageClient } = await import('@supabase/storage-js')
  return new StorageClient(`${apiUrl}/storage/v1`, {}, send)
}

async function accessToken(auth: GoTrueClient): Promise<string | null> {
  const { data } = await auth.getSession()
  return data.session?.access_token ?? null
}

/** Creates at the first call and keeps the result; a failed load (the network was away) is tried again next time. */
function once<T>(create: () => Promise<T>): () => Promise<T> {
  let created: Promise<T> | undefined
  return () => {
    created ??= create().catch((error: unknown) => {
      created = undefined
      throw error
    })
    return created
  }
}
