/** Links to sign in with. Whoever asks with an unknown address is new, and unproven until the link is opened; the local service believes them at once. */
import { bodyOf, type Answer, type AuthParts } from './parts.ts'

export async function sendSignInLink(request: Request, answer: Answer, { sql }: AuthParts): Promise<Response> {
  const { email } = await bodyOf(request)
  const address = typeof email === 'string' ? email.toLowerCase() : ''
  const isKnown = (await sql`select from auth.users where email = ${address}`).length > 0
  const response = await answer(request)
  if (response.ok && !isKnown) {
    await sql`update auth.users set email_confirmed_at = null where email = ${address}`
    await sql`delete from auth.sessions s using auth.users u where u.id = s.user_id and u.email = ${address}`
  }
  return response
}
