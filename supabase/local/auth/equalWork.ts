/**
 * The same work for an address that has an account and for one that has none. The local service computes a password's hash, which is
 * nearly all of the time that an answer takes, only for one of the two: for a sign-in where there is somebody, for a sign-up and a link
 * to sign in where there is nobody. Here the other one computes it, too, so that the time tells no more than the answer does.
 */
import bcrypt from 'bcryptjs'
import { bodyOf, type AuthParts } from './parts.ts'

/** As the local service hashes passwords: a hash is what it makes of them, and costs as much to make as to compare. */
const COST = 10

export async function withEqualWork(request: Request, answer: () => Promise<Response>, { sql }: AuthParts): Promise<Response> {
  const hashedWhenKnown = hashedWhen(request)
  if (hashedWhenKnown === null) return answer()
  const { email, password } = await bodyOf(request)
  const address = typeof email === 'string' ? email.toLowerCase() : ''
  const isKnown = (await sql`select from auth.users where email = ${address}`).length > 0
  const [response] = await Promise.all([answer(), isKnown === hashedWhenKnown ? null : bcrypt.hash(typeof password === 'string' ? password : '', COST)])
  return response
}

/** Whether a request has a hash computed for known addresses (true) or for unknown ones (false); null: for none. */
function hashedWhen({ method, url }: Request): boolean | null {
  const { pathname, searchParams } = new URL(url)
  const route = `${method} ${pathname.replace('/auth/v1', '')}`
  if (route === 'POST /token' && searchParams.get('grant_type') === 'password') return true
  return route === 'POST /signup' || route === 'POST /otp' ? false : null
}
