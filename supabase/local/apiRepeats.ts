/**
 * A confirmation asked for again. Hosted Auth sends it anew, also when somebody signs up a second time before confirming, and
 * answers an address that is known already like a new one; the local service refuses all of it as "too many requests".
 */
import { createHash, randomInt, randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import type { Mail } from './apiMail.ts'

interface Parts { sql: Sql, siteUrl: string, send: (mail: Mail) => Promise<void> }
interface Body { email?: unknown, type?: unknown }

/** As max_frequency in config.toml says. */
const AT_MOST_EVERY = '1 second'

export async function answerRepeats(request: Request, answer: (request: Request) => Promise<Response>, parts: Parts): Promise<Response> {
  const path = new URL(request.url).pathname
  if (request.method !== 'POST' || !['/auth/v1/signup', '/auth/v1/resend'].includes(path)) return answer(request)
  const body = await request.clone().json().catch(() => ({})) as Body
  const response = await answer(request)
  const isRefused = response.status === 429 && typeof body.email === 'string'
  if (!isRefused || (path.endsWith('resend') && body.type !== 'signup')) return response
  const isSoon = !(await sendAgain(String(body.email).toLowerCase(), parts))
  if (path.endsWith('signup')) return Response.json(asIfNew(String(body.email)))
  return isSoon ? response : Response.json({})
}

/** False when the last mail went out just now. Nothing happens for an address that is confirmed or unknown. */
async function sendAgain(email: string, { sql, siteUrl, send }: Parts): Promise<boolean> {
  const token = createHash('sha256').update(email + String(randomInt(1_000_000)).padStart(6, '0')).digest('hex')
  const [person] = await sql`select confirmation_sent_at > now() - ${AT_MOST_EVERY}::text::interval as is_soon from auth.users where email = ${email} and email_confirmed_at is null`
  if (!person || person.is_soon) return !person
  await sql`update auth.users set confirmation_token = ${token}, confirmation_sent_at = now() where email = ${email} and email_confirmed_at is null`
  const link = `${siteUrl}/auth/v1/verify?${new URLSearchParams({ token, type: 'signup', redirect_to: siteUrl }).toString()}`
  await send({ to: email, subject: 'Confirm Your Signup', text: `Follow this link to confirm your account: ${link}`,
    html: `<h2>Confirm your signup</h2><p>Follow this link to confirm your account:</p><p><a href="${link.replaceAll('&', '&amp;')}">Confirm your email</a></p>` })
  return true
}

/** What a first sign-up answers, so that nobody learns who is a customer. */
function asIfNew(email: string): Record<string, unknown> {
  const now = new Date().toISOString()
  return { id: randomUUID(), aud: 'authenticated', role: '', email, phone: '', confirmation_sent_at: now, app_metadata: { provider: 'email', providers: ['email'] },
    user_metadata: {}, identities: [], created_at: now, updated_at: now, is_anonymous: false }
}
