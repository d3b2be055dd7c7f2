/** Changes of one's own address and password, asked for as strictly as hosted Auth asks: config.toml, [auth.email]. */
import { judgeToken } from '../token.ts'
import { bodyOf, callerOf, hasVerifiedFactor, refusal, type Answer, type AuthParts, type Caller } from './parts.ts'

/** Whoever came by a mail is about to choose a password that they do not know yet. */
const WITHOUT_PASSWORD = ['otp', 'magiclink', 'recovery']

export async function changeUser(request: Request, answer: Answer, parts: AuthParts): Promise<Response> {
  const body = await bodyOf(request)
  const password = typeof body.password === 'string' ? body.password : null
  const email = typeof body.email === 'string' ? body.email.toLowerCase() : null
  if (!password && !email) return answer(request)
  const caller = await callerOf(request, answer, parts)
  if (caller instanceof Response) return caller
  if (caller.level === 'aal1' && await hasVerifiedFactor(caller.userId, parts)) {
    return refusal(401, 'insufficient_aal', 'AAL2 session is required to update email or password when MFA is enabled.')
  }
  const flaw = password && await flawOfPresent(body.current_password, caller, { request, answer, parts })
  if (flaw) return flaw
  const response = await answer(request)
  if (response.ok && password) await parts.sql`delete from auth.sessions where user_id = ${caller.userId} and id::text <> ${caller.sessionId}`
  if (response.ok && email && email !== caller.email) await tellNewAddress(caller, parts)
  return response
}

interface Context { request: Request, answer: Answer, parts: AuthParts }

/** The present password, where the session was not begun by a mail. */
async function flawOfPresent(given: unknown, caller: Caller, { request, answer, parts: { sql, jwtSecret } }: Context): Promise<Response | null> {
  const [person] = await sql`select coalesce(u.encrypted_password, '') <> '' as has_password, exists (select from auth.mfa_amr_claims c
      where c.session_id::text = ${caller.sessionId} and c.authentication_method = any(${WITHOUT_PASSWORD})) as came_by_mail
    from auth.users u where u.id = ${caller.userId}`
  if (!person?.has_password || person.came_by_mail) return null
  const words = 'Current password required when setting new password.'
  if (typeof given !== 'string' || !given) return refusal(400, 'current_password_required', words)
  const probe = await answer(new Request(new URL('/auth/v1/token?grant_type=password', request.url), { method: 'POST',
    body: JSON.stringify({ email: caller.email, password: given }), headers: { 'content-type': 'application/json', apikey: request.headers.get('apikey') ?? '' } }))
  if (!probe.ok) return refusal(400, 'current_password_invalid', words)
  // To ask for the password the local service begins a session, which nobody wants.
  const verdict = judgeToken((await probe.json() as { access_token: string }).access_token, jwtSecret, Date.now() / 1000)
  if ('claims' in verdict) await sql`delete from auth.sessions where id = ${String(verdict.claims.session_id)}`
  return null
}

/** The local service writes to the present address alone; hosted Auth to both, and wants both links (double_confirm_changes). */
async function tellNewAddress(caller: Caller, { sql, siteUrl, send }: AuthParts): Promise<void> {
  const [person] = await sql`select email_change, email_change_token_new from auth.users where id = ${caller.userId}`
  const query = new URLSearchParams({ token: String(person?.email_change_token_new), type: 'email_change', redirect_to: siteUrl })
  const link = `${siteUrl}/auth/v1/verify?${query.toString()}`
  await send({ to: String(person?.email_change), subject: 'Confirm Email Change', text: `Follow this link to confirm the change of your e-mail address: ${link}`,
    html: `<h2>Confirm Change of Email</h2><p>Follow this link to confirm the update of your email:</p><p><a href="${link.replaceAll('&', '&amp;')}">Change Email</a></p>` })
}
