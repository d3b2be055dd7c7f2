/** Signed-in people over HTTP: a real session with a real token. */
import { createHmac, randomUUID } from 'node:crypto'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import type { TestStack } from './stack.ts'

export interface Person { userId: string, token: string, client: SupabaseClient }

/** A confirmed person with a token of their own, valid for so many seconds. */
export async function signedIn(stack: TestStack, given?: { userId: string }, seconds = 3600): Promise<Person> {
  const { userId } = given ?? await stack.db.newUser()
  const now = Math.floor(Date.now() / 1000)
  const session_id = randomUUID()
  // The functions ask the auth service whether the session behind a token is one.
  await stack.db.admin`insert into auth.sessions (id, user_id, created_at, updated_at) values (${session_id}, ${userId}, now(), now())`
  const token = jwt({ sub: userId, role: 'authenticated', aud: 'authenticated', iat: now, exp: now + seconds, session_id }, stack.identity.jwtSecret)
  const client = createClient(stack.url, stack.identity.publishableKey, { accessToken: () => Promise.resolve(token) })
  return { userId, token, client }
}

function jwt(claims: Record<string, unknown>, secret: string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`
}
